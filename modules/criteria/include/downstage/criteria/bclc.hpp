#pragma once

#include "downstage/criteria/staging.hpp"

namespace downstage::criteria {

/// Barcelona Clinic Liver Cancer, 2022 (RULES.md 5.20): D before C before the tumour. The performance status
/// must be due to the tumour. A patient with an end-stage liver who can be transplanted is staged by the
/// tumour.
inline constexpr StagingTable bclc{
    .system = "bclc",
    .name = "BCLC 2022",
    .row = "5.20",
    .source = "Reig, J Hepatol 2022;76:681",
    .stages = {{"D", {{rules::ecog >= 3}, {rules::child == 3, no(rules::transplantable)}}},
               {"C",
                {{is(rules::macrovascular_invasion)}, {is(rules::extrahepatic_disease)}, {rules::ecog >= 1}}},
               {"0", {{rules::count == 1, rules::largest <= 200}}},
               {"A", {{rules::count == 1}, {rules::count >= 2, rules::count <= 3, rules::largest <= 300}}},
               {"B", {{rules::count >= 2}}}},
    .contested = {{{rules::count == 1, rules::largest == 200},
                   "a single lesion of exactly 20.0 mm is stage 0 here (<= 2 cm); many tables print < 2 cm, "
                   "which gives A",
                   "0"},
                  {{rules::ecog >= 1, rules::ecog <= 2},
                   "ECOG 1 or 2 means stage C only where it is due to the tumour",
                   "C"},
                  {{rules::child == 3, is(rules::transplantable)},
                   "Child-Pugh C in a transplant candidate is staged by the tumour by the text of 2022; its "
                   "figure is read as D by some"}}};

}  // namespace downstage::criteria
