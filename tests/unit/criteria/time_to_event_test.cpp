#include "downstage/criteria/recist11.hpp"
#include "downstage/criteria/time_to_event.hpp"

#include "downstage_test/courses.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace {

using downstage::Course;
using downstage::criteria::duration_of_response;
using downstage::criteria::EventKind;
using downstage::criteria::progression_free;
using downstage::criteria::recist11;
using downstage::criteria::TimeToEvent;
using downstage::criteria::TimeToEventOptions;
using namespace downstage::test;  // NOLINT(google-build-using-namespace): builders of courses

TimeToEvent pfs(const Course& patient, const TimeToEventOptions& options = {})
{
    return progression_free(patient, recist11(patient), options);
}

TEST(ProgressionFree, EndsWithProgressionOrDeathWhicheverIsFirst)
{
    Course patient = series(100.0, {100.0, 130.0});
    EXPECT_EQ(pfs(patient).days, 112);
    EXPECT_EQ(pfs(patient).kind, EventKind::progression);
    patient.death = 111;
    EXPECT_EQ(pfs(patient).days, 111);
    EXPECT_EQ(pfs(patient).kind, EventKind::death);
    patient.death = 112;
    EXPECT_EQ(pfs(patient).kind, EventKind::progression);
}

TEST(ProgressionFree, EndsWithDeathWithoutProgression)
{
    Course patient = series(100.0, {100.0});
    patient.death = 200;
    EXPECT_EQ(pfs(patient).days, 200);
    EXPECT_EQ(pfs(patient).kind, EventKind::death);
}

TEST(ProgressionFree, IsCensoredAtTheLastVisitThatCouldBeEvaluated)
{
    Course patient = series(100.0, {100.0, 100.0});
    patient.visits.push_back(visit(168, {unknown}));
    EXPECT_EQ(pfs(patient).days, 112);
    EXPECT_EQ(pfs(patient).kind, EventKind::censored);
    EXPECT_EQ(pfs(series(100.0, {})).days, 0);
}

TEST(ProgressionFree, IsCensoredBeforeAnotherTherapy)
{
    Course patient = series(100.0, {100.0, 100.0, 130.0});
    patient.new_therapy = 112;
    patient.death = 300;
    EXPECT_EQ(pfs(patient).days, 112);
    EXPECT_EQ(pfs(patient).because, "another therapy began");
    patient.new_therapy = 111;
    EXPECT_EQ(pfs(patient).days, 56);
    patient.death = 111;
    EXPECT_EQ(pfs(patient).kind, EventKind::death);
}

TEST(ProgressionFree, CountsFromTheStartThatIsGiven)
{
    Course patient = series(100.0, {130.0});
    EXPECT_EQ(pfs(patient, {.start = 7}).days, 49);
    patient.baseline_day = -10;
    EXPECT_EQ(pfs(patient).days, 66);
}

TEST(ProgressionFree, IsCensoredAfterSoManyMissedVisitsWhereAProtocolSaysSo)
{
    Course patient = series(100.0, {100.0});
    patient.visits.push_back(visit(112, {unknown}));
    patient.visits.push_back(visit(168, {unknown}));
    patient.visits.push_back(visit(224, {mm(130.0)}));
    EXPECT_EQ(pfs(patient).days, 224);
    const TimeToEvent censored = pfs(patient, {.censor_after_missed = 2});
    EXPECT_EQ(censored.days, 56);
    EXPECT_EQ(censored.kind, EventKind::censored);
    EXPECT_EQ(pfs(patient, {.censor_after_missed = 3}).days, 224);
}

TEST(ProgressionFree, CountsOnlyVisitsMissedInARowRightBeforeTheEvent)
{
    Course patient = series(100.0, {});
    patient.visits = {visit(56, {unknown}),
                      visit(112, {mm(100.0)}),
                      visit(168, {unknown}),
                      visit(224, {mm(130.0)}),
                      visit(280, {unknown})};
    EXPECT_EQ(pfs(patient, {.censor_after_missed = 2}).days, 224);
    EXPECT_EQ(pfs(patient, {.censor_after_missed = 1}).days, 112);
}

TEST(DurationOfResponse, CountsFromTheFirstResponseThatCounts)
{
    const Course patient = series(100.0, {90.0, 60.0, 60.0, 130.0});
    const auto duration = duration_of_response(patient, recist11(patient));
    ASSERT_TRUE(duration);
    EXPECT_EQ(duration->days, 224 - 112);
    EXPECT_EQ(duration->kind, EventKind::progression);
}

TEST(DurationOfResponse, IsNoneWithoutAResponse)
{
    const Course patient = series(100.0, {90.0, 130.0});
    EXPECT_FALSE(duration_of_response(patient, recist11(patient)));
}

}  // namespace
