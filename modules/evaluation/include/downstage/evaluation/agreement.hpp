#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace downstage::evaluation {

/// One size that was measured, and the true one.
struct SizePair {
    double truth{}, found{};
};

/// How two ways of measuring agree (Bland & Altman, Lancet 1986;327:307).
struct Agreement {
    std::size_t pairs{};
    double bias{};             ///< mean of found - truth
    double median_absolute{};  ///< of |found - truth|
    double low{}, high{};      ///< limits of agreement: bias -+ 1.96 sd of the differences
};

/// In the unit of the sizes. Limits need two pairs; without a pair there is no answer.
[[nodiscard]] std::optional<Agreement> agreement_of(std::span<const SizePair> pairs);

/// The same of the differences in per cent of the truth, which must be positive.
[[nodiscard]] std::optional<Agreement> agreement_in_percent(std::span<const SizePair> pairs);

/// The middle of the values: mean of the two middle ones when their number is even. Empty for none.
[[nodiscard]] std::optional<double> median_of(std::span<const double> values);

}  // namespace downstage::evaluation
