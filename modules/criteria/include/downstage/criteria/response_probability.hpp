#pragma once

#include "downstage/core/units.hpp"
#include "downstage/criteria/response_course.hpp"

#include <optional>

/// What measuring leaves open: the change of a sum with its interval, and how likely each category is
/// (RULES.md section 4, Formulas). None of it ever softens the category itself.
namespace downstage::criteria {

/// A sum of diameters with its 95 % interval. Its error is taken as normal on the log scale, about the middle
/// of the interval; the sum itself is positive.
struct SumEstimate {
    double mm{};
    Interval95 ci95_mm;
};

struct SumChange {
    double percent{};
    Interval95 ci95_percent;
    bool exceeds_noise{};  ///< the interval leaves out 0
};

/// From `before` to `now`, errors independent: exp(ln(now / before) -+ 1.96 s) - 1 with s from both.
[[nodiscard]] SumChange change_of(const SumEstimate& before, const SumEstimate& now);

struct CategoryProbabilities {
    double complete{}, partial{}, stable{}, progressive{};
};

struct SumHistory {
    SumEstimate baseline;
    std::optional<SumEstimate> nadir;  ///< empty: the baseline is the nadir, and its error counts once
    SumEstimate now;
};

/// Probability of each target response by the sums alone. Whether lesions are gone is seen, not measured: a
/// sum of 0 is complete response for certain, any other never. Sums without width are decided exactly.
[[nodiscard]] CategoryProbabilities category_probabilities(const SumHistory& sums,
                                                           const TargetRules& rules = {});

}  // namespace downstage::criteria
