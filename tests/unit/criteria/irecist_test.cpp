#include "downstage/criteria/irecist.hpp"

#include "downstage_test/courses.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace {

using downstage::ConfirmationWindow;
using downstage::Course;
using downstage::ImmuneAssessment;
using downstage::ImmuneResponse;
using downstage::length_of;
using downstage::NewLesion;
using downstage::NewNonTarget;
using downstage::NonTarget;
using downstage::Visit;
using downstage::criteria::irecist;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;
using namespace downstage::test;  // NOLINT(google-build-using-namespace): builders of courses

constexpr auto icr = ImmuneResponse::complete;
constexpr auto ipr = ImmuneResponse::partial;
constexpr auto isd = ImmuneResponse::stable;
constexpr auto iupd = ImmuneResponse::unconfirmed_progressive;
constexpr auto icpd = ImmuneResponse::confirmed_progressive;
constexpr auto ine = ImmuneResponse::not_evaluable;

/// A visit with non-target disease that persists.
Visit seen(downstage::Day day, double target_mm)
{
    return visit(day, {mm(target_mm)}, NonTarget::persisting);
}

Visit with_new(Visit at, std::int32_t appeared, const std::vector<double>& new_target_mm)
{
    at.new_disease.appeared = appeared;
    at.new_disease.certainty = NewLesion::unequivocal;
    for (const double length_mm : new_target_mm)
        at.new_disease.targets.push_back(length_of(length_mm));
    return at;
}

Course patient(std::vector<Visit> visits)
{
    return course({lesion(100.0)}, std::move(visits));
}

std::vector<ImmuneResponse> codes(std::vector<Visit> visits)
{
    return codes_of(irecist(patient(std::move(visits))));
}

TEST(Irecist, ConfirmsByFiveMoreMmAndNotByLastingProgression)
{
    EXPECT_THAT(codes({seen(56, 120.0), seen(84, 125.0)}), ElementsAre(iupd, icpd));
    EXPECT_THAT(codes({seen(56, 120.0), seen(84, 124.9)}), ElementsAre(iupd, iupd));
}

TEST(Irecist, AddsUpGrowthSinceTheFirstUnconfirmedProgression)
{
    EXPECT_THAT(codes({seen(56, 120.0), seen(84, 124.0), seen(112, 126.0)}), ElementsAre(iupd, iupd, icpd));
    EXPECT_THAT(codes({seen(56, 120.0), seen(84, 124.0), seen(112, 121.0)}), ElementsAre(iupd, iupd, iupd));
}

TEST(Irecist, ConfirmsFromFourToEightWeeksInclusiveAndFlagsWhatIsLate)
{
    const auto window = [](downstage::Day day) {
        return irecist(patient({seen(56, 120.0), seen(day, 130.0)})).visits[1].window;
    };
    EXPECT_EQ(window(56 + 27), ConfirmationWindow::early);
    EXPECT_EQ(window(56 + 28), ConfirmationWindow::in_time);
    EXPECT_EQ(window(56 + 56), ConfirmationWindow::in_time);
    EXPECT_EQ(window(56 + 57), ConfirmationWindow::late);
    const ImmuneAssessment late = irecist(patient({seen(56, 120.0), seen(56 + 57, 130.0)}));
    EXPECT_THAT(codes_of(late), ElementsAre(iupd, icpd));
    EXPECT_THAT(late.contested, Contains(StartsWith("2.7")));
    EXPECT_THAT(irecist(patient({seen(56, 120.0), seen(112, 130.0)})).contested, IsEmpty());
    EXPECT_EQ(late.visits[0].window, ConfirmationWindow::in_time);
}

TEST(Irecist, DisregardsAnEarlyScanUnlessAToleranceIsAllowed)
{
    const Course early = patient({seen(56, 120.0), seen(82, 130.0)});
    EXPECT_THAT(codes_of(irecist(early)), ElementsAre(iupd, iupd));
    EXPECT_THAT(irecist(early).contested, Contains(StartsWith("2.7: the EORTC FAQ")));
    EXPECT_THAT(codes_of(irecist(early, {.early_tolerance_days = 2})), ElementsAre(iupd, icpd));
    EXPECT_THAT(codes_of(irecist(early, {.early_tolerance_days = 1})), ElementsAre(iupd, iupd));
    EXPECT_THAT(irecist(patient({seen(56, 120.0), seen(81, 130.0)})).contested, IsEmpty());
    EXPECT_THAT(irecist(patient({seen(56, 120.0), seen(82, 121.0)})).contested, IsEmpty());
}

TEST(Irecist, NeitherConfirmsNorResetsByAnEarlyScanAndSaysThatOthersWould)
{
    const ImmuneAssessment early = irecist(patient({seen(56, 120.0), seen(70, 60.0), seen(90, 130.0)}));
    EXPECT_THAT(codes_of(early), ElementsAre(iupd, iupd, icpd));
    EXPECT_THAT(early.contested, Contains(StartsWith("2.7: a scan before 28 days")));
}

TEST(Irecist, ContestsNoEarlyScanThatShowsProgressionElsewhere)
{
    const ImmuneAssessment early = irecist(patient({seen(56, 120.0), with_new(seen(70, 100.0), 1, {12.0})}));
    EXPECT_THAT(codes_of(early), ElementsAre(iupd, iupd));
    EXPECT_THAT(early.contested, IsEmpty());
}

TEST(Irecist, LeavesAnEarlyScanThatCouldNotBeEvaluatedNotEvaluable)
{
    EXPECT_THAT(codes({seen(56, 120.0), visit(70, {unknown}, NonTarget::persisting)}),
                ElementsAre(iupd, ine));
}

TEST(Irecist, ConfirmsEarlyOnlyByAnAdditionalLesionOnAScanForASymptom)
{
    Visit more = with_new(seen(70, 100.0), 1, {12.0, 11.0});
    EXPECT_THAT(codes({with_new(seen(56, 100.0), 1, {12.0}), more}), ElementsAre(iupd, iupd));
    more.unscheduled_for_symptom = true;
    EXPECT_THAT(codes({with_new(seen(56, 100.0), 1, {12.0}), more}), ElementsAre(iupd, icpd));
    Visit grown = with_new(seen(70, 100.0), 0, {30.0});
    grown.unscheduled_for_symptom = true;
    EXPECT_THAT(codes({with_new(seen(56, 100.0), 1, {12.0}), grown}), ElementsAre(iupd, iupd));
    EXPECT_EQ(irecist(patient({with_new(seen(56, 100.0), 1, {12.0}), more})).visits[1].window,
              ConfirmationWindow::early);
}

TEST(Irecist, ResetsOnResponseAndAsksForConfirmationAnew)
{
    const ImmuneAssessment reset =
        irecist(patient({seen(56, 120.0), seen(84, 110.0), seen(112, 135.0), seen(140, 140.0)}));
    EXPECT_THAT(codes_of(reset), ElementsAre(iupd, isd, iupd, icpd));
    EXPECT_EQ(reset.progression_day, 112);
    EXPECT_EQ(reset.pseudo_progressions, 1);
    EXPECT_EQ(reset.best, isd);
    EXPECT_EQ(reset.recist11.progression_day, 56);
}

TEST(Irecist, HasNoProgressionDayAfterAResetThatLasts)
{
    const ImmuneAssessment reset = irecist(patient({seen(56, 120.0), seen(84, 70.0)}));
    EXPECT_EQ(reset.progression_day, std::nullopt);
    EXPECT_EQ(reset.best, ipr);
}

TEST(Irecist, CountsNoPseudoProgressionWithoutOne)
{
    EXPECT_EQ(irecist(patient({seen(56, 100.0), seen(84, 70.0)})).pseudo_progressions, 0);
}

TEST(Irecist, NeitherConfirmsNorResetsByAVisitThatCouldNotBeEvaluated)
{
    EXPECT_THAT(codes({seen(56, 120.0), visit(84, {unknown}, NonTarget::persisting), seen(112, 125.0)}),
                ElementsAre(iupd, ine, icpd));
}

TEST(Irecist, CountsNothingAfterConfirmedProgression)
{
    const ImmuneAssessment after = irecist(patient({seen(56, 120.0), seen(84, 130.0), seen(112, 50.0)}));
    EXPECT_THAT(codes_of(after), ElementsAre(iupd, icpd, icpd));
    EXPECT_EQ(after.best, icpd);
    EXPECT_EQ(after.progression_day, 56);
}

TEST(Irecist, ConfirmsNonTargetProgressionByAnyIncrease)
{
    Visit increased = visit(84, {mm(100.0)}, NonTarget::progressive);
    const Visit first = visit(56, {mm(100.0)}, NonTarget::progressive);
    EXPECT_THAT(codes({first, increased}), ElementsAre(iupd, iupd));
    increased.non_target_increased = true;
    EXPECT_THAT(codes({first, increased}), ElementsAre(iupd, icpd));
}

TEST(Irecist, ConfirmsNoTargetProgressionByAnIncreaseOfNonTargetDiseaseThatIsNone)
{
    Visit increased = seen(84, 121.0);
    increased.non_target_increased = true;
    EXPECT_THAT(codes({seen(56, 120.0), increased}), ElementsAre(iupd, iupd));
}

TEST(Irecist, ConfirmsANewTargetLesionByFiveMm)
{
    const Visit first = with_new(seen(56, 100.0), 1, {12.0});
    EXPECT_THAT(codes({first, with_new(seen(84, 100.0), 0, {17.0})}), ElementsAre(iupd, icpd));
    EXPECT_THAT(codes({first, with_new(seen(84, 100.0), 0, {16.9})}), ElementsAre(iupd, iupd));
    EXPECT_THAT(codes({first, with_new(seen(84, 100.0), 1, {12.0, 10.0})}), ElementsAre(iupd, icpd));
}

TEST(Irecist, ConfirmsANewNonTargetLesionByAnyIncrease)
{
    Visit first = with_new(seen(56, 100.0), 1, {});
    first.new_disease.non_target = NewNonTarget::present;
    Visit later = with_new(seen(84, 100.0), 0, {});
    later.new_disease.non_target = NewNonTarget::present;
    EXPECT_THAT(codes({first, later}), ElementsAre(iupd, iupd));
    later.new_disease.non_target = NewNonTarget::increased;
    EXPECT_THAT(codes({first, later}), ElementsAre(iupd, icpd));
}

TEST(Irecist, ConfirmsByACategoryThatHadNotProgressedBefore)
{
    EXPECT_THAT(codes({seen(56, 120.0), with_new(seen(84, 120.0), 1, {11.0})}), ElementsAre(iupd, icpd));
    EXPECT_THAT(codes({with_new(seen(56, 100.0), 1, {12.0}), with_new(seen(84, 125.0), 0, {12.0})}),
                ElementsAre(iupd, icpd));
    const ImmuneAssessment recovered =
        irecist(patient({seen(56, 120.0), visit(84, {mm(110.0)}, NonTarget::progressive)}));
    EXPECT_THAT(codes_of(recovered), ElementsAre(iupd, icpd));
    EXPECT_THAT(recovered.contested, Contains(StartsWith("2.8")));
    const ImmuneAssessment not_recovered =
        irecist(patient({seen(56, 120.0), visit(84, {mm(120.0)}, NonTarget::progressive)}));
    EXPECT_THAT(not_recovered.contested, IsEmpty());
    const ImmuneAssessment other_way =
        irecist(patient({visit(56, {mm(100.0)}, NonTarget::progressive), seen(84, 125.0)}));
    EXPECT_THAT(codes_of(other_way), ElementsAre(iupd, icpd));
    EXPECT_THAT(other_way.contested, Contains(StartsWith("2.8")));
}

TEST(Irecist, KeepsAStableNewLesionUnconfirmedUnlessTheTargetsShrank)
{
    const Visit first = with_new(seen(56, 60.0), 1, {12.0});
    const ImmuneAssessment unchanged = irecist(patient({first, with_new(seen(84, 60.0), 0, {12.0})}));
    EXPECT_THAT(codes_of(unchanged), ElementsAre(iupd, iupd));
    EXPECT_THAT(unchanged.contested, Contains(StartsWith("2.10")));
    EXPECT_THAT(codes({first, with_new(seen(84, 59.9), 0, {12.0})}), ElementsAre(iupd, ipr));
    const Visit partly_read = with_new(visit(84, {unknown}, NonTarget::persisting), 0, {12.0});
    EXPECT_THAT(codes({first, partly_read}), ElementsAre(iupd, iupd));
}

TEST(Irecist, ContestsNoTargetProgressionThatLasts)
{
    EXPECT_THAT(irecist(patient({seen(56, 120.0), seen(84, 121.0)})).contested, IsEmpty());
    const Visit lasting = visit(84, {mm(100.0)}, NonTarget::progressive);
    EXPECT_THAT(irecist(patient({visit(56, {mm(100.0)}, NonTarget::progressive), lasting})).contested,
                IsEmpty());
}

TEST(Irecist, ResetsWhenTheNewLesionIsGone)
{
    EXPECT_THAT(codes({with_new(seen(56, 100.0), 1, {12.0}), seen(84, 100.0)}), ElementsAre(iupd, isd));
}

TEST(Irecist, GivesNoCompleteResponseWhileANewLesionIsThere)
{
    Visit all_gone = visit(84, {gone}, NonTarget::complete);
    EXPECT_THAT(codes({with_new(seen(56, 100.0), 1, {12.0}), all_gone}), ElementsAre(iupd, icr));
    EXPECT_THAT(codes({with_new(seen(56, 100.0), 1, {12.0}), with_new(all_gone, 0, {12.0})}),
                ElementsAre(iupd, ipr));
}

TEST(Irecist, AfterAResetTakesOnlyGrowthOfAKnownNewLesionForProgression)
{
    const std::vector<Visit> until_reset{with_new(seen(56, 100.0), 1, {12.0}),
                                         with_new(seen(84, 65.0), 0, {12.0})};
    const auto next = [&](Visit last) {
        std::vector<Visit> visits = until_reset;
        visits.push_back(std::move(last));
        return codes(visits).back();
    };
    EXPECT_EQ(next(with_new(seen(112, 65.0), 0, {12.0})), ipr);
    EXPECT_EQ(next(with_new(seen(112, 65.0), 0, {16.9})), ipr);
    EXPECT_EQ(next(with_new(seen(112, 65.0), 0, {17.0})), iupd);
    Visit increased = with_new(seen(112, 65.0), 0, {12.0});
    increased.new_disease.non_target = NewNonTarget::increased;
    EXPECT_EQ(next(increased), iupd);
}

TEST(Irecist, ConfirmsGrowthOfAKnownNewLesionAfterAResetByMoreGrowth)
{
    EXPECT_THAT(codes({with_new(seen(56, 100.0), 1, {12.0}),
                       with_new(seen(84, 65.0), 0, {12.0}),
                       with_new(seen(112, 65.0), 0, {17.0}),
                       with_new(seen(140, 65.0), 0, {22.0})}),
                ElementsAre(iupd, ipr, iupd, icpd));
}

TEST(Irecist, ComparesAKnownNewLesionWithItsSmallestSizeSinceTheReset)
{
    EXPECT_THAT(codes({with_new(seen(56, 100.0), 1, {20.0}),
                       with_new(seen(84, 65.0), 0, {15.0}),
                       with_new(seen(112, 65.0), 0, {12.0}),
                       with_new(seen(140, 65.0), 0, {17.0})}),
                ElementsAre(iupd, ipr, ipr, iupd));
}

TEST(Irecist, TakesANewLesionThatIsListedForThere)
{
    const Visit first = with_new(seen(56, 100.0), 1, {12.0});
    Visit with_size = seen(84, 100.0);
    with_size.new_disease.targets = {length_of(12.0)};
    EXPECT_THAT(codes({first, with_size}), ElementsAre(iupd, iupd));
    Visit without_size = seen(84, 100.0);
    without_size.new_disease.non_target = NewNonTarget::present;
    EXPECT_THAT(codes({first, without_size}), ElementsAre(iupd, iupd));
}

TEST(Irecist, TakesAnUnequivocalNewLesionWithoutACountForOneThatAppearedOnce)
{
    Visit first = seen(56, 100.0);
    first.new_disease.certainty = NewLesion::unequivocal;
    Visit second = seen(84, 100.0);
    second.new_disease.certainty = NewLesion::unequivocal;
    EXPECT_THAT(codes({first, second}), ElementsAre(iupd, iupd));
}

TEST(Irecist, TakesDiseaseSeenAfterACompleteResponseForUnconfirmedProgression)
{
    const Visit all_gone = visit(56, {gone}, NonTarget::complete);
    EXPECT_THAT(codes({all_gone, seen(112, 6.0), seen(140, 12.0)}), ElementsAre(icr, iupd, icpd));
    EXPECT_THAT(codes({all_gone, visit(112, {gone}, NonTarget::persisting)}), ElementsAre(icr, iupd));
}

TEST(Irecist, ConfirmsNothingByGrowthOverASumThatWasNotComplete)
{
    const Course two = course({lesion(20.0), lesion(20.0)},
                              {visit(56, {mm(60.0), unknown}, NonTarget::persisting),
                               visit(84, {mm(60.0), mm(20.0)}, NonTarget::persisting)});
    EXPECT_THAT(codes_of(irecist(two)), ElementsAre(iupd, iupd));
}

TEST(Irecist, NeedsStableDiseaseToLastForTheBestResponse)
{
    EXPECT_EQ(irecist(patient({seen(41, 100.0)})).best, ine);
    EXPECT_EQ(irecist(patient({seen(42, 100.0)})).best, isd);
    EXPECT_EQ(irecist(patient({seen(28, 60.0)})).best, ipr);
    Course later = patient({seen(56, 100.0)});
    later.baseline_day = 15;
    EXPECT_EQ(irecist(later).best, ine);
}

TEST(Irecist, OfNonTargetDiseaseOnlyIsNonCrNonUpd)
{
    const auto only = [](downstage::Day day) {
        return irecist(course({}, {visit(day, {}, NonTarget::persisting)}));
    };
    EXPECT_THAT(codes_of(only(56)), ElementsAre(ImmuneResponse::non_cr_non_pd));
    EXPECT_EQ(only(56).best, ImmuneResponse::non_cr_non_pd);
    EXPECT_EQ(only(41).best, ine);
}

TEST(Irecist, RepeatsWhatIsContestedInTheParallelRecist)
{
    EXPECT_THAT(irecist(patient({seen(56, 60.0), seen(112, 71.9)})).contested, Contains(StartsWith("1.24")));
}

TEST(Irecist, SaysWhyForEachVisit)
{
    const ImmuneAssessment assessment = irecist(patient({seen(56, 120.0), seen(84, 125.0)}));
    EXPECT_THAT(assessment.visits[0].because, testing::HasSubstr("RULES 2.3"));
    EXPECT_THAT(assessment.visits[1].because, testing::HasSubstr("RULES 2.8a"));
}

}  // namespace
