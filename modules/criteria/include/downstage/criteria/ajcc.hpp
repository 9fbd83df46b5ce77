#pragma once

#include "downstage/criteria/staging.hpp"

namespace downstage::criteria {

namespace ajcc {

inline constexpr Few<Way, 10> t4{{is(rules::major_branch_invasion)}, {is(rules::adjacent_organ_invasion)}};
inline constexpr Few<Way, 10> t1a{{rules::count == 1, rules::largest <= 200}};
inline constexpr Few<Way, 10> t1b{{rules::count == 1, rules::largest > 200, no(rules::vascular_invasion)}};
inline constexpr Few<Way, 10> t2{{rules::count == 1, rules::largest > 200, is(rules::vascular_invasion)},
                                 {rules::count >= 2, rules::largest <= 500}};
inline constexpr Few<Way, 10> t3{{rules::count >= 2, rules::largest > 500}};

inline constexpr ContestedAt at_20_mm{
    {rules::count == 1, rules::largest == 200},
    "a single lesion of exactly 20.0 mm is T1a here (<= 2 cm); one table misprints < 2 cm"};

}  // namespace ajcc

/// AJCC 8 primary tumour (RULES.md 5.21). Up to 2 cm invasion of a vessel does not matter; the gallbladder is
/// no adjacent organ, visceral peritoneum counts as one.
inline constexpr StagingTable ajcc8_t{
    .system = "ajcc8_t",
    .name = "AJCC 8, T",
    .row = "5.21",
    .source = "pathologyoutlines livertumorstaging; BMC Public Health 2021 Table 2",
    .stages = {{"T4", ajcc::t4}, {"T1a", ajcc::t1a}, {"T1b", ajcc::t1b}, {"T2", ajcc::t2}, {"T3", ajcc::t3}},
    .contested = {ajcc::at_20_mm}};

/// AJCC 8 stage group: metastases before the primary tumour.
inline constexpr StagingTable ajcc8_stage{.system = "ajcc8_stage",
                                          .name = "AJCC 8, stage",
                                          .row = "5.21",
                                          .source = ajcc8_t.source,
                                          .stages = {{"IVB", {{is(rules::distant_metastasis)}}},
                                                     {"IVA", {{is(rules::nodal_metastasis)}}},
                                                     {"IIIB", ajcc::t4},
                                                     {"IA", ajcc::t1a},
                                                     {"IB", ajcc::t1b},
                                                     {"II", ajcc::t2},
                                                     {"IIIA", ajcc::t3}},
                                          .contested = {ajcc::at_20_mm}};

}  // namespace downstage::criteria
