#include "../../../modules/segmentation/src/phase.hpp"
#include "../../../modules/segmentation/src/phase_hint.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace downstage::segmentation {
namespace {

using ::testing::HasSubstr;

// Densities as the literature gives them for 120 kV and 1.5 ml/kg of contrast agent.
constexpr OrganDensities native{
    .liver_hu = 58, .aorta_hu = 42, .spleen_hu = 48, .kidney_hu = 35, .veins_hu = 64};
constexpr OrganDensities arterial{
    .liver_hu = 68, .aorta_hu = 310, .spleen_hu = 130, .kidney_hu = 190, .veins_hu = 85};
constexpr OrganDensities portal{
    .liver_hu = 110, .aorta_hu = 155, .spleen_hu = 120, .kidney_hu = 190, .veins_hu = 150};
constexpr OrganDensities delayed{
    .liver_hu = 88, .aorta_hu = 98, .spleen_hu = 90, .kidney_hu = 150, .veins_hu = 100};

TEST(PhaseOf, TellsTheFourPhasesByTheirDensities)
{
    EXPECT_EQ(phase_of(native, Phase::unknown).phase, Phase::native);
    EXPECT_EQ(phase_of(arterial, Phase::unknown).phase, Phase::arterial);
    EXPECT_EQ(phase_of(portal, Phase::unknown).phase, Phase::portal_venous);
    EXPECT_EQ(phase_of(delayed, Phase::unknown).phase, Phase::delayed);
}

TEST(PhaseOf, IsNotMisledByAFattyLiver)
{
    OrganDensities fatty = portal;
    fatty.liver_hu = 55;
    fatty.veins_hu = 120;
    EXPECT_EQ(phase_of(fatty, Phase::unknown).phase, Phase::portal_venous);
    fatty = native;
    fatty.liver_hu = 10;
    EXPECT_EQ(phase_of(fatty, Phase::unknown).phase, Phase::native);
}

TEST(PhaseOf, GainsConfidenceWhenTheTagsAgree)
{
    EXPECT_GT(phase_of(portal, Phase::portal_venous).confidence, phase_of(portal, Phase::unknown).confidence);
}

TEST(PhaseOf, IsNotOverruledByTagsWhenThePixelsAreClear)
{
    const PhaseEstimate estimate = phase_of(portal, Phase::native);
    EXPECT_EQ(estimate.phase, Phase::portal_venous);
    EXPECT_LT(estimate.confidence, phase_of(portal, Phase::unknown).confidence);
    EXPECT_THAT(estimate.because, HasSubstr("the tags say native, which the densities contradict"));
}

TEST(PhaseOf, ListensToTheTagsWhereThePixelsAreBetweenTwoPhases)
{
    // Half way from portal venous to delayed.
    const OrganDensities between{
        .liver_hu = 96, .aorta_hu = 110, .spleen_hu = 100, .kidney_hu = 170, .veins_hu = 108};
    EXPECT_EQ(phase_of(between, Phase::delayed).phase, Phase::delayed);
    EXPECT_EQ(phase_of(between, Phase::portal_venous).phase, Phase::portal_venous);
    EXPECT_LT(phase_of(between, Phase::unknown).confidence, 0.5);
}

TEST(PhaseOf, IsLessSureWithoutAnAorta)
{
    OrganDensities blind = portal;
    blind.aorta_hu = std::nullopt;
    EXPECT_LT(phase_of(blind, Phase::unknown).confidence, 0.5);
}

TEST(PhaseOf, NamesTheDensitiesItSaw)
{
    EXPECT_EQ(phase_of(portal, Phase::unknown).because,
              "liver 110 HU, aorta 155 HU, spleen 120 HU, kidney 190 HU, veins in the liver 150 HU");
}

TEST(PhaseByHint, IsUnsure)
{
    EXPECT_EQ(phase_by_hint(Phase::arterial).phase, Phase::arterial);
    EXPECT_LT(phase_by_hint(Phase::arterial).confidence, 0.5);
    EXPECT_EQ(phase_by_hint(Phase::unknown).confidence, 0.0);
}

TEST(HintedPhase, ReadsTheWordsOfSeveralLanguagesInAnyCase)
{
    EXPECT_EQ(hinted_phase("ABD ARTERIELL 1.5 B30f"), Phase::arterial);
    EXPECT_EQ(hinted_phase("liver_art"), Phase::arterial);
    EXPECT_EQ(hinted_phase("Abdomen PORTAL VENOUS 3mm"), Phase::portal_venous);
    EXPECT_EQ(hinted_phase("Abd. ven\xC3\xB6s"), Phase::portal_venous);
    EXPECT_EQ(hinted_phase("Thorax/Abd Nativ"), Phase::native);
    EXPECT_EQ(hinted_phase("ABD W/O CONTRAST"), Phase::native);
    EXPECT_EQ(hinted_phase("Delayed 5 min"), Phase::delayed);
}

TEST(HintedPhase, ReadsTheDelayInSeconds)
{
    EXPECT_EQ(hinted_phase("LIVER 35s"), Phase::arterial);
    EXPECT_EQ(hinted_phase("Abd 70 sec 5.0"), Phase::portal_venous);
    EXPECT_EQ(hinted_phase("180s axial"), Phase::delayed);
}

TEST(HintedPhase, TakesLateArterialForArterial)
{
    EXPECT_EQ(hinted_phase("late arterial"), Phase::arterial);
}

TEST(HintedPhase, IsNotMisledByOtherWords)
{
    EXPECT_EQ(hinted_phase(""), Phase::unknown);
    EXPECT_EQ(hinted_phase("metal artefact reduction, portable, part 2, ventral"), Phase::unknown);
    EXPECT_EQ(hinted_phase("5.0 mm slices"), Phase::unknown);
}

TEST(HintedPhase, SaysNothingWhenSeveralPhasesAreNamed)
{
    EXPECT_EQ(hinted_phase("native and portal venous"), Phase::unknown);
}

}  // namespace
}  // namespace downstage::segmentation
