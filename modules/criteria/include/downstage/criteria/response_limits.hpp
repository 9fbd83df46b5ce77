#pragma once

#include <cstdint>

/// The comparisons of every response rule, as exact cross-multiplications of whole numbers (RULES.md 0.3): a
/// percentage is a fraction, and no binary fraction ever stands at a limit.
namespace downstage::criteria {

struct Ratio {
    std::int64_t numerator{1}, denominator{1};
};

inline constexpr Ratio minus_30_percent{.numerator = 7, .denominator = 10};
inline constexpr Ratio plus_20_percent{.numerator = 6, .denominator = 5};
inline constexpr Ratio minus_50_percent{.numerator = 1, .denominator = 2};
inline constexpr Ratio plus_25_percent{.numerator = 5, .denominator = 4};

/// `now` is at most `ratio` of `reference`; equality counts.
[[nodiscard]] constexpr bool at_most(std::int64_t now, Ratio ratio, std::int64_t reference)
{
    return now * ratio.denominator <= reference * ratio.numerator;
}

/// `now` is at least `ratio` of `reference`; equality counts.
[[nodiscard]] constexpr bool at_least(std::int64_t now, Ratio ratio, std::int64_t reference)
{
    return now * ratio.denominator >= reference * ratio.numerator;
}

/// `now` is more than `ratio` of `reference`; equality does not count.
[[nodiscard]] constexpr bool more_than(std::int64_t now, Ratio ratio, std::int64_t reference)
{
    return now * ratio.denominator > reference * ratio.numerator;
}

namespace border_cases {

static_assert(at_most(98, minus_30_percent, 140));   // 14.0 -> 9.8 mm, where binary floats fail
static_assert(!at_most(99, minus_30_percent, 140));  // vector R11-013
static_assert(at_least(306, plus_20_percent, 255));  // 25.5 -> 30.6 mm, vector R11-016
static_assert(!at_least(1199, plus_20_percent, 1000));
static_assert(!more_than(1200, plus_20_percent, 1000));

}  // namespace border_cases

}  // namespace downstage::criteria
