#include "downstage/criteria/recist11.hpp"
#include "downstage/criteria/response_words.hpp"

#include "downstage_test/courses.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using downstage::ConfirmationWindow;
using downstage::Course;
using downstage::ImmuneResponse;
using downstage::NewLesion;
using downstage::NonTarget;
using downstage::Response;
using downstage::VisitAssessment;
using downstage::criteria::reasons_of;
using downstage::criteria::recist11;
using downstage::criteria::word;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using namespace downstage::test;  // NOLINT(google-build-using-namespace): builders of courses

TEST(Word, OfAResponseIsAsPapersPrintIt)
{
    EXPECT_EQ(word(Response::complete), "CR");
    EXPECT_EQ(word(Response::partial), "PR");
    EXPECT_EQ(word(Response::stable), "SD");
    EXPECT_EQ(word(Response::progressive), "PD");
    EXPECT_EQ(word(Response::not_evaluable), "NE");
    EXPECT_EQ(word(Response::non_cr_non_pd), "NON-CR/NON-PD");
    EXPECT_EQ(word(Response::not_applicable), "NA");
}

TEST(Word, OfAnImmuneResponseHasItsI)
{
    EXPECT_EQ(word(ImmuneResponse::complete), "iCR");
    EXPECT_EQ(word(ImmuneResponse::partial), "iPR");
    EXPECT_EQ(word(ImmuneResponse::stable), "iSD");
    EXPECT_EQ(word(ImmuneResponse::non_cr_non_pd), "iNON-CR/NON-UPD");
    EXPECT_EQ(word(ImmuneResponse::unconfirmed_progressive), "iUPD");
    EXPECT_EQ(word(ImmuneResponse::confirmed_progressive), "iCPD");
    EXPECT_EQ(word(ImmuneResponse::not_evaluable), "NE");
}

TEST(Word, OfNonTargetDiseaseAndOfAWindow)
{
    EXPECT_EQ(word(NonTarget::complete), "CR");
    EXPECT_EQ(word(NonTarget::persisting), "NON-CR/NON-PD");
    EXPECT_EQ(word(NonTarget::not_evaluable), "NE");
    EXPECT_EQ(word(NonTarget::progressive), "PD");
    EXPECT_EQ(word(NonTarget::none_at_baseline), "NA");
    EXPECT_EQ(word(ConfirmationWindow::in_time), "ok");
    EXPECT_EQ(word(ConfirmationWindow::early), "early");
    EXPECT_EQ(word(ConfirmationWindow::late), "late");
}

std::vector<std::string> last_reasons(const Course& patient)
{
    return reasons_of(recist11(patient).visits.back(), "RECIST 1.1");
}

TEST(ReasonsOf, TellRuleInputsComparisonAndResult)
{
    const std::vector<std::string> lines = last_reasons(series(100.0, {50.0, 60.0}));
    EXPECT_EQ(lines.front(), "RECIST 1.1, day 112");
    EXPECT_THAT(lines, Contains("sum of diameters 60.0 mm (RULES 1.14)"));
    EXPECT_THAT(lines, Contains(HasSubstr("baseline 100.0 mm: -40.0 %")));
    EXPECT_THAT(lines,
                Contains(HasSubstr(
                    "nadir 50.0 mm, the smallest complete sum before (RULES 1.18): +10.0 mm, +20.0 %")));
    EXPECT_THAT(lines, Contains("the sum has grown beyond the limit over its nadir (RULES 1.22)"));
    EXPECT_THAT(lines, Contains(HasSubstr("overall PD")));
}

TEST(ReasonsOf, TellAFallWithoutAPlus)
{
    const std::vector<std::string> lines = last_reasons(series(100.0, {60.0}));
    EXPECT_THAT(lines, Contains(HasSubstr(": -40.0 mm, -40.0 %")));
    EXPECT_THAT(last_reasons(series(100.0, {100.0})), Contains(HasSubstr("(RULES 1.18): 0.0 mm, 0.0 %")));
}

TEST(ReasonsOf, SayWhenASumIsNotComplete)
{
    const Course patient = course({lesion(20.0), lesion(20.0)}, {visit(56, {mm(20.0), unknown})});
    EXPECT_THAT(last_reasons(patient), Contains(HasSubstr("sum not complete: 20.0 mm")));
}

TEST(ReasonsOf, SayWhenThereIsNoReference)
{
    Course patient = series(100.0, {50.0});
    patient.targets.front().reading = {};
    EXPECT_THAT(last_reasons(patient), Contains(HasSubstr("baseline sum not complete")));
    EXPECT_THAT(last_reasons(patient), Contains(HasSubstr("no nadir")));
}

TEST(ReasonsOf, HaveNoSumWithoutTargets)
{
    const Course patient = course({}, {visit(56, {}, NonTarget::persisting)});
    EXPECT_THAT(last_reasons(patient), Not(Contains(HasSubstr("sum"))));
}

TEST(ReasonsOf, NameEveryOtherCause)
{
    Course with_new = series(100.0, {100.0});
    with_new.visits.front().new_disease.certainty = NewLesion::unequivocal;
    EXPECT_THAT(last_reasons(with_new), Contains("there is a new lesion (RULES 1.32)"));
    with_new.visits.front().new_disease.certainty = NewLesion::equivocal;
    EXPECT_THAT(last_reasons(with_new), Contains(HasSubstr("new lesion: equivocal")));
    EXPECT_THAT(last_reasons(series(30.0, {0.0, 3.0})), Contains(HasSubstr("RULES 1.31")));
    EXPECT_THAT(last_reasons(course({lesion(100.0)}, {visit(56, {mm(100.0)}, NonTarget::progressive)})),
                Contains(HasSubstr("non-target disease has unequivocally progressed")));
    EXPECT_THAT(last_reasons(course({lesion(20.0), lesion(20.0)}, {visit(56, {mm(60.0), unknown})})),
                Contains(HasSubstr("RULES 1.28")));
    VisitAssessment effusion;
    effusion.cause = downstage::ProgressionCause::effusion;
    EXPECT_THAT(reasons_of(effusion, "mRECIST"), Contains(HasSubstr("RULES 3.11")));
}

TEST(ReasonsOf, SayWhenARoundingWouldDecideOtherwise)
{
    EXPECT_THAT(last_reasons(series(100.0, {70.04})), Contains(HasSubstr("RULES 0.2")));
    EXPECT_THAT(last_reasons(series(100.0, {60.0})), Not(Contains(HasSubstr("RULES 0.2"))));
}

}  // namespace
