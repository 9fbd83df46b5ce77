#pragma once

#include "downstage/core/assessment.hpp"
#include "downstage/criteria/burden.hpp"
#include "downstage/criteria/rule.hpp"

#include <vector>

namespace downstage::criteria {

/// One patient on one day.
struct EligibilityInput {
    std::vector<SizedLesion> lesions;      ///< those that count (RULES.md 6.5)
    std::vector<PossibleLesion> possible;  ///< those that may
    ClinicalFacts facts;
};

/// What one rule says, with its path, margin, probability and the smallest change that would turn it.
[[nodiscard]] Verdict apply(const Rule& rule, const EligibilityInput& input);

/// What every rule of transplant_rules.hpp says, in the order of that table: the three Milans first.
[[nodiscard]] std::vector<Verdict> eligibility(const EligibilityInput& input);

}  // namespace downstage::criteria
