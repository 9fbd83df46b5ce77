#pragma once

#include "downstage/criteria/burden.hpp"
#include "downstage/criteria/rule.hpp"

#include <optional>

namespace downstage::criteria {

/// Standard normal distribution function.
[[nodiscard]] double normal_cdf(double z);

/// One lesion's true size as a normal distribution: the middle of its 95 % interval, which is the measured
/// size unless the measurement knows of a systematic error, and half the interval / 1.96 (RULES.md section 5,
/// Uncertainty).
struct TrueSize {
    double middle_mm{}, sd_mm{};
};
[[nodiscard]] TrueSize true_size(const LesionSize& size);

/// Probability that one lesion's true size keeps an upper limit. An interval without width is a certainty,
/// and the measured size is compared exactly.
[[nodiscard]] double probability_within(const LesionSize& size, TenthsMm limit, Relation relation);

/// Probability that the rule is met, where `findings` holds what is known beside the sizes and every unknown
/// is taken in favour. The lesions' errors are independent, and a possible lesion is one with the probability
/// that it is real. Exact where each lesion is compared by itself, as in Milan: which findings are real
/// decides the count and so the limit, and all combinations are summed, in a time that grows only with their
/// number. Empty where the rule adds sizes up or compares the largest from below; see `sampled_probability`.
[[nodiscard]] std::optional<double>
exact_probability(const Rule& rule, const TumourBurden& burden, const Findings& findings);

/// The same for every rule: the share of 4093 equally likely patients in whom it is met, each with other true
/// sizes. They are the points of a lattice, the same at every call, so that each lesion alone takes every
/// quantile once; within 0.005 of the exact value (size_probability_test).
[[nodiscard]] double
sampled_probability(const Rule& rule, const TumourBurden& burden, const Findings& findings);

}  // namespace downstage::criteria
