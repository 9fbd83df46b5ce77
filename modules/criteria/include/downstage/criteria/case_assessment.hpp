#pragma once

#include "downstage/core/case.hpp"
#include "downstage/criteria/eligibility.hpp"

namespace downstage::criteria {

/// Response, eligibility, stages and conversion of one patient at every visit.
[[nodiscard]] CaseAssessment assess(const Case& patient, const ConversionProtocol& protocol);

/// What a criterion reads of one visit: liver lesions that are there; those with a stated probability apart.
/// A lesion that was not evaluated has no size. A size without an interval gets the default error: 2 mm, or
/// for a viable diameter 14 % before and 26 % after treatment (RULES.md 4.11 and section 5).
[[nodiscard]] EligibilityInput eligibility_input(const CaseVisit& visit);

/// The patient as the response rules read it. `targets` are the ids of target lesions.
[[nodiscard]] Course course_of(const Case& patient, const std::vector<std::string>& targets);

/// Targets as the case names them, else as the program proposes them at baseline.
[[nodiscard]] std::vector<std::string> targets_of(const Case& patient);

}  // namespace downstage::criteria
