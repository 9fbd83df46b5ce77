#include "downstage/criteria/size_probability.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <string>
#include <vector>

namespace {

using downstage::criteria::at_most_50_mm;
using downstage::criteria::LesionSize;
using downstage::criteria::limit_for;
using downstage::criteria::milan_1996;
using downstage::criteria::milan_strict;
using downstage::criteria::PossibleLesion;
using downstage::criteria::probability_by_size;
using downstage::criteria::probability_within;
using downstage::criteria::SizeLimit;
using downstage::criteria::SizeRule;
using downstage::criteria::TumourBurden;
using downstage::criteria::under_50_mm;

constexpr double normal_95 = 1.959964;

LesionSize size_with_sd(double diameter_mm, double sd_mm)
{
    return {.diameter_mm = diameter_mm,
            .ci95_mm = {diameter_mm - normal_95 * sd_mm, diameter_mm + normal_95 * sd_mm}};
}

struct Term {
    double diameter_mm{}, sd_mm{}, limit_mm{};
};

struct ProbabilityVector {
    std::string id;
    std::vector<Term> terms;
    double expected{};
};

TEST(ProbabilityWithin, AgreesWithEveryWorkedExample)
{
    // vectors/eligibility.json, "probability": the product over the terms, to the four digits printed there.
    const std::vector<ProbabilityVector> examples{
        {"PB-01", {{50.0, 2.0, 50.0}}, 0.5},
        {"PB-03", {{52.0, 2.0, 50.0}}, 0.1587},
        {"PB-05", {{46.71, 2.0, 50.0}}, 0.95},
        {"PB-06", {{28.0, 2.0, 30.0}, {28.0, 2.0, 30.0}, {28.0, 2.0, 30.0}}, 0.5956},
        {"PB-08", {{50.0, 3.9, 50.0}, {10.0, 1.0, 10.0}}, 0.25},
    };
    for (const ProbabilityVector& example : examples) {
        double product = 1.0;
        for (const Term& term : example.terms) {
            const SizeLimit limit{.limit = downstage::to_tenths(term.limit_mm)};
            product *= probability_within(size_with_sd(term.diameter_mm, term.sd_mm), limit);
        }
        EXPECT_NEAR(product, example.expected, 1e-4) << example.id;
    }
}

TEST(ProbabilityWithin, IsCertainForAnIntervalWithoutWidth)
{
    const LesionSize at_limit{.diameter_mm = 50.0, .ci95_mm = {50.0, 50.0}};
    EXPECT_EQ(probability_within(at_limit, at_most_50_mm), 1.0);
    EXPECT_EQ(probability_within(at_limit, under_50_mm), 0.0);
}

TEST(ProbabilityBySize, OfOneLesionIsThatOfTheSingleLimit)
{
    const LesionSize size = size_with_sd(48.0, 2.0);
    EXPECT_DOUBLE_EQ(probability_by_size(milan_1996, {.lesions = {size}, .possible = {}}),
                     probability_within(size, at_most_50_mm));
}

TEST(ProbabilityBySize, OfThreeLesionsIsTheProductUnderTheLowerLimit)  // PB-06
{
    const LesionSize size = size_with_sd(28.0, 2.0);
    EXPECT_NEAR(
        probability_by_size(milan_1996, {.lesions = {size, size, size}, .possible = {}}), 0.5956, 1e-4);
}

TEST(ProbabilityBySize, OfFourLesionsOrNoneIsZero)
{
    const LesionSize size = size_with_sd(10.0, 1.0);
    EXPECT_EQ(probability_by_size(milan_1996, {.lesions = {size, size, size, size}, .possible = {}}), 0.0);
    EXPECT_EQ(probability_by_size(milan_1996, {}), 0.0);
}

/// The definition: every combination of real and not real, one after another.
double by_enumeration(const SizeRule& rule, const TumourBurden& burden)
{
    double met = 0.0;
    const std::size_t combinations = std::size_t{1} << burden.possible.size();
    for (std::size_t chosen = 0; chosen < combinations; ++chosen) {
        double chance = 1.0;
        std::vector<LesionSize> real = burden.lesions;
        for (std::size_t n = 0; n < burden.possible.size(); ++n) {
            const PossibleLesion& lesion = burden.possible[n];
            const bool is_real = ((chosen >> n) & 1U) != 0;
            chance *= is_real ? lesion.probability_real : 1.0 - lesion.probability_real;
            if (is_real) real.push_back(lesion.size);
        }
        if (real.empty() || real.size() > 3) continue;
        for (const LesionSize& size : real)
            chance *= probability_within(size, limit_for(rule, real.size()));
        met += chance;
    }
    return met;
}

TEST(ProbabilityBySize, EqualsTheSumOverAllCombinationsOfPossibleLesions)
{
    std::mt19937 random{7};
    std::uniform_real_distribution<double> diameter{5.0, 55.0};
    std::uniform_real_distribution<double> share{0.0, 1.0};
    std::uniform_int_distribution<int> number{0, 3};
    for (int trial = 0; trial < 200; ++trial) {
        TumourBurden burden;
        for (int n = number(random); n > 0; --n)
            burden.lesions.push_back(size_with_sd(diameter(random), 2.0));
        for (int n = 2 * number(random); n > 0; --n)
            burden.possible.push_back(
                {.size = size_with_sd(diameter(random), 3.0), .probability_real = share(random)});
        EXPECT_NEAR(probability_by_size(milan_1996, burden), by_enumeration(milan_1996, burden), 1e-12);
        EXPECT_NEAR(probability_by_size(milan_strict, burden), by_enumeration(milan_strict, burden), 1e-12);
    }
}

TEST(ProbabilityBySize, TakesManyPossibleLesionsInItsStride)
{
    // 200 possible lesions, each real with p: the chance of 1, 2 or 3, all tiny, is binomial.
    TumourBurden burden;
    const double p = 0.01;
    burden.possible.assign(200, {.size = size_with_sd(5.0, 0.5), .probability_real = p});
    const auto binomial = [&](double ways, int real) {
        return ways * std::pow(p, real) * std::pow(1.0 - p, 200 - real);
    };
    const double expected =
        binomial(200.0, 1) + binomial(200.0 * 199.0 / 2.0, 2) + binomial(200.0 * 199.0 * 198.0 / 6.0, 3);
    EXPECT_NEAR(probability_by_size(milan_1996, burden), expected, 1e-9);
}

TEST(ProbabilityBySize, IsOneAtMostAndFallsWhenAPossibleLesionIsLikelier)
{
    double before = 1.0;
    for (int n = 0; n <= 10; ++n) {
        const TumourBurden burden{
            .lesions = {size_with_sd(40.0, 1.0)},
            .possible = {{.size = size_with_sd(9.0, 1.0), .probability_real = n / 10.0}}};
        const double now = probability_by_size(milan_1996, burden);
        EXPECT_LE(now, before);
        before = now;
    }
    EXPECT_NEAR(before, 0.0, 1e-12);  // two lesions for sure, one of 40 mm
}

}  // namespace
