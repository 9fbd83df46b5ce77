#include "downstage/evaluation/detection.hpp"

#include <gtest/gtest.h>

#include <array>
#include <limits>

namespace downstage::evaluation {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
constexpr std::array<Detected, 4> lesions{{{.size_mm = 9.9, .contrast_hu = 30.0, .found = false},
                                           {.size_mm = 10.0, .contrast_hu = 30.0, .found = true},
                                           {.size_mm = 19.9, .contrast_hu = unknown, .found = false},
                                           {.size_mm = 20.0, .contrast_hu = 60.0, .found = true}}};

TEST(Sensitivity, CountsTheLowerLimitOfAClassAndNotTheUpper)
{
    EXPECT_EQ(sensitivity_by_size(lesions, {.from = 10.0, .below = 20.0}), (Share{.hits = 1, .of = 2}));
}

TEST(Sensitivity, LeavesOutUnknownContrasts)
{
    EXPECT_EQ(sensitivity_by_contrast(lesions, {.from = 0.0, .below = 1000.0}), (Share{.hits = 2, .of = 3}));
}

TEST(Fraction, IsUnknownOfNothing)
{
    EXPECT_FALSE(fraction({}).has_value());
}

TEST(Wilson, IsThePublishedIntervalOfAHundredPerCentOfTen)
{
    // Newcombe, Stat Med 1998;17:857: for x = n the lower limit is n / (n + z^2).
    const Interval95 interval = wilson95({.hits = 10, .of = 10});
    EXPECT_NEAR(interval.low, 10.0 / (10.0 + 1.959964 * 1.959964), 1e-9);
    EXPECT_DOUBLE_EQ(interval.high, 1.0);
}

TEST(Wilson, IsThePublishedExampleOf81Of263)
{
    const Interval95 interval = wilson95({.hits = 81, .of = 263});  // Newcombe 1998, table I: 0.2553, 0.3662
    EXPECT_NEAR(interval.low, 0.2553, 5e-5);
    EXPECT_NEAR(interval.high, 0.3662, 5e-5);
}

}  // namespace
}  // namespace downstage::evaluation
