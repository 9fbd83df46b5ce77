#include "downstage/evaluation/agreement.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace downstage::evaluation {
namespace {

TEST(Agreement, HasBiasAndLimitsOfThreeDifferences)
{
    // Differences 1, 2, 3: mean 2, sd 1.
    const std::array<SizePair, 3> pairs{{{10.0, 11.0}, {20.0, 22.0}, {30.0, 33.0}}};
    const Agreement agreement = agreement_of(pairs).value();
    EXPECT_EQ(agreement.pairs, 3U);
    EXPECT_DOUBLE_EQ(agreement.bias, 2.0);
    EXPECT_DOUBLE_EQ(agreement.median_absolute, 2.0);
    EXPECT_NEAR(agreement.low, 2.0 - 1.96, 1e-12);
    EXPECT_NEAR(agreement.high, 2.0 + 1.96, 1e-12);
}

TEST(Agreement, InPercentIsOfTheTruth)
{
    const std::array<SizePair, 2> pairs{{{10.0, 11.0}, {40.0, 44.0}}};  // both 10 % too long
    const Agreement agreement = agreement_in_percent(pairs).value();
    EXPECT_NEAR(agreement.bias, 10.0, 1e-12);
    EXPECT_NEAR(agreement.low, 10.0, 1e-9);
}

TEST(Agreement, IsUnknownWithoutAPair)
{
    EXPECT_FALSE(agreement_of({}).has_value());
}

TEST(Median, IsTheMeanOfTheMiddleTwoOfAnEvenNumber)
{
    const std::array<double, 4> values{4.0, 1.0, 3.0, 10.0};
    EXPECT_DOUBLE_EQ(median_of(values).value(), 3.5);
    EXPECT_FALSE(median_of({}).has_value());
}

}  // namespace
}  // namespace downstage::evaluation
