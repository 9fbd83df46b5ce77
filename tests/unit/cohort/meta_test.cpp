#include "downstage/cohort/meta.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

namespace {

using downstage::cohort::dersimonian_laird;
using downstage::cohort::inverse_variance;
using downstage::cohort::mantel_haenszel;
using downstage::cohort::StudyTable;

constexpr double rounding = 1e-12;

StudyTable table(const std::array<double, 4>& cells)
{
    return {.treated_events = cells[0],
            .treated_others = cells[1],
            .control_events = cells[2],
            .control_others = cells[3]};
}

TEST(InverseVariance, OfOneStudyIsItsOddsRatioWithWoolfsInterval)
{
    const std::vector<StudyTable> one{table({10.0, 90.0, 5.0, 95.0})};
    const double odds_ratio = 10.0 * 95.0 / (90.0 * 5.0);
    const double sd = std::sqrt(1.0 / 10.0 + 1.0 / 90.0 + 1.0 / 5.0 + 1.0 / 95.0);
    const auto pooled = inverse_variance(one);
    ASSERT_TRUE(pooled);
    EXPECT_NEAR(pooled->odds_ratio, odds_ratio, rounding);
    EXPECT_NEAR(pooled->ci95.low, odds_ratio * std::exp(-1.959964 * sd), rounding);
    EXPECT_NEAR(pooled->ci95.high, odds_ratio * std::exp(1.959964 * sd), 1e-11);
    EXPECT_NEAR(pooled->q, 0.0, rounding);
    EXPECT_EQ(pooled->i2, 0.0);
}

TEST(InverseVariance, LeavesOutATableWithoutAnyEventAndOneWithEventsOnly)
{
    const StudyTable says = table({10.0, 90.0, 5.0, 95.0});
    const std::vector<StudyTable> all{table({0.0, 50.0, 0.0, 50.0}), says, table({50.0, 0.0, 50.0, 0.0})};
    EXPECT_EQ(inverse_variance(all)->odds_ratio, inverse_variance(std::vector{says})->odds_ratio);
    EXPECT_FALSE(inverse_variance(std::vector{all.front()}));
    EXPECT_FALSE(dersimonian_laird(std::vector{all.front()}));
}

TEST(InverseVariance, CorrectsOnlyTablesWithAZero)
{
    const auto pooled = inverse_variance(std::vector{table({0.0, 50.0, 5.0, 45.0})});
    EXPECT_NEAR(pooled->odds_ratio, 0.5 * 45.5 / (50.5 * 5.5), rounding);
}

// Two studies of equal variance v whose log odds ratios lie d apart: Q = d^2 / (2 v), so tau2 = d^2 / 2 - v.
TEST(DersimonianLaird, FindsTheVarianceBetweenTwoStudiesOfEqualSize)
{
    const std::vector<StudyTable> two{table({40.0, 60.0, 60.0, 40.0}), table({60.0, 40.0, 40.0, 60.0})};
    const double variance = 2.0 / 40.0 + 2.0 / 60.0;
    const double apart = 4.0 * std::log(60.0 / 40.0);
    const double q = apart * apart / (2.0 * variance);
    const auto pooled = dersimonian_laird(two);
    ASSERT_TRUE(pooled);
    EXPECT_NEAR(pooled->odds_ratio, 1.0, rounding);
    EXPECT_NEAR(pooled->q, q, 1e-10);
    EXPECT_NEAR(pooled->tau2, apart * apart / 2.0 - variance, 1e-10);
    EXPECT_NEAR(pooled->i2, 1.0 - 1.0 / q, rounding);
    const double half_width = 1.959964 * std::sqrt((variance + pooled->tau2) / 2.0);
    EXPECT_NEAR(pooled->ci95.high, std::exp(half_width), 1e-10);
    EXPECT_LT(inverse_variance(two)->ci95.high, pooled->ci95.high);
}

TEST(MantelHaenszel, WeighsEachTableByItsSize)
{
    const std::vector<StudyTable> two{table({10.0, 90.0, 5.0, 95.0}), table({2.0, 8.0, 1.0, 9.0})};
    const double above = 10.0 * 95.0 / 200.0 + 2.0 * 9.0 / 20.0;
    const double below = 90.0 * 5.0 / 200.0 + 8.0 * 1.0 / 20.0;
    EXPECT_NEAR(*mantel_haenszel(two), above / below, rounding);
}

TEST(MantelHaenszel, IsUndefinedWithoutControlEvents)
{
    EXPECT_FALSE(mantel_haenszel(std::vector{table({5.0, 5.0, 0.0, 10.0})}));
    EXPECT_FALSE(mantel_haenszel(std::vector{table({0.0, 0.0, 0.0, 0.0})}));
}

}  // namespace
