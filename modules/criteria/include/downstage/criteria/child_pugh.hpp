#pragma once

#include "downstage/core/assessment.hpp"

#include <cstdint>
#include <optional>

namespace downstage::criteria {

/// Points of each of the five parts, 1 to 3; empty where unknown (RULES.md 5.23).
struct ChildPughPoints {
    std::optional<std::int32_t> bilirubin, albumin, inr, ascites, encephalopathy;
    friend bool operator==(const ChildPughPoints&, const ChildPughPoints&) = default;
};

/// Bilirubin < 2, 2 to 3, > 3 mg/dL; albumin > 3.5, 2.8 to 3.5, < 2.8 g/dL; INR < 1.7, 1.7 to 2.3, > 2.3;
/// ascites none, slight, more; encephalopathy none, grade 1 to 2, 3 to 4. Both ends of each middle band score
/// 2. Bilirubin is converted at 17.1 umol/L for 1 mg/dL. Table read in the MSD manual and in CCJM.
[[nodiscard]] ChildPughPoints child_pugh_points(const ClinicalFacts& facts);

/// A 5 to 6, B 7 to 9, C 10 to 15 points; the class as it was stated where no value was; empty while the
/// unknown parts leave more than one.
[[nodiscard]] std::optional<ChildClass> child_class(const ClinicalFacts& facts);

/// The class with its points and path. Contested where the INR lies between 2.2 and 2.3, which some tables
/// score 3.
[[nodiscard]] Staging child_pugh(const ClinicalFacts& facts);

}  // namespace downstage::criteria
