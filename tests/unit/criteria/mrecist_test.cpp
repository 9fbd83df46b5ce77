#include "downstage/criteria/mrecist.hpp"

#include "downstage_test/courses.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using downstage::Course;
using downstage::Effusion;
using downstage::length_of;
using downstage::NewLesion;
using downstage::NewNodule;
using downstage::NoduleSite;
using downstage::NonTarget;
using downstage::OtherReading;
using downstage::ProgressionCause;
using downstage::ResponseAssessment;
using downstage::criteria::DiseaseKind;
using downstage::criteria::is_new_tumour;
using downstage::criteria::LesionRole;
using downstage::criteria::mrecist;
using downstage::criteria::role_in_mrecist;
using enum downstage::Response;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using namespace downstage::test;  // NOLINT(google-build-using-namespace): builders of courses

TEST(RoleInMrecist, IsTargetFromTenViableMmOn)
{
    EXPECT_EQ(role_in_mrecist({.size = length_of(20.0), .viable = length_of(10.0)}), LesionRole::target);
    EXPECT_EQ(role_in_mrecist({.size = length_of(20.0), .viable = length_of(9.9)}), LesionRole::non_target);
    EXPECT_EQ(role_in_mrecist({.size = length_of(10.0)}), LesionRole::target);
    EXPECT_EQ(role_in_mrecist({.size = length_of(9.9)}), LesionRole::non_target);
    EXPECT_EQ(role_in_mrecist({}), LesionRole::non_target);
}

TEST(RoleInMrecist, IsNonTargetWithoutEnhancementOrWhenInfiltrative)
{
    EXPECT_EQ(role_in_mrecist({.size = length_of(40.0), .enhances = false}), LesionRole::non_target);
    EXPECT_EQ(role_in_mrecist({.size = length_of(40.0), .is_infiltrative = true}), LesionRole::non_target);
}

TEST(RoleInMrecist, TakesANodeFromFifteenMmOnAndFromTwentyAtThePortaHepatis)
{
    const auto node_of = [](double short_axis_mm, bool is_at_porta) {
        return role_in_mrecist({.kind = DiseaseKind::node,
                                .size = length_of(short_axis_mm),
                                .is_at_porta_hepatis = is_at_porta});
    };
    EXPECT_EQ(node_of(15.0, false), LesionRole::target);
    EXPECT_EQ(node_of(14.9, false), LesionRole::not_malignant);
    EXPECT_EQ(node_of(20.0, true), LesionRole::target);
    EXPECT_EQ(node_of(19.9, true), LesionRole::not_malignant);
    EXPECT_EQ(role_in_mrecist({.kind = DiseaseKind::node}), LesionRole::not_malignant);
}

TEST(RoleInMrecist, IsNonTargetForAThrombusAndForAnEffusionProvenByCytology)
{
    EXPECT_EQ(role_in_mrecist({.kind = DiseaseKind::portal_vein_thrombus, .size = length_of(25.0)}),
              LesionRole::non_target);
    EXPECT_EQ(role_in_mrecist({.kind = DiseaseKind::effusion, .is_proven_malignant = true}),
              LesionRole::non_target);
    EXPECT_EQ(role_in_mrecist({.kind = DiseaseKind::effusion}), LesionRole::not_malignant);
}

TEST(IsNewTumour, InTheLiverNeedsATypicalPatternAndTenMmOrGrowthByTenMm)
{
    EXPECT_TRUE(is_new_tumour({.size = length_of(10.0), .is_typical = true}));
    EXPECT_FALSE(is_new_tumour({.size = length_of(9.9), .is_typical = true}));
    EXPECT_FALSE(is_new_tumour({.size = length_of(25.0)}));
    EXPECT_TRUE(is_new_tumour({.size = length_of(25.0), .growth = length_of(10.0)}));
    EXPECT_FALSE(is_new_tumour({.size = length_of(25.0), .growth = length_of(9.9)}));
}

TEST(IsNewTumour, OutsideTheLiverHasNoFloorButForNodes)
{
    EXPECT_TRUE(is_new_tumour({.size = length_of(3.0), .site = NoduleSite::elsewhere}));
    EXPECT_TRUE(is_new_tumour({.size = length_of(15.0), .site = NoduleSite::other_node}));
    EXPECT_FALSE(is_new_tumour({.size = length_of(14.9), .site = NoduleSite::other_node}));
    EXPECT_TRUE(is_new_tumour({.size = length_of(20.0), .site = NoduleSite::porta_hepatis_node}));
    EXPECT_FALSE(is_new_tumour({.size = length_of(19.9), .site = NoduleSite::porta_hepatis_node}));
}

TEST(Mrecist, ReadsTheViablePartAndNotTheWhole)
{
    Course patient = series(50.0, {30.0});
    patient.visits.front().targets.front().whole = mm(70.0);
    EXPECT_THAT(overall_of(mrecist(patient)), ElementsAre(partial));
    patient.visits.front().targets.front().viable = gone;
    EXPECT_THAT(overall_of(mrecist(patient)), ElementsAre(complete));
}

std::vector<std::string> options_of_other_readings(const ResponseAssessment& assessment)
{
    std::vector<std::string> options;
    for (const OtherReading& other : assessment.other_readings)
        options.push_back(other.option);
    return options;
}

TEST(Mrecist, ProgressesByTwentyPercentAloneAndTellsTheReadingWithFiveMm)
{
    const ResponseAssessment small = mrecist(series(20.0, {24.5}));
    EXPECT_THAT(overall_of(small), ElementsAre(progressive));
    EXPECT_THAT(options_of_other_readings(small), ElementsAre("abs5"));
    EXPECT_THAT(overall_of(mrecist(series(20.0, {24.9}), {.abs5 = true})), ElementsAre(stable));
    EXPECT_THAT(overall_of(mrecist(series(20.0, {25.0}), {.abs5 = true})), ElementsAre(progressive));
}

TEST(Mrecist, TellsTheReadingOfMoreThanTwentyPercentAtTheLimit)
{
    const ResponseAssessment at_limit = mrecist(series(100.0, {120.0}));
    EXPECT_THAT(overall_of(at_limit), ElementsAre(progressive));
    EXPECT_THAT(options_of_other_readings(at_limit), ElementsAre("strictly_more"));
    EXPECT_THAT(overall_of(mrecist(series(100.0, {120.0}), {.strictly_more = true})), ElementsAre(stable));
}

TEST(Mrecist, TellsTheReadingThatHoldsAPartialResponse)
{
    EXPECT_THAT(options_of_other_readings(mrecist(series(100.0, {60.0, 71.9}))), ElementsAre("pr_hold"));
}

TEST(Mrecist, CallsEnhancementThatReturnsAfterACompleteResponseContestedProgression)
{
    const ResponseAssessment back = mrecist(series(40.0, {0.0, 12.0}));
    EXPECT_THAT(overall_of(back), ElementsAre(complete, progressive));
    ASSERT_FALSE(back.other_readings.empty());
    EXPECT_EQ(back.other_readings.back().rule, "3.4");
    EXPECT_THAT(mrecist(series(40.0, {0.0, 0.0})).other_readings, IsEmpty());
    EXPECT_THAT(options_of_other_readings(mrecist(series(100.0, {130.0}))), IsEmpty());
}

Course with_nodule(const NewNodule& nodule)
{
    Course patient = series(50.0, {50.0, 50.0});
    patient.visits[0].new_nodules = {{.size = length_of(15.0)}};
    patient.visits[1].new_nodules = {nodule};
    return patient;
}

TEST(Mrecist, DatesANoduleThatGrewIntoProgressionToTheDayItWasFirstSeen)
{
    const NewNodule grown{.size = length_of(25.0), .growth = length_of(10.0), .first_seen = 56};
    const ResponseAssessment assessment = mrecist(with_nodule(grown));
    EXPECT_THAT(overall_of(assessment), ElementsAre(stable, progressive));
    EXPECT_EQ(assessment.progression_day, 56);
    EXPECT_EQ(assessment.visits[0].new_lesion, NewLesion::equivocal);
    EXPECT_EQ(assessment.visits[1].cause, ProgressionCause::new_lesion);
}

TEST(Mrecist, DatesProgressionByItsVisitWhereNothingEarlierIsKnown)
{
    const NewNodule grown{.size = length_of(25.0), .growth = length_of(10.0)};
    EXPECT_EQ(mrecist(with_nodule(grown)).progression_day, 112);
    const NewNodule small{.size = length_of(15.0), .first_seen = 56};
    Course by_sum = with_nodule(small);
    by_sum.visits[1].targets = {reading(mm(70.0))};
    EXPECT_EQ(mrecist(by_sum).progression_day, 112);
    Course by_both = with_nodule(grown);
    by_both.visits[1].new_nodules.push_back(small);
    EXPECT_EQ(mrecist(by_both).progression_day, 112);
}

TEST(Mrecist, TakesAStatedNewLesionAsItIsStated)
{
    Course patient = series(50.0, {50.0});
    patient.visits.front().new_disease.certainty = NewLesion::unequivocal;
    EXPECT_THAT(overall_of(mrecist(patient)), ElementsAre(progressive));
    patient.visits.front().new_nodules = {{.size = length_of(5.0)}};
    EXPECT_THAT(overall_of(mrecist(patient)), ElementsAre(progressive));
}

TEST(Mrecist, AsksForTheCytologyOfANewEffusion)
{
    Course patient = series(50.0, {30.0});
    patient.visits.front().effusion = Effusion::cytology_positive;
    EXPECT_THAT(overall_of(mrecist(patient)), ElementsAre(progressive));
    EXPECT_EQ(mrecist(patient).visits.front().cause, ProgressionCause::effusion);
    EXPECT_THAT(mrecist(patient).missing, IsEmpty());
    patient.visits.front().effusion = Effusion::cytology_negative;
    EXPECT_THAT(overall_of(mrecist(patient)), ElementsAre(partial));
    EXPECT_THAT(mrecist(patient).missing, IsEmpty());
    patient.visits.front().effusion = Effusion::without_cytology;
    EXPECT_THAT(overall_of(mrecist(patient)), ElementsAre(partial));
    EXPECT_THAT(mrecist(patient).missing, ElementsAre(HasSubstr("day 56")));
    patient.visits.front().non_target = NonTarget::progressive;
    EXPECT_THAT(mrecist(patient).missing, IsEmpty());
}

TEST(Mrecist, FlagsARoundingThatWouldDecideOtherwise)
{
    EXPECT_TRUE(mrecist(series(100.0, {70.04})).rounding_sensitive);
    EXPECT_FALSE(mrecist(series(100.0, {60.0})).rounding_sensitive);
}

}  // namespace
