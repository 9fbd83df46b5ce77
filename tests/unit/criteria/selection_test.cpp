#include "downstage/criteria/selection.hpp"

#include "downstage_test/courses.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using downstage::Course;
using downstage::NonTarget;
using downstage::criteria::Candidate;
using downstage::criteria::legal_selections;
using downstage::criteria::propose_targets;
using downstage::criteria::selection_effect;
using downstage::criteria::SelectionEffect;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using namespace downstage::test;  // NOLINT(google-build-using-namespace): builders of courses

Candidate in(const std::string& organ, const std::string& id, double length_mm)
{
    return {.id = id, .organ = organ, .lesion = {.mm = length_mm, .is_node = organ == "node"}};
}

std::vector<std::string> ids(const std::vector<Candidate>& candidates, const std::vector<std::size_t>& chosen)
{
    std::vector<std::string> names;
    for (const std::size_t n : chosen)
        names.push_back(candidates[n].id);
    return names;
}

TEST(ProposeTargets, TakesTheTwoLargestOfAnOrganInTheOrderOfTheirIds)
{
    const std::vector candidates{in("liver", "C", 45.0), in("liver", "A", 40.0), in("liver", "B", 28.0)};
    const auto selection = propose_targets(candidates);
    EXPECT_THAT(ids(candidates, selection.chosen), ElementsAre("A", "C"));
    EXPECT_EQ(selection.sum, 850);
}

TEST(ProposeTargets, TakesTheLowerIdOfEqualOnes)
{
    const std::vector candidates{in("liver", "C", 30.0), in("liver", "B", 30.0), in("liver", "A", 30.0)};
    EXPECT_THAT(ids(candidates, propose_targets(candidates).chosen), ElementsAre("A", "B"));
}

TEST(ProposeTargets, TakesFiveAtMostAndSaysWhichOrganIsLeftOut)
{
    const std::vector candidates{in("liver", "A", 20.0),
                                 in("lung", "B", 19.0),
                                 in("bone", "C", 18.0),
                                 in("adrenal", "D", 17.0),
                                 in("brain", "E", 16.0),
                                 in("skin", "F", 15.0)};
    const auto selection = propose_targets(candidates);
    EXPECT_THAT(ids(candidates, selection.chosen), ElementsAre("A", "B", "C", "D", "E"));
    EXPECT_THAT(selection.left_out, ElementsAre("skin"));
}

TEST(ProposeTargets, CountsAllNodesAsOneOrganAndBothLungsAsOne)
{
    const std::vector candidates{in("node", "N1", 30.0),
                                 in("node", "N2", 25.0),
                                 in("node", "N3", 20.0),
                                 in("left lung", "L1", 15.0),
                                 in("right lung", "L2", 14.0),
                                 in("lung", "L3", 13.0)};
    EXPECT_THAT(ids(candidates, propose_targets(candidates).chosen), ElementsAre("L1", "L2", "N1", "N2"));
}

TEST(ProposeTargets, LeavesOutWhatIsNotMeasurable)
{
    const std::vector candidates{in("liver", "A", 9.9), in("node", "B", 14.9), in("lung", "C", 10.0)};
    const auto selection = propose_targets(candidates);
    EXPECT_THAT(ids(candidates, selection.chosen), ElementsAre("C"));
    EXPECT_THAT(selection.left_out, IsEmpty());
}

TEST(ProposeTargets, KeepsOtherLimits)
{
    const std::vector candidates{in("liver", "A", 20.0), in("liver", "B", 19.0), in("lung", "C", 18.0)};
    EXPECT_THAT(propose_targets(candidates, {.most = 2, .most_per_organ = 1}).chosen, SizeIs(2));
    EXPECT_THAT(propose_targets(candidates, {.most = 10, .most_per_organ = 5}).chosen, SizeIs(3));
}

TEST(LegalSelections, AreAllPairsOfOneOrgan)
{
    const std::vector candidates{in("liver", "A", 20.0), in("liver", "B", 20.0), in("liver", "C", 20.0)};
    EXPECT_THAT(legal_selections(candidates),
                ElementsAre(ElementsAre(0, 1), ElementsAre(0, 2), ElementsAre(1, 2)));
}

TEST(LegalSelections, AreTheProductOverOrgansAsLongAsAllFit)
{
    std::vector<Candidate> candidates;
    for (const std::string organ : {"liver", "lung"})
        for (const std::string id : {"1", "2", "3", "4"})
            candidates.push_back(in(organ, organ + id, 20.0));
    EXPECT_THAT(legal_selections(candidates), SizeIs(6 * 6));
}

// Three organs of two lesions: six lesions, five targets; any one may be left out.
TEST(LegalSelections, RepresentEveryOrganAndLeaveOutAnyOneWhenOneIsTooMany)
{
    std::vector<Candidate> candidates;
    for (const std::string organ : {"liver", "lung", "bone"})
        for (const std::string id : {"1", "2"})
            candidates.push_back(in(organ, organ + id, 20.0));
    EXPECT_THAT(legal_selections(candidates), SizeIs(6));
}

// Four organs, one lesion in the first and two in each other: C(7,5) = 21 choices, less those C(6,5) = 6
// without the first organ; the others are always represented.
TEST(LegalSelections, LeaveNoOrganUnrepresentedWhereThereIsRoom)
{
    std::vector<Candidate> candidates{in("liver", "A", 20.0)};
    for (const std::string organ : {"lung", "bone", "skin"})
        for (const std::string id : {"1", "2"})
            candidates.push_back(in(organ, organ + id, 20.0));
    EXPECT_THAT(legal_selections(candidates), SizeIs(21 - 6 - 3));
}

TEST(LegalSelections, OfNothingMeasurableAreNone)
{
    EXPECT_THAT(legal_selections(std::vector{in("liver", "A", 9.0)}), IsEmpty());
    EXPECT_THAT(legal_selections({}), IsEmpty());
}

TEST(LegalSelections, StopAtTheNumberAskedFor)
{
    std::vector<Candidate> candidates;
    for (int n = 0; n < 30; ++n)
        candidates.push_back(in("liver", std::to_string(n), 20.0));
    EXPECT_THAT(legal_selections(candidates, {}, 100), SizeIs(100));
    EXPECT_THAT(legal_selections(candidates), SizeIs(30 * 29 / 2));
}

/// Liver lesions with their sizes at baseline and at day 56.
Course liver(const std::vector<double>& before_mm, const std::vector<downstage::Extent>& later)
{
    std::vector<downstage::BaselineTarget> targets;
    for (const double length_mm : before_mm) {
        targets.push_back(lesion(length_mm));
        targets.back().id = "T" + std::to_string(targets.size());
    }
    return course(targets, {visit(56, later)});
}

TEST(SelectionEffect, CountsTheChoicesThatEndElsewhere)
{
    const Course mixed = liver({30.0, 30.0, 30.0}, {mm(20.0), mm(20.0), mm(40.0)});
    const std::vector<std::size_t> shrinking{0, 1};
    const SelectionEffect effect = selection_effect(mixed, shrinking);
    EXPECT_EQ(effect.legal, 3U);
    EXPECT_EQ(effect.other_overall, 2U);
    EXPECT_EQ(effect.other_best, 2U);
    EXPECT_TRUE(effect.all_were_tried);
    EXPECT_THAT(effect.example, ElementsAre("T1", "T3"));
}

TEST(SelectionEffect, IsNoneWhereAllLesionsGoTogether)
{
    const std::vector<std::size_t> chosen{0, 1};
    const SelectionEffect effect =
        selection_effect(liver({30.0, 30.0, 30.0}, {mm(20.0), mm(20.0), mm(20.0)}), chosen);
    EXPECT_EQ(effect.legal, 3U);
    EXPECT_EQ(effect.other_overall, 0U);
    EXPECT_EQ(effect.other_best, 0U);
    EXPECT_THAT(effect.example, IsEmpty());
}

TEST(SelectionEffect, TakesWhatIsNotChosenForNonTargetDisease)
{
    const std::vector<std::size_t> chosen{0, 1};
    // CR of the chosen, but the third persists: PR, as with every other choice.
    EXPECT_EQ(selection_effect(liver({30.0, 30.0, 12.0}, {gone, gone, mm(12.0)}), chosen).other_overall, 0U);
    EXPECT_EQ(selection_effect(liver({30.0, 30.0, 30.0}, {gone, gone, gone}), chosen).other_best, 0U);
    // The third could not be evaluated: PR with it unchosen, NE with it chosen.
    EXPECT_EQ(selection_effect(liver({30.0, 30.0, 30.0}, {gone, gone, unknown}), chosen).other_overall, 2U);
}

TEST(SelectionEffect, LeavesAStatedProgressionAsItIs)
{
    Course patient = liver({30.0, 30.0, 30.0}, {mm(20.0), mm(20.0), mm(40.0)});
    patient.visits.front().non_target = NonTarget::progressive;
    const std::vector<std::size_t> chosen{0, 1};
    EXPECT_EQ(selection_effect(patient, chosen).other_overall, 0U);
}

TEST(SelectionEffect, TakesANodeThatBecameNormalForGone)
{
    Course patient = course({lesion(30.0), lesion(30.0), node(20.0), node(20.0), node(20.0)},
                            {visit(56, {gone, gone, mm(9.0), mm(9.0), mm(9.0)})});
    const std::vector<std::size_t> chosen{0, 1, 2, 3};
    const SelectionEffect effect = selection_effect(patient, chosen);
    EXPECT_EQ(effect.legal, 3U);
    EXPECT_EQ(effect.other_overall, 0U);
    patient.visits.front().targets[4] = reading(mm(10.0));
    EXPECT_EQ(selection_effect(patient, chosen).other_overall, 0U);  // PR by the unchosen, PR by the chosen
}

TEST(SelectionEffect, WithoutVisitsChangesNothing)
{
    const std::vector<std::size_t> chosen{0, 1};
    EXPECT_EQ(selection_effect(course({lesion(30.0), lesion(20.0)}, {}), chosen).other_overall, 0U);
}

}  // namespace
