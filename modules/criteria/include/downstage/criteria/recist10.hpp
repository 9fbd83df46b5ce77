#pragma once

#include "downstage/core/timepoint.hpp"
#include "downstage/criteria/response_course.hpp"

/// RECIST 1.0 (Therasse et al. 2000; RULES.md 1.40), for comparing with older trials.
namespace downstage::criteria {

/// Progression is +20 % with no 5 mm arm; nodes are measured by their long axis and are never "normal".
inline constexpr TargetRules recist10_rules{.least_growth_mm = 0, .nodes_become_normal = false};

/// As `recist11`, with those rules. The caller gives long axes of nodes, up to ten targets and five an organ.
[[nodiscard]] ResponseAssessment recist10(const Course& course, const ResponseOptions& options = {});

}  // namespace downstage::criteria
