#pragma once

#include "downstage/criteria/staging.hpp"

namespace downstage::criteria {

/// What the American Cancer Society names for the largest tumour (RULES.md 5.22): ablation up to 3 cm,
/// ablation and embolisation up to 5, embolisation above. A band of size and no advice.
inline constexpr StagingTable acs_band{
    .system = "acs_band",
    .name = "ACS treatment band",
    .row = "5.22",
    .source = "ACS ablation page (copies); above 5 cm from the source document",
    .stages = {{"ablation", {{rules::count >= 1, rules::largest <= 300}}},
               {"ablation+embolisation", {{rules::count >= 1, rules::largest <= 500}}},
               {"embolisation", {{rules::count >= 1, rules::largest > 500}}}},
    .contested = {{{rules::count >= 1, rules::largest == 300},
                   "exactly 30.0 mm stands in both texts, no larger than about 3 cm and 3 to 5 cm"},
                  {{rules::count >= 1, rules::largest == 500},
                   "exactly 50.0 mm: 3 to 5 cm includes it, larger than 5 cm does not"}}};

}  // namespace downstage::criteria
