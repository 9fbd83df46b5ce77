#pragma once

#include "downstage/core/timepoint.hpp"
#include "downstage/criteria/response_course.hpp"

/// imRECIST (Hodi et al. 2018; RULES.md section 2): new lesions that can be measured are added to the burden
/// and are no progression by themselves; non-target disease matters for complete response only.
namespace downstage::criteria {

inline constexpr TargetRules imrecist_rules{.new_lesions_add = true};

/// Every visit's `sum` is target and new lesions together. A progression that the next evaluable visit at
/// least `confirm_after_days` later does not show is negated: it stays in its visit, but neither ends the
/// best response nor dates progression.
[[nodiscard]] ResponseAssessment imrecist(const Course& course, const ResponseOptions& options = {});

}  // namespace downstage::criteria
