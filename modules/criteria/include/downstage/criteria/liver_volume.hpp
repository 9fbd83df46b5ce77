#pragma once

#include "downstage/core/assessment.hpp"

#include <optional>

namespace downstage::criteria {

/// DuBois body surface area, m2.
[[nodiscard]] double body_surface_m2(double height_cm, double weight_kg);

/// Standard liver volume, mL. Both formulas are named in every answer, since they differ by more than 10 % in
/// Western adults (RULES.md 5.26; both printed in PMC6422720 Table 1).
[[nodiscard]] double urata_ml(double surface_m2);    ///< 706.2 BSA + 2.4
[[nodiscard]] double vauthey_ml(double surface_m2);  ///< -794.41 + 1267.28 BSA

/// What must be left of the standard liver volume, in percent.
struct RemnantLimits {
    double cirrhosis_percent{40.0}, normal_percent{30.0};
    friend bool operator==(const RemnantLimits&, const RemnantLimits&) = default;
};

/// Whether a resection would leave enough (RULES.md 5.25): 40 % with cirrhosis or another chronic liver
/// disease, 30 % without, both inclusive, which several texts are not (contested at the limit). The standard
/// volume as stated, else by Urata from height and weight. Unknown cirrhosis leaves open what lies between.
[[nodiscard]] Verdict remnant(const ClinicalFacts& facts, const RemnantLimits& limits = {});

}  // namespace downstage::criteria
