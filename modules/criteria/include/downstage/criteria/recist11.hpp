#pragma once

#include "downstage/core/timepoint.hpp"
#include "downstage/criteria/response_course.hpp"

#include <span>
#include <vector>

/// RECIST 1.1 over time (Eisenhauer et al., Eur J Cancer 2009;45:228; RULES.md section 1).
namespace downstage::criteria {

/// -30 % from baseline; +20 % and 5 mm over the nadir; nodes below 10 mm are normal.
inline constexpr TargetRules recist11_rules{};

/// Every visit, the best response, the day of progression, and the other readings of contested rows that this
/// patient touches. Visits are in the order of their days. A reading that is missing leaves the visit not
/// evaluable unless progression is certain without it.
[[nodiscard]] ResponseAssessment recist11(const Course& course, const ResponseOptions& options = {});

/// What is beside the target lesions at each visit. A lesion that was equivocal and is settled later is new
/// from the day it was first seen (RULES.md 1.32).
[[nodiscard]] std::vector<OtherDisease> other_disease_recist11(std::span<const Visit> visits);

}  // namespace downstage::criteria
