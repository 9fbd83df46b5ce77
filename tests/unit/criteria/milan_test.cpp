#include "downstage/criteria/milan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace {

using downstage::ClinicalFacts;
using downstage::Verdict;
using downstage::VerdictStatus;
using downstage::criteria::milan;
using downstage::criteria::TumourBurden;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr ClinicalFacts no_exclusion{.macrovascular_invasion = false, .extrahepatic_disease = false};
constexpr ClinicalFacts nothing_known{};

TumourBurden burden_mm(const std::vector<double>& diameters_mm)
{
    TumourBurden burden;
    for (const double diameter_mm : diameters_mm)
        burden.lesions.push_back(
            {.diameter_mm = diameter_mm, .ci95_mm = {diameter_mm - 1.0, diameter_mm + 1.0}});
    return burden;
}

Verdict verdict(const std::string& criterion, const TumourBurden& burden, const ClinicalFacts& facts)
{
    const std::vector<Verdict> all = milan(burden, facts);
    return *std::ranges::find(all, criterion, &Verdict::criterion);
}

struct MilanVector {
    std::string id, criterion;
    std::vector<double> diameters_mm;
    VerdictStatus expected{};
};

// The worked examples of vectors/eligibility.json, typed by hand; cm there, mm here.
const std::vector<MilanVector>& published_examples()
{
    static const std::vector<MilanVector> examples{
        {"EL-001", "milan", {49.0}, VerdictStatus::met},
        {"EL-003", "milan", {51.0}, VerdictStatus::not_met},
        {"EL-005", "milan", {30.0, 30.0, 30.0}, VerdictStatus::met},
        {"EL-006", "milan", {29.0, 29.0, 29.0}, VerdictStatus::met},
        {"EL-008", "milan", {30.0, 30.0}, VerdictStatus::met},
        {"EL-010", "milan", {10.0, 10.0, 10.0, 10.0}, VerdictStatus::not_met},
        {"EL-013", "milan", {}, VerdictStatus::not_met},
        {"EL-015", "milan_acs", {50.0}, VerdictStatus::not_met},
        {"EL-016", "milan_acs", {30.0, 30.0, 30.0}, VerdictStatus::met},
        {"EL-018", "milan_acs", {20.0, 20.0, 20.0, 20.0}, VerdictStatus::not_met},
    };
    return examples;
}

TEST(Milan, AgreesWithEveryWorkedExample)
{
    for (const MilanVector& example : published_examples())
        EXPECT_EQ(verdict(example.criterion, burden_mm(example.diameters_mm), no_exclusion).status,
                  example.expected)
            << example.id;
}

TEST(Milan, IsNotMetWithMacrovascularInvasionWhateverTheSize)  // vector EL-011
{
    const ClinicalFacts invasion{.macrovascular_invasion = true, .extrahepatic_disease = false};
    const Verdict answer = verdict("milan", burden_mm({20.0}), invasion);
    EXPECT_EQ(answer.status, VerdictStatus::not_met);
    EXPECT_EQ(answer.probability, 0.0);
    EXPECT_THAT(answer.missing, IsEmpty());
}

TEST(Milan, IsNotMetWithInvasionEvenWhenTheOtherFactIsUnknown)
{
    const ClinicalFacts facts{.macrovascular_invasion = true, .extrahepatic_disease = std::nullopt};
    const Verdict answer = verdict("milan", burden_mm({20.0}), facts);
    EXPECT_EQ(answer.status, VerdictStatus::not_met);
    EXPECT_THAT(answer.missing, IsEmpty());
}

TEST(Milan, ComesInThreeReadingsWithTheStrictOneAsHeadline)
{
    const std::vector<Verdict> all = milan(burden_mm({20.0}), no_exclusion);
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].criterion, "milan_strict");
    EXPECT_EQ(all[1].criterion, "milan_acs");
    EXPECT_EQ(all[2].criterion, "milan");
    EXPECT_TRUE(all[0].headline);
    EXPECT_FALSE(all[1].headline);
    EXPECT_FALSE(all[2].headline);
}

std::vector<VerdictStatus> statuses(const std::vector<double>& diameters_mm)
{
    std::vector<VerdictStatus> all;
    for (const Verdict& one : milan(burden_mm(diameters_mm), no_exclusion))
        all.push_back(one.status);
    return all;
}

TEST(Milan, ReadingsPartOnASingleLesionOfExactly50Mm)
{
    constexpr auto met = VerdictStatus::met;
    constexpr auto not_met = VerdictStatus::not_met;
    EXPECT_THAT(statuses({49.9}), ElementsAre(met, met, met));
    EXPECT_THAT(statuses({50.0}), ElementsAre(not_met, not_met, met));
    EXPECT_THAT(statuses({50.1}), ElementsAre(not_met, not_met, not_met));
}

TEST(Milan, ReadingsPartOnSeveralLesionsOfExactly30Mm)
{
    constexpr auto met = VerdictStatus::met;
    constexpr auto not_met = VerdictStatus::not_met;
    EXPECT_THAT(statuses({29.9, 29.9, 29.9}), ElementsAre(met, met, met));
    EXPECT_THAT(statuses({30.0, 12.0}), ElementsAre(not_met, met, met));
    EXPECT_THAT(statuses({30.1, 12.0}), ElementsAre(not_met, not_met, not_met));
    EXPECT_THAT(statuses({30.0}), ElementsAre(met, met, met));
}

TEST(Milan, SaysItIsContestedOnlyWhereTheReadingsPart)
{
    const auto contested = [](const std::vector<double>& diameters_mm) {
        return verdict("milan_strict", burden_mm(diameters_mm), no_exclusion).contested;
    };
    EXPECT_THAT(contested({50.0}).value(), HasSubstr("read here: no; read by Mazzaferro 1996"));
    EXPECT_THAT(contested({12.0, 30.0}).value(),
                HasSubstr("read here: no; read by the American Cancer Society"));
    EXPECT_FALSE(contested({49.9}).has_value());
    EXPECT_FALSE(contested({30.0}).has_value());
    EXPECT_FALSE(contested({30.0, 30.0, 30.0, 30.0}).has_value());
}

TEST(Milan, RoundsEachDiameterOnceToATenthHalfAwayFromZero)
{
    EXPECT_THAT(statuses({49.94}), ElementsAre(VerdictStatus::met, VerdictStatus::met, VerdictStatus::met));
    EXPECT_THAT(statuses({49.95}),
                ElementsAre(VerdictStatus::not_met, VerdictStatus::not_met, VerdictStatus::met));
    EXPECT_THAT(statuses({50.04}),
                ElementsAre(VerdictStatus::not_met, VerdictStatus::not_met, VerdictStatus::met));
}

TEST(Milan, TellsWhenAnotherCustomaryRoundingWouldChangeTheAnswer)
{
    const auto sensitive = [](const std::string& criterion, const std::vector<double>& diameters_mm) {
        return verdict(criterion, burden_mm(diameters_mm), no_exclusion).rounding_sensitive;
    };
    EXPECT_TRUE(sensitive("milan_strict", {49.6}));   // 50 in whole millimetres
    EXPECT_TRUE(sensitive("milan_strict", {49.97}));  // under 50 as it was measured
    EXPECT_TRUE(sensitive("milan", {50.4}));          // 50 in whole millimetres
    EXPECT_FALSE(sensitive("milan", {49.6}));
    EXPECT_FALSE(sensitive("milan_strict", {49.4}));
    EXPECT_FALSE(sensitive("milan_strict", {49.6, 10.0, 10.0, 10.0}));  // the number decides
}

TEST(Milan, IsNotSensitiveToRoundingWhenInvasionDecides)
{
    const ClinicalFacts invasion{.macrovascular_invasion = true, .extrahepatic_disease = false};
    EXPECT_FALSE(verdict("milan_strict", burden_mm({49.6}), invasion).rounding_sensitive);
}

TEST(Milan, IsIndeterminateWhileAFactIsUnknownAndNamesIt)
{
    const Verdict both = verdict("milan", burden_mm({20.0}), nothing_known);
    EXPECT_EQ(both.status, VerdictStatus::indeterminate);
    EXPECT_THAT(both.missing, ElementsAre("macrovascular_invasion", "extrahepatic_disease"));

    const ClinicalFacts no_invasion{.macrovascular_invasion = false, .extrahepatic_disease = std::nullopt};
    const Verdict one = verdict("milan", burden_mm({20.0}), no_invasion);
    EXPECT_EQ(one.status, VerdictStatus::indeterminate);
    EXPECT_THAT(one.missing, ElementsAre("extrahepatic_disease"));
}

TEST(Milan, IsNotMetDespiteUnknownFactsWhenSizeOrNumberFails)
{
    for (const auto& diameters_mm :
         std::vector<std::vector<double>>{{50.1}, {30.1, 5.0}, {1.0, 1.0, 1.0, 1.0}}) {
        const Verdict answer = verdict("milan", burden_mm(diameters_mm), nothing_known);
        EXPECT_EQ(answer.status, VerdictStatus::not_met);
        EXPECT_THAT(answer.missing, IsEmpty());
    }
}

TEST(Milan, GivesTheProbabilityBySizeOnConditionWhileAFactIsUnknown)
{
    const Verdict answer = verdict("milan", burden_mm({20.0}), nothing_known);
    EXPECT_NEAR(answer.probability.value(), 1.0, 1e-9);
    EXPECT_THAT(answer.reasons,
                Contains(HasSubstr("on the condition that what is unknown is in favour: macrovascular "
                                   "invasion, extrahepatic disease")));
}

TEST(Milan, MarginIsTheWayOfTheLargestLesionToItsLimit)
{
    EXPECT_DOUBLE_EQ(verdict("milan", burden_mm({46.9}), no_exclusion).margin_mm.value(), 3.1);
    EXPECT_DOUBLE_EQ(verdict("milan", burden_mm({53.0}), no_exclusion).margin_mm.value(), -3.0);
    EXPECT_DOUBLE_EQ(verdict("milan", burden_mm({12.0, 28.5}), no_exclusion).margin_mm.value(), 1.5);
    EXPECT_DOUBLE_EQ(verdict("milan", burden_mm({40.0, 35.0}), no_exclusion).margin_mm.value(), -10.0);
    EXPECT_DOUBLE_EQ(verdict("milan_strict", burden_mm({50.0}), no_exclusion).margin_mm.value(), 0.0);
}

TEST(Milan, HasNoMarginWhereTheNumberDecidesOrThereIsNoLesion)
{
    EXPECT_FALSE(verdict("milan", burden_mm({10.0, 10.0, 10.0, 10.0}), no_exclusion).margin_mm.has_value());
    EXPECT_FALSE(verdict("milan", burden_mm({}), no_exclusion).margin_mm.has_value());
}

TEST(Milan, WithoutALesionIsNotMetAndContested)  // vector EL-013
{
    const Verdict answer = verdict("milan", burden_mm({}), nothing_known);
    EXPECT_EQ(answer.status, VerdictStatus::not_met);
    EXPECT_THAT(answer.contested.value(), HasSubstr("necrosis"));
    EXPECT_THAT(answer.missing, IsEmpty());
}

TEST(Milan, CountsAPossibleLesionOnlyInTheProbability)
{
    TumourBurden burden = burden_mm({40.0});
    burden.possible.push_back(
        {.size = {.diameter_mm = 9.0, .ci95_mm = {8.0, 10.0}}, .probability_real = 0.35});
    const Verdict answer = verdict("milan", burden, no_exclusion);
    EXPECT_EQ(answer.status, VerdictStatus::met);
    EXPECT_NEAR(answer.probability.value(), 0.65, 1e-9);  // a second lesion would make 40 mm too large
}

TEST(Milan, ReasonsTellThePathAndEndWithWhatWouldTurnTheAnswer)
{
    const Verdict met = verdict("milan", burden_mm({46.9}), no_exclusion);
    EXPECT_THAT(met.reasons,
                ElementsAre(HasSubstr("RULES 5.1; Mazzaferro"),
                            "counted: 1 lesion",
                            HasSubstr("lesion 1 46.9 mm"),
                            "number of lesions 1: 1 = 1? yes",
                            "largest diameter 46.9 mm (lesion 1): 46.9 mm <= 50.0 mm? yes",
                            "number of lesions 1: 1 >= 2? no: this way is closed",
                            "number of lesions 1: 1 >= 1? yes",
                            "macrovascular invasion absent: is it absent? yes",
                            "extrahepatic disease absent: is it absent? yes",
                            "Milan (1996): met",
                            HasSubstr("probability 1.000"),
                            "outside Milan (1996) if lesion 1 were 50.1 mm or more, 3.2 mm above today"));
}

std::string
last_reason(const std::string& criterion, const std::vector<double>& diameters_mm, const ClinicalFacts& facts)
{
    return verdict(criterion, burden_mm(diameters_mm), facts).reasons.back();
}

TEST(Milan, CounterfactualNamesTheSmallestChangeThatIsEnough)
{
    EXPECT_EQ(last_reason("milan_strict", {12.0, 31.1}, no_exclusion),
              "inside Milan (strict) if lesion 2 were 29.9 mm or less, 1.2 mm below today");
    EXPECT_EQ(last_reason("milan_strict", {52.0}, no_exclusion),
              "inside Milan (strict) if lesion 1 were 49.9 mm or less, 2.1 mm below today");
    EXPECT_EQ(last_reason("milan", {20.0, 20.0, 20.0, 20.0}, no_exclusion),
              "inside Milan (1996) if lesion 1 did not count");
    EXPECT_EQ(last_reason("milan", {60.0, 55.0}, no_exclusion), "no single change turns the answer");
    EXPECT_THAT(last_reason("milan", {52.0}, nothing_known), HasSubstr("what is unknown were in favour"));
}

TEST(Milan, CounterfactualOfAnExclusionIsItsAbsence)
{
    const ClinicalFacts invasion{.macrovascular_invasion = true, .extrahepatic_disease = false};
    EXPECT_EQ(last_reason("milan", {20.0}, invasion),
              "inside Milan (1996) if macrovascular invasion were absent");
}

TEST(Milan, CounterfactualIsTrueWhenItIsTried)
{
    EXPECT_EQ(verdict("milan_strict", burden_mm({49.9}), no_exclusion).status, VerdictStatus::met);
    EXPECT_EQ(verdict("milan", burden_mm({50.1}), no_exclusion).status, VerdictStatus::not_met);
    EXPECT_EQ(verdict("milan", burden_mm({31.0}), no_exclusion).status, VerdictStatus::met);
    EXPECT_EQ(verdict("milan", burden_mm({46.9, 1.0}), no_exclusion).status, VerdictStatus::not_met);
}

/// Random sizes with many at and beside the limits.
std::vector<double> random_sizes(std::mt19937& random)
{
    std::uniform_int_distribution<int> count{0, 5};
    std::uniform_int_distribution<int> tenths{50, 600};
    std::uniform_int_distribution<int> kind{0, 3};
    std::vector<double> sizes(static_cast<std::size_t>(count(random)));
    for (double& size : sizes) {
        const int chosen = kind(random);
        const int near_limit = (chosen == 0 ? 300 : 500) + tenths(random) % 3 - 1;
        size = (chosen < 2 ? near_limit : tenths(random)) / 10.0;
    }
    return sizes;
}

TEST(Milan, NeverTurnsMetWhenALesionGrows)
{
    std::mt19937 random{20240301};
    for (int trial = 0; trial < 2000; ++trial) {
        std::vector<double> sizes = random_sizes(random);
        if (sizes.empty()) continue;
        const std::vector<Verdict> before = milan(burden_mm(sizes), no_exclusion);
        sizes[static_cast<std::size_t>(trial) % sizes.size()] += 0.1 + 0.1 * (trial % 40);
        const std::vector<Verdict> after = milan(burden_mm(sizes), no_exclusion);
        for (std::size_t n = 0; n < before.size(); ++n) {
            if (before[n].status == VerdictStatus::not_met) {
                EXPECT_EQ(after[n].status, VerdictStatus::not_met);
            }
            EXPECT_LE(after[n].probability.value(), before[n].probability.value() + 1e-12);
        }
    }
}

TEST(Milan, DoesNotDependOnTheOrderOfTheLesions)
{
    std::mt19937 random{20240302};
    for (int trial = 0; trial < 500; ++trial) {
        std::vector<double> sizes = random_sizes(random);
        const std::vector<Verdict> before = milan(burden_mm(sizes), nothing_known);
        std::ranges::shuffle(sizes, random);
        const std::vector<Verdict> after = milan(burden_mm(sizes), nothing_known);
        for (std::size_t n = 0; n < before.size(); ++n) {
            // A product in another order may end in another bit.
            EXPECT_NEAR(after[n].probability.value(), before[n].probability.value(), 1e-12);
            EXPECT_EQ(after[n].status, before[n].status);
            EXPECT_EQ(after[n].margin_mm, before[n].margin_mm);
            EXPECT_EQ(after[n].contested, before[n].contested);
            EXPECT_EQ(after[n].missing, before[n].missing);
            EXPECT_EQ(after[n].rounding_sensitive, before[n].rounding_sensitive);
        }
    }
}

TEST(Milan, StrictIsNeverMetWhereAReadingThatAllowsMoreIsNot)
{
    std::mt19937 random{20240303};
    for (int trial = 0; trial < 2000; ++trial) {
        const std::vector<VerdictStatus> all = statuses(random_sizes(random));
        if (all[0] == VerdictStatus::met) {
            EXPECT_EQ(all[1], VerdictStatus::met);
        }
        if (all[1] == VerdictStatus::met) {
            EXPECT_EQ(all[2], VerdictStatus::met);
        }
    }
}

}  // namespace
