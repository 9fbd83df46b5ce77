#pragma once

#include "downstage/criteria/milan.hpp"
#include "downstage/criteria/size_rule.hpp"

namespace downstage::criteria {

/// Probability that one lesion's true size keeps the limit: normal about the middle of its 95 % interval,
/// which is the measured size unless the measurement knows of a systematic error; sd is half the interval
/// / 1.96 (RULES.md section 5, Uncertainty; vectors PB-*). An interval without width is a certainty, and the
/// measured size is compared exactly.
[[nodiscard]] double probability_within(const LesionSize& size, const SizeLimit& limit);

/// Probability that the rule is met by size and number: the lesions' errors are independent, and a possible
/// lesion is one with the probability that it is real. Which of them are real decides the count and so the
/// limit; all combinations are summed exactly, in a time that grows only with their number.
[[nodiscard]] double probability_by_size(const SizeRule& rule, const TumourBurden& burden);

}  // namespace downstage::criteria
