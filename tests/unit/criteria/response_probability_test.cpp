#include "downstage/criteria/response_probability.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

namespace {

using downstage::criteria::category_probabilities;
using downstage::criteria::CategoryProbabilities;
using downstage::criteria::change_of;
using downstage::criteria::SumChange;
using downstage::criteria::SumEstimate;
using downstage::criteria::SumHistory;

constexpr double normal_95 = 1.959964;
constexpr double integration = 1e-6;  // of Simpson's rule with steps of 0.02 sd

SumEstimate with_sd(double sum_mm, double sd_mm)
{
    return {.mm = sum_mm, .ci95_mm = {sum_mm - normal_95 * sd_mm, sum_mm + normal_95 * sd_mm}};
}

double phi(double z)
{
    return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

TEST(ChangeOf, HasTheAsymmetricIntervalOfTheLogScale)
{
    const SumChange change = change_of(with_sd(100.0, 3.0), with_sd(70.0, 2.8));
    const double sd = std::sqrt(0.03 * 0.03 + 0.04 * 0.04);
    EXPECT_NEAR(change.percent, -30.0, 1e-12);
    EXPECT_NEAR(change.ci95_percent.low, 100.0 * (0.7 * std::exp(-normal_95 * sd) - 1.0), 1e-9);
    EXPECT_NEAR(change.ci95_percent.high, 100.0 * (0.7 * std::exp(normal_95 * sd) - 1.0), 1e-9);
    EXPECT_TRUE(change.exceeds_noise);
}

TEST(ChangeOf, DoesNotExceedNoiseWhenItsIntervalHoldsZero)
{
    EXPECT_FALSE(change_of(with_sd(100.0, 5.0), with_sd(105.0, 5.0)).exceeds_noise);
    EXPECT_FALSE(change_of(with_sd(100.0, 5.0), with_sd(95.0, 5.0)).exceeds_noise);
    EXPECT_TRUE(change_of(with_sd(100.0, 1.0), with_sd(105.0, 1.0)).exceeds_noise);
    EXPECT_TRUE(change_of(with_sd(100.0, 1.0), with_sd(95.0, 1.0)).exceeds_noise);
}

// RULES section 4: P(PR) = Phi((ln 0.7 - ln(S/S0)) / s).
TEST(CategoryProbabilities, OfPartialResponseFollowTheFormula)
{
    const double sd = std::sqrt(2.0 * 0.04 * 0.04);
    const CategoryProbabilities p =
        category_probabilities({.baseline = with_sd(100.0, 4.0), .now = with_sd(72.0, 0.04 * 72.0)});
    EXPECT_NEAR(p.partial, phi((std::log(0.7) - std::log(0.72)) / sd), integration);
    EXPECT_NEAR(p.partial + p.stable + p.progressive, 1.0, 1e-12);
    EXPECT_EQ(p.complete, 0.0);
}

// Far above 25 mm the 5 mm arm is met long before 20 %.
TEST(CategoryProbabilities, OfProgressionOverTheBaselineFollowTheFormula)
{
    const double sd = std::sqrt(2.0 * 0.04 * 0.04);
    const CategoryProbabilities p =
        category_probabilities({.baseline = with_sd(100.0, 4.0), .now = with_sd(118.0, 0.04 * 118.0)});
    EXPECT_NEAR(p.progressive, phi((std::log(1.18) - std::log(1.2)) / sd), integration);
}

// Truth by drawing: sums of three sizes, a nadir of its own, the 5 mm arm in play.
TEST(CategoryProbabilities, AgreeWithDrawing)
{
    const SumHistory sums{
        .baseline = with_sd(30.0, 1.5), .nadir = with_sd(16.0, 1.2), .now = with_sd(20.9, 1.4)};
    std::mt19937_64 random{7};
    std::normal_distribution<double> normal;
    constexpr int draws = 400'000;
    int progressive = 0;
    int partial = 0;
    for (int n = 0; n < draws; ++n) {
        const auto draw = [&](double mean_mm, double sd_mm) {
            return mean_mm * std::exp(sd_mm / mean_mm * normal(random));
        };
        const double baseline_mm = draw(30.0, 1.5);
        const double nadir_mm = draw(16.0, 1.2);
        const double now_mm = draw(20.9, 1.4);
        if (now_mm >= 1.2 * nadir_mm && now_mm - nadir_mm >= 5.0)
            ++progressive;
        else if (now_mm <= 0.7 * baseline_mm)
            ++partial;
    }
    const CategoryProbabilities p = category_probabilities(sums);
    constexpr double four_sd_of_drawing = 4.0 * 0.5 / 632.0;  // sqrt(400'000) = 632
    EXPECT_NEAR(p.progressive, static_cast<double>(progressive) / draws, four_sd_of_drawing);
    EXPECT_NEAR(p.partial, static_cast<double>(partial) / draws, four_sd_of_drawing);
}

TEST(CategoryProbabilities, WithoutWidthAreTheExactRule)
{
    const auto certain = [](double baseline_mm, double now_mm) {
        return category_probabilities({.baseline = with_sd(baseline_mm, 0.0), .now = with_sd(now_mm, 0.0)});
    };
    EXPECT_EQ(certain(14.0, 9.8).partial, 1.0);
    EXPECT_EQ(certain(14.0, 9.9).stable, 1.0);
    EXPECT_EQ(certain(25.5, 30.6).progressive, 1.0);
    EXPECT_EQ(certain(20.0, 24.9).stable, 1.0);
    EXPECT_EQ(certain(20.0, 24.9).progressive, 0.0);
    EXPECT_EQ(certain(14.0, 9.9).partial, 0.0);
    EXPECT_EQ(certain(14.0, 9.8).stable, 0.0);
}

TEST(CategoryProbabilities, WithoutWidthLookAtTheNadir)
{
    const CategoryProbabilities p = category_probabilities(
        {.baseline = with_sd(100.0, 0.0), .nadir = with_sd(50.0, 0.0), .now = with_sd(60.0, 0.0)});
    EXPECT_EQ(p.progressive, 1.0);
}

TEST(CategoryProbabilities, OfACertainSumUseTheWidthOfTheOthers)
{
    const CategoryProbabilities by_baseline =
        category_probabilities({.baseline = with_sd(100.0, 5.0), .now = with_sd(70.0, 0.0)});
    EXPECT_NEAR(by_baseline.partial, 0.5, 1e-12);
    const CategoryProbabilities by_nadir = category_probabilities(
        {.baseline = with_sd(100.0, 0.0), .nadir = with_sd(50.0, 2.5), .now = with_sd(60.0, 0.0)});
    EXPECT_NEAR(by_nadir.progressive, 0.5, 1e-12);
    EXPECT_NEAR(by_nadir.partial, 0.5, 1e-12);
    EXPECT_NEAR(by_nadir.stable, 0.0, 1e-12);
}

TEST(CategoryProbabilities, OfNothingLeftAreCompleteForCertain)
{
    EXPECT_EQ(category_probabilities({.baseline = with_sd(100.0, 5.0), .now = {}}).complete, 1.0);
}

TEST(CategoryProbabilities, NeverCallProgressiveWhatCannotHaveGrownByFiveMm)
{
    const CategoryProbabilities p =
        category_probabilities({.baseline = with_sd(10.0, 0.5), .now = with_sd(4.0, 0.1)});
    EXPECT_EQ(p.progressive, 0.0);
}

}  // namespace
