#include "downstage/criteria/size_probability.hpp"
#include "downstage/criteria/transplant_rules.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <string>
#include <vector>

namespace {

namespace rules = downstage::criteria::rules;
using downstage::criteria::exact_probability;
using downstage::criteria::Findings;
using downstage::criteria::LesionSize;
using downstage::criteria::PossibleLesion;
using downstage::criteria::probability_within;
using downstage::criteria::Quantity;
using downstage::criteria::Relation;
using downstage::criteria::Rule;
using downstage::criteria::sampled_probability;
using downstage::criteria::TumourBurden;

constexpr downstage::TenthsMm limit_50_mm = 500;
constexpr downstage::TenthsMm limit_30_mm = 300;

/// No exclusion, AFP 10 ng/mL.
Findings no_exclusion()
{
    Findings findings;
    findings.set(Quantity::macrovascular_invasion, downstage::criteria::exactly(0));
    findings.set(Quantity::extrahepatic_disease, downstage::criteria::exactly(0));
    findings.set(Quantity::afp, downstage::criteria::exactly(100));
    return findings;
}

double probability_by_size(const Rule& rule, const TumourBurden& burden)
{
    return exact_probability(rule, burden, no_exclusion()).value();
}

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
            product *= probability_within(size_with_sd(term.diameter_mm, term.sd_mm),
                                          downstage::to_tenths(term.limit_mm),
                                          Relation::at_most);
        }
        EXPECT_NEAR(product, example.expected, 1e-4) << example.id;
    }
}

TEST(ProbabilityWithin, IsCertainForAnIntervalWithoutWidth)
{
    const LesionSize at_limit{.diameter_mm = 50.0, .ci95_mm = {50.0, 50.0}};
    EXPECT_EQ(probability_within(at_limit, limit_50_mm, Relation::at_most), 1.0);
    EXPECT_EQ(probability_within(at_limit, limit_50_mm, Relation::below), 0.0);
}

TEST(ProbabilityBySize, OfOneLesionIsThatOfTheSingleLimit)
{
    const LesionSize size = size_with_sd(48.0, 2.0);
    EXPECT_DOUBLE_EQ(probability_by_size(rules::milan, {.lesions = {size}, .possible = {}}),
                     probability_within(size, limit_50_mm, Relation::at_most));
}

TEST(ProbabilityBySize, OfThreeLesionsIsTheProductUnderTheLowerLimit)  // PB-06
{
    const LesionSize size = size_with_sd(28.0, 2.0);
    EXPECT_NEAR(
        probability_by_size(rules::milan, {.lesions = {size, size, size}, .possible = {}}), 0.5956, 1e-4);
}

TEST(ProbabilityBySize, OfFourLesionsOrNoneIsZero)
{
    const LesionSize size = size_with_sd(10.0, 1.0);
    EXPECT_EQ(probability_by_size(rules::milan, {.lesions = {size, size, size, size}, .possible = {}}), 0.0);
    EXPECT_EQ(probability_by_size(rules::milan, {}), 0.0);
}

/// The definition: every combination of real and not real, one after another.
double by_enumeration(const TumourBurden& burden)
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
            chance *=
                probability_within(size, real.size() == 1 ? limit_50_mm : limit_30_mm, Relation::at_most);
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
        EXPECT_NEAR(probability_by_size(rules::milan, burden), by_enumeration(burden), 1e-12);
        EXPECT_NEAR(probability_by_size(rules::milan_strict, burden), by_enumeration(burden), 1e-12);
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
    EXPECT_NEAR(probability_by_size(rules::milan, burden), expected, 1e-9);
}

TEST(ProbabilityBySize, IsOneAtMostAndFallsWhenAPossibleLesionIsLikelier)
{
    double before = 1.0;
    for (int n = 0; n <= 10; ++n) {
        const TumourBurden burden{
            .lesions = {size_with_sd(40.0, 1.0)},
            .possible = {{.size = size_with_sd(9.0, 1.0), .probability_real = n / 10.0}}};
        const double now = probability_by_size(rules::milan, burden);
        EXPECT_LE(now, before);
        before = now;
    }
    EXPECT_NEAR(before, 0.0, 1e-12);  // two lesions for sure, one of 40 mm
}

TEST(ExactProbability, IsLeftToSamplingWhereSizesAreAddedUpOrComparedFromBelow)
{
    const TumourBurden burden{.lesions = {size_with_sd(31.0, 2.0), size_with_sd(20.0, 2.0)}};
    EXPECT_FALSE(exact_probability(rules::ucsf, burden, no_exclusion()).has_value());
    EXPECT_FALSE(exact_probability(rules::unos_ds, burden, no_exclusion()).has_value());
    EXPECT_TRUE(exact_probability(rules::up_to_seven, burden, no_exclusion()).has_value());
}

TEST(ExactProbability, IsZeroWithAnExclusionAndUnmovedByAnUnknownOne)
{
    const TumourBurden burden{.lesions = {size_with_sd(48.0, 2.0)}};
    Findings excluded = no_exclusion();
    excluded.set(Quantity::macrovascular_invasion, downstage::criteria::exactly(1));
    Findings unknown = no_exclusion();
    unknown.set(Quantity::macrovascular_invasion, {.low = 0, .high = 1});
    EXPECT_EQ(exact_probability(rules::milan, burden, excluded), 0.0);
    EXPECT_EQ(exact_probability(rules::milan, burden, unknown),
              exact_probability(rules::milan, burden, no_exclusion()));
}

/// Up to three lesions and two possible ones, sized where limits are.
TumourBurden random_burden(std::mt19937& random)
{
    std::uniform_real_distribution<double> diameter{20.0, 60.0};
    std::uniform_real_distribution<double> share{0.0, 1.0};
    std::uniform_int_distribution<int> number{1, 3};
    TumourBurden burden;
    for (int n = number(random); n > 0; --n)
        burden.lesions.push_back(size_with_sd(diameter(random), 2.0));
    for (int n = number(random); n > 1; --n)
        burden.possible.push_back(
            {.size = size_with_sd(diameter(random), 3.0), .probability_real = share(random)});
    return burden;
}

TEST(SampledProbability, AgreesWithTheExactOneWhereThereIsOne)
{
    std::mt19937 random{11};
    for (int trial = 0; trial < 200; ++trial) {
        const TumourBurden burden = random_burden(random);
        for (const Rule* const rule : {&rules::milan,
                                       &rules::milan_strict,
                                       &rules::optn_t2,
                                       &rules::up_to_seven,
                                       &rules::asan,
                                       &rules::onaca})
            EXPECT_NEAR(sampled_probability(*rule, burden, no_exclusion()),
                        probability_by_size(*rule, burden),
                        0.005)  // what its declaration promises
                << rule->criterion;
    }
}

TEST(SampledProbability, OfASumIsTheNormalDistributionOfTheSum)
{
    // RULES section 5: the sum of independent errors has the sd sqrt(sum s^2).
    const TumourBurden burden{.lesions = {size_with_sd(41.0, 2.0), size_with_sd(40.0, 3.0)}};
    const double z = (80.0 - 81.0) / std::sqrt(4.0 + 9.0);
    const double expected = downstage::criteria::normal_cdf(z);
    Findings findings = no_exclusion();
    findings.set(Quantity::edmondson, downstage::criteria::exactly(4));
    EXPECT_NEAR(sampled_probability(rules::hangzhou, burden, findings), expected, 0.005);
}

}  // namespace
