#include "downstage/criteria/ajcc.hpp"
#include "downstage/criteria/albi.hpp"
#include "downstage/criteria/bclc.hpp"
#include "downstage/criteria/child_pugh.hpp"
#include "downstage/criteria/liver_volume.hpp"
#include "downstage/criteria/treatment_bands.hpp"
#include "downstage/criteria/washout.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace {

using namespace downstage::criteria;  // NOLINT(google-build-using-namespace): the subject of every line here
using downstage::ClinicalFacts;
using testing::ElementsAre;

EligibilityInput input_mm(const std::vector<double>& diameters_mm, const ClinicalFacts& facts)
{
    EligibilityInput input{.facts = facts};
    for (const double mm : diameters_mm)
        input.lesions.push_back({.axial = LesionSize{.diameter_mm = mm, .ci95_mm = {mm, mm}}});
    return input;
}

ClinicalFacts well()
{
    return {.macrovascular_invasion = false,
            .extrahepatic_disease = false,
            .vascular_invasion = false,
            .major_branch_invasion = false,
            .adjacent_organ_invasion = false,
            .ecog = 0,
            .child_pugh = downstage::ChildClass::a};
}

std::string stage(const StagingTable& table, const std::vector<double>& sizes)
{
    return stage_of(table, input_mm(sizes, well())).stage.value_or("none");
}

TEST(Staging, TurnsExactlyAtTheLimitsOfBclcAjccAndTheBands)
{
    EXPECT_EQ(stage(bclc, {20.0}), "0");
    EXPECT_EQ(stage(bclc, {20.1}), "A");
    EXPECT_EQ(stage(bclc, {30.0, 30.0, 30.0}), "A");
    EXPECT_EQ(stage(bclc, {30.1, 10.0}), "B");
    EXPECT_EQ(stage(bclc, {10.0, 10.0, 10.0, 10.0}), "B");
    EXPECT_EQ(stage(ajcc8_t, {20.0}), "T1a");
    EXPECT_EQ(stage(ajcc8_t, {20.1}), "T1b");
    EXPECT_EQ(stage(ajcc8_t, {50.0, 10.0}), "T2");
    EXPECT_EQ(stage(ajcc8_t, {50.1, 10.0}), "T3");
    EXPECT_EQ(stage(ajcc8_stage, {50.1, 10.0}), "IIIA");
    EXPECT_EQ(stage(acs_band, {30.0}), "ablation");
    EXPECT_EQ(stage(acs_band, {30.1}), "ablation+embolisation");
    EXPECT_EQ(stage(acs_band, {50.1}), "embolisation");
}

TEST(Staging, LeavesOpenWhatAnUnknownFactDecidesAndNamesIt)
{
    ClinicalFacts facts = well();
    facts.ecog = std::nullopt;
    const auto open = stage_of(bclc, input_mm({20.0}, facts));
    EXPECT_FALSE(open.stage.has_value());
    EXPECT_THAT(open.possible, ElementsAre("D", "C", "0"));
    EXPECT_THAT(open.missing, ElementsAre("ecog"));
}

TEST(Staging, PutsMetastasesBeforeThePrimaryTumour)
{
    ClinicalFacts facts = well();
    facts.extrahepatic_disease = true;
    facts.nodal_metastasis = true;
    facts.distant_metastasis = false;
    EXPECT_EQ(stage_of(ajcc8_stage, input_mm({10.0}, facts)).stage, "IVA");
    facts.distant_metastasis = true;
    EXPECT_EQ(stage_of(ajcc8_stage, input_mm({10.0}, facts)).stage, "IVB");
}

TEST(ChildPugh, ScoresBothEndsOfEveryMiddleBandTwo)
{
    const auto bilirubin = [](double value) {
        return child_pugh_points({.bilirubin_umol_l = value}).bilirubin.value();
    };
    EXPECT_EQ(bilirubin(34.1), 1);
    EXPECT_EQ(bilirubin(34.2), 2);  // 2 mg/dL
    EXPECT_EQ(bilirubin(51.3), 2);  // 3 mg/dL
    EXPECT_EQ(bilirubin(51.4), 3);
    const auto albumin = [](double value) {
        return child_pugh_points({.albumin_g_l = value}).albumin.value();
    };
    EXPECT_EQ(albumin(35.1), 1);
    EXPECT_EQ(albumin(35.0), 2);
    EXPECT_EQ(albumin(28.0), 2);
    EXPECT_EQ(albumin(27.9), 3);
    const auto inr = [](double value) { return child_pugh_points({.inr = value}).inr.value(); };
    EXPECT_EQ(inr(1.69), 1);
    EXPECT_EQ(inr(1.7), 2);
    EXPECT_EQ(inr(2.3), 2);
    EXPECT_EQ(inr(2.31), 3);
}

TEST(ChildPugh, IsKnownFromPartOfItsValuesWhereTheRestCannotChangeTheClass)
{
    const ClinicalFacts two_missing{.bilirubin_umol_l = 60.0, .albumin_g_l = 20.0, .inr = 3.0};
    EXPECT_EQ(child_class(two_missing), downstage::ChildClass::c);  // 9 points and at least 2 more
    EXPECT_EQ(child_class({.bilirubin_umol_l = 10.0}), std::nullopt);
}

TEST(Albi, GivesEachLimitToTheLowerGrade)
{
    EXPECT_EQ(albi_grade(-2.60), 1);
    EXPECT_EQ(albi_grade(-2.59), 2);
    EXPECT_EQ(albi_grade(-1.39), 2);
    EXPECT_EQ(albi_grade(-1.38), 3);
    EXPECT_EQ(modified_albi_grade(-2.27), "2a");
    EXPECT_EQ(modified_albi_grade(-2.26), "2b");
}

TEST(Remnant, TurnsAtItsShareAndLeavesOpenWhatCirrhosisDecides)
{
    const auto status = [](double remnant_ml, std::optional<bool> cirrhosis) {
        return remnant({.cirrhosis = cirrhosis, .remnant_ml = remnant_ml, .standard_liver_ml = 1200.0})
            .status;
    };
    using enum downstage::VerdictStatus;
    EXPECT_EQ(status(480.0, true), met);
    EXPECT_EQ(status(479.9, true), not_met);
    EXPECT_EQ(status(360.0, false), met);
    EXPECT_EQ(status(359.9, false), not_met);
    EXPECT_EQ(status(400.0, std::nullopt), indeterminate);
    EXPECT_EQ(status(480.0, std::nullopt), met);
    EXPECT_EQ(status(359.9, std::nullopt), not_met);
}

TEST(Washout, PutsThirtyAndFiftyDaysInTheMiddle)
{
    EXPECT_EQ(washout_band(29), "high");
    EXPECT_EQ(washout_band(30), "intermediate");
    EXPECT_EQ(washout_band(50), "intermediate");
    EXPECT_EQ(washout_band(51), "low");
}

}  // namespace
