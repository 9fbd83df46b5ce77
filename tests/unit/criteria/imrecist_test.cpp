#include "downstage/criteria/imrecist.hpp"

#include "downstage_test/courses.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace {

using downstage::Course;
using downstage::Day;
using downstage::length_of;
using downstage::NewLesion;
using downstage::NonTarget;
using downstage::ResponseAssessment;
using downstage::Visit;
using downstage::criteria::imrecist;
using enum downstage::Response;
using testing::ElementsAre;
using namespace downstage::test;  // NOLINT(google-build-using-namespace): builders of courses

Visit with_new(Day day, double target_mm, double new_mm)
{
    Visit seen = visit(day, {mm(target_mm)});
    seen.new_disease.certainty = NewLesion::unequivocal;
    seen.new_disease.targets = {length_of(new_mm)};
    return seen;
}

TEST(Imrecist, AddsNewLesionsToTheSumAndCallsNoneProgressionByItself)
{
    const ResponseAssessment assessment =
        imrecist(course({lesion(100.0)}, {with_new(56, 80.0, 15.0), with_new(112, 80.0, 40.0)}));
    EXPECT_THAT(overall_of(assessment), ElementsAre(stable, progressive));
    EXPECT_EQ(assessment.visits[0].sum, 950);
}

TEST(Imrecist, LooksAtNonTargetDiseaseForCompleteResponseOnly)
{
    const auto of = [](NonTarget non_target) {
        return overall_of(imrecist(course({lesion(100.0)}, {visit(56, {gone}, non_target)}))).front();
    };
    EXPECT_EQ(of(NonTarget::complete), complete);
    EXPECT_EQ(of(NonTarget::persisting), partial);
    EXPECT_EQ(of(NonTarget::progressive), partial);
}

TEST(Imrecist, NegatesAProgressionThatIsGoneFourWeeksLater)
{
    const ResponseAssessment negated =
        imrecist(course({lesion(100.0)}, {visit(56, {mm(130.0)}), visit(84, {mm(60.0)})}));
    EXPECT_THAT(overall_of(negated), ElementsAre(progressive, partial));
    EXPECT_EQ(negated.best, partial);
    EXPECT_EQ(negated.progression_day, std::nullopt);
}

TEST(Imrecist, NegatesNothingEarlierOrByAVisitThatCouldNotBeEvaluated)
{
    EXPECT_EQ(
        imrecist(course({lesion(100.0)}, {visit(56, {mm(130.0)}), visit(83, {mm(60.0)})})).progression_day,
        56);
    EXPECT_EQ(
        imrecist(course({lesion(100.0)}, {visit(56, {mm(130.0)}), visit(84, {unknown})})).progression_day,
        56);
}

TEST(Imrecist, AsksTheFirstVisitThatIsLateEnough)
{
    const ResponseAssessment confirmed = imrecist(
        course({lesion(100.0)}, {visit(56, {mm(130.0)}), visit(84, {mm(130.0)}), visit(112, {mm(60.0)})}));
    EXPECT_EQ(confirmed.progression_day, 56);
    EXPECT_EQ(confirmed.best, progressive);
}

TEST(Imrecist, LeavesTheBestResponseToWhatIsNotNegated)
{
    const ResponseAssessment assessment = imrecist(
        course({lesion(100.0)}, {visit(56, {mm(130.0)}), visit(84, {mm(100.0)}), visit(112, {mm(140.0)})}));
    EXPECT_EQ(assessment.best, stable);
    EXPECT_EQ(assessment.progression_day, 112);
}

TEST(Imrecist, FlagsARoundingThatWouldDecideOtherwise)
{
    EXPECT_TRUE(imrecist(series(100.0, {70.04})).rounding_sensitive);
}

}  // namespace
