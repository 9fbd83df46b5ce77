#include "downstage/criteria/recist11.hpp"

#include "downstage_test/courses.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace {

using downstage::Course;
using downstage::NewLesion;
using downstage::NonTarget;
using downstage::OtherReading;
using downstage::ProgressionCause;
using downstage::ResponseAssessment;
using downstage::ResponseOptions;
using downstage::criteria::recist11;
using enum downstage::Response;
using testing::ElementsAre;
using testing::IsEmpty;
using namespace downstage::test;  // NOLINT(google-build-using-namespace): builders of courses

std::vector<std::string> options_of_other_readings(const ResponseAssessment& assessment)
{
    std::vector<std::string> options;
    for (const OtherReading& other : assessment.other_readings)
        options.push_back(other.option);
    return options;
}

TEST(Recist11, ComparesWithTheSmallestSumOfAllVisitsBeforeBaselineIncluded)
{
    EXPECT_THAT(overall_of(recist11(series(100.0, {110.0, 121.0}))), ElementsAre(stable, progressive));
    EXPECT_THAT(overall_of(recist11(series(100.0, {80.0, 96.0}))), ElementsAre(stable, progressive));
    EXPECT_THAT(overall_of(recist11(series(100.0, {80.0, 90.0, 96.0}))),
                ElementsAre(stable, stable, progressive));
}

TEST(Recist11, TellsTheNumbersItComparedWith)
{
    const auto visits = recist11(series(100.0, {80.0, 84.0})).visits;
    EXPECT_EQ(visits[1].sum, 840);
    EXPECT_EQ(visits[1].baseline, 1000);
    EXPECT_EQ(visits[1].nadir, 800);
    EXPECT_NEAR(*visits[1].change_from_baseline_percent, -16.0, 1e-12);
    EXPECT_NEAR(*visits[1].change_from_nadir_percent, 5.0, 1e-12);
}

TEST(Recist11, HasNoPercentageOverAZeroNadir)
{
    const auto visits = recist11(series(100.0, {0.0, 4.0})).visits;
    EXPECT_FALSE(visits[1].change_from_nadir_percent);
    EXPECT_TRUE(visits[1].change_from_baseline_percent);
}

TEST(Recist11, NeverTakesAnIncompleteSumForTheNadir)
{
    const Course patient = course({lesion(40.0), lesion(40.0)},
                                  {visit(56, {mm(20.0), unknown}), visit(112, {mm(40.0), mm(40.0)})});
    const ResponseAssessment assessment = recist11(patient);
    EXPECT_THAT(overall_of(assessment), ElementsAre(not_evaluable, stable));
    EXPECT_EQ(assessment.visits[1].nadir, 800);
    EXPECT_FALSE(assessment.visits[0].sum);
    EXPECT_EQ(assessment.visits[0].measured, 200);
}

TEST(Recist11, LetsASumThatIsCompleteBeTheNadirWhateverTheRestOfTheVisitSaid)
{
    const Course patient = course(
        {lesion(100.0)},
        {visit(56, {mm(50.0)}, NonTarget::progressive), visit(112, {mm(60.0)}, NonTarget::persisting)});
    EXPECT_EQ(recist11(patient).visits[1].target, progressive);
}

TEST(Recist11, WithoutACompleteBaselineTakesTheFirstCompleteSumForTheNadir)
{
    Course patient = series(100.0, {50.0, 60.0});
    patient.targets.front().reading = {};
    EXPECT_THAT(overall_of(recist11(patient)), ElementsAre(not_evaluable, progressive));
    EXPECT_FALSE(recist11(patient).visits[0].baseline);
}

TEST(Recist11, NamesTheCauseOfEachProgression)
{
    const auto cause = [](const downstage::Visit& seen) {
        return recist11(course({lesion(100.0)}, {seen})).visits.front().cause;
    };
    downstage::Visit with_new = visit(56, {mm(100.0)});
    with_new.new_disease.certainty = NewLesion::unequivocal;
    EXPECT_EQ(cause(visit(56, {mm(120.0)})), ProgressionCause::target_sum);
    EXPECT_EQ(cause(visit(56, {mm(100.0)}, NonTarget::progressive)), ProgressionCause::non_target);
    EXPECT_EQ(cause(with_new), ProgressionCause::new_lesion);
    EXPECT_EQ(cause(visit(56, {mm(119.9)})), ProgressionCause::none);
}

TEST(Recist11, CallsNonTargetDiseaseThatIsBackAfterACompleteResponseProgression)
{
    const Course back = course(
        {lesion(30.0)}, {visit(56, {gone}, NonTarget::complete), visit(112, {gone}, NonTarget::persisting)});
    EXPECT_THAT(overall_of(recist11(back)), ElementsAre(complete, progressive));
    EXPECT_EQ(recist11(back).visits[1].cause, ProgressionCause::reappearance);
    const Course unread =
        course({lesion(30.0)},
               {visit(56, {gone}, NonTarget::complete), visit(112, {gone}, NonTarget::not_evaluable)});
    EXPECT_THAT(overall_of(recist11(unread)), ElementsAre(complete, partial));
    const Course never_complete =
        course({lesion(30.0)},
               {visit(56, {gone}, NonTarget::persisting), visit(112, {gone}, NonTarget::persisting)});
    EXPECT_THAT(overall_of(recist11(never_complete)), ElementsAre(partial, partial));
}

TEST(Recist11, DatesAnEquivocalLesionThatIsSettledLaterToItsFirstDay)
{
    Course patient = series(60.0, {60.0, 60.0, 60.0});
    patient.visits[0].new_disease.certainty = NewLesion::equivocal;
    patient.visits[1].new_disease.certainty = NewLesion::equivocal;
    patient.visits[2].new_disease = {.certainty = NewLesion::unequivocal, .equivocal_since = 112};
    const ResponseAssessment from_the_second = recist11(patient);
    EXPECT_THAT(overall_of(from_the_second), ElementsAre(stable, progressive, progressive));
    EXPECT_EQ(from_the_second.progression_day, 112);
    patient.visits[2].new_disease.equivocal_since.reset();
    EXPECT_EQ(recist11(patient).progression_day, 168);
    patient.visits[2].new_disease = {.certainty = NewLesion::equivocal, .equivocal_since = 56};
    EXPECT_EQ(recist11(patient).progression_day, std::nullopt);
}

TEST(Recist11, NeverSettlesALaterVisitByAnEarlierOne)
{
    Course patient = series(60.0, {60.0, 60.0});
    patient.visits[0].new_disease = {.certainty = NewLesion::unequivocal, .equivocal_since = 1};
    patient.visits[1].new_disease.certainty = NewLesion::equivocal;
    EXPECT_EQ(recist11(patient).visits[1].new_lesion, NewLesion::equivocal);
}

TEST(Recist11, CountsNothingAfterProgressionForTheBestResponse)
{
    const ResponseAssessment assessment = recist11(series(100.0, {130.0, 60.0}));
    EXPECT_EQ(assessment.best, progressive);
    EXPECT_EQ(assessment.progression_day, 56);
    EXPECT_THAT(overall_of(assessment), ElementsAre(progressive, partial));
}

TEST(Recist11, CountsNothingAfterAnotherTherapyBegan)
{
    Course patient = series(100.0, {100.0, 60.0, 130.0});
    patient.new_therapy = 60;
    const ResponseAssessment assessment = recist11(patient);
    EXPECT_EQ(assessment.best, stable);
    EXPECT_EQ(assessment.progression_day, std::nullopt);
}

TEST(Recist11, NamesTheDayOfResponse)
{
    EXPECT_EQ(recist11(series(100.0, {90.0, 60.0})).response_day, 112);
}

TEST(Recist11, HoldsAPartialResponseUntilProgressionAndNoLonger)
{
    constexpr ResponseOptions hold{.pr_hold = true};
    EXPECT_THAT(overall_of(recist11(series(100.0, {70.0, 80.0, 84.0}), hold)),
                ElementsAre(partial, partial, progressive));
    EXPECT_THAT(overall_of(recist11(series(100.0, {60.0, 95.0, 71.0}), hold)),
                ElementsAre(partial, progressive, stable));
    EXPECT_THAT(overall_of(recist11(series(100.0, {71.0, 80.0}), hold)), ElementsAre(stable, stable));
}

TEST(Recist11, HoldsOnAfterTargetsWereGoneWithoutACompleteResponse)
{
    Course patient = series(100.0, {0.0, 4.0, 75.0});
    for (auto& seen : patient.visits)
        seen.non_target = NonTarget::persisting;
    const ResponseOptions hold{.pr_hold = true, .zero_nadir = downstage::ZeroNadir::never};
    EXPECT_THAT(overall_of(recist11(patient, hold)), ElementsAre(partial, partial, partial));
}

TEST(Recist11, GivesBothReadingsOfPartialResponseThatRegrows)
{
    const ResponseAssessment assessment = recist11(series(100.0, {60.0, 71.9}));
    ASSERT_THAT(options_of_other_readings(assessment), ElementsAre("pr_hold"));
    EXPECT_THAT(assessment.other_readings.front().overall, ElementsAre(partial, partial));
    EXPECT_EQ(assessment.other_readings.front().rule, "1.24");
}

TEST(Recist11, GivesBothReadingsOfANodeThatRegrowsAfterACompleteResponse)
{
    const Course patient =
        course({node(18.0), lesion(20.0)}, {visit(56, {mm(9.0), gone}), visit(112, {mm(12.0), gone})});
    const ResponseAssessment assessment = recist11(patient);
    EXPECT_THAT(overall_of(assessment), ElementsAre(complete, progressive));
    ASSERT_THAT(options_of_other_readings(assessment), ElementsAre("node_regrowth"));
    EXPECT_THAT(assessment.other_readings.front().overall, ElementsAre(complete, partial));
}

TEST(Recist11, GivesAllReadingsOfRegrowthFromNothing)
{
    Course patient = series(30.0, {0.0, 4.0});
    for (auto& seen : patient.visits)
        seen.non_target = NonTarget::persisting;
    EXPECT_THAT(options_of_other_readings(recist11(patient)), ElementsAre("zero_nadir"));
    patient.visits[1].targets.front() = reading(mm(6.0));
    const ResponseAssessment six = recist11(patient);
    EXPECT_THAT(overall_of(six), ElementsAre(partial, progressive));
    ASSERT_THAT(options_of_other_readings(six), ElementsAre("zero_nadir"));
    EXPECT_THAT(six.other_readings.front().overall, ElementsAre(partial, partial));
}

TEST(Recist11, GivesBothReadingsOfACompleteResponseThatBecomesPartial)
{
    const Course patient =
        course({lesion(30.0)},
               {visit(56, {gone}, NonTarget::complete), visit(112, {gone}, NonTarget::not_evaluable)});
    const ResponseAssessment assessment = recist11(patient, {.confirm = true});
    EXPECT_EQ(assessment.best, stable);
    ASSERT_THAT(options_of_other_readings(assessment), ElementsAre("relabel_cr_as_pr"));
    EXPECT_EQ(assessment.other_readings.front().best, partial);
}

TEST(Recist11, HasNoOtherReadingWhereNothingIsContested)
{
    EXPECT_THAT(recist11(series(100.0, {90.0, 60.0, 50.0})).other_readings, IsEmpty());
}

TEST(Recist11, FlagsARoundingThatWouldDecideOtherwise)
{
    EXPECT_TRUE(recist11(series(100.0, {70.04})).visits.front().rounding_sensitive);  // raw is over 70
    EXPECT_TRUE(recist11(series(100.0, {70.3})).rounding_sensitive);                  // 70 in whole mm
    EXPECT_FALSE(recist11(series(100.0, {70.0})).rounding_sensitive);
    EXPECT_FALSE(recist11(series(100.0, {65.3})).rounding_sensitive);
}

TEST(Recist11, KeepsDecimalsExactWhereBinaryFractionsFail)
{
    EXPECT_EQ(recist11(series(14.0, {9.8})).best, partial);
    EXPECT_FALSE(recist11(series(13.0, {9.1})).rounding_sensitive);
    EXPECT_EQ(recist11(series(27.0, {32.4})).best, progressive);
}

TEST(Recist11, OfNonTargetDiseaseOnlyIsNeverStable)
{
    const Course patient = course({}, {visit(56, {}, NonTarget::persisting)});
    const ResponseAssessment assessment = recist11(patient);
    EXPECT_THAT(overall_of(assessment), ElementsAre(non_cr_non_pd));
    EXPECT_EQ(assessment.visits.front().target, not_applicable);
    EXPECT_EQ(assessment.best, non_cr_non_pd);
}

TEST(Recist11, OfNoVisitsIsNotEvaluable)
{
    EXPECT_EQ(recist11(series(100.0, {})).best, not_evaluable);
}

TEST(Recist11, ReadsNonTargetLesionsThatAreListed)
{
    Course patient = series(100.0, {100.0});
    patient.visits.front().non_target_lesions = {
        {.state = downstage::NonTargetState::unequivocal_progression}};
    EXPECT_EQ(recist11(patient).best, progressive);
}

}  // namespace
