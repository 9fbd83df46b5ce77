#include "downstage/criteria/response_tables.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using downstage::length_of;
using downstage::NewLesion;
using downstage::NonTarget;
using downstage::NonTargetLesion;
using downstage::NonTargetState;
using downstage::Response;
using downstage::Visit;
using downstage::criteria::non_target_of;
using downstage::criteria::non_target_status;
using downstage::criteria::overall_response;

struct Row {
    Response target;
    NonTarget non_target;
    NewLesion fresh;
    Response overall;
};

// RECIST 1.1 Table 1, written out (RULES.md 1.34).
TEST(OverallResponse, FollowsTableOne)
{
    using enum NonTarget;
    const std::vector<Row> table{
        {Response::complete, complete, NewLesion::none, Response::complete},
        {Response::complete, none_at_baseline, NewLesion::none, Response::complete},
        {Response::complete, persisting, NewLesion::none, Response::partial},
        {Response::complete, not_evaluable, NewLesion::none, Response::partial},
        {Response::partial, complete, NewLesion::none, Response::partial},
        {Response::partial, persisting, NewLesion::none, Response::partial},
        {Response::partial, not_evaluable, NewLesion::none, Response::partial},
        {Response::stable, complete, NewLesion::none, Response::stable},
        {Response::stable, persisting, NewLesion::none, Response::stable},
        {Response::stable, not_evaluable, NewLesion::none, Response::stable},
        {Response::not_evaluable, complete, NewLesion::none, Response::not_evaluable},
        {Response::not_evaluable, persisting, NewLesion::none, Response::not_evaluable},
        {Response::progressive, complete, NewLesion::none, Response::progressive},
        {Response::partial, progressive, NewLesion::none, Response::progressive},
        {Response::not_evaluable, progressive, NewLesion::none, Response::progressive},
        {Response::complete, complete, NewLesion::unequivocal, Response::progressive},
        {Response::complete, complete, NewLesion::equivocal, Response::complete},
    };
    for (std::size_t n = 0; n < table.size(); ++n)
        EXPECT_EQ(overall_response(table[n].target,
                                   {.non_target = table[n].non_target, .new_lesion = table[n].fresh}),
                  table[n].overall)
            << "row " << n;
}

// RECIST 1.1 Table 2 (RULES.md 1.35).
TEST(OverallResponse, FollowsTableTwoWithoutTargetsAndNeverSaysStable)
{
    const auto without_targets = [](NonTarget non_target, NewLesion fresh) {
        return overall_response(Response::not_applicable, {.non_target = non_target, .new_lesion = fresh});
    };
    EXPECT_EQ(without_targets(NonTarget::complete, NewLesion::none), Response::complete);
    EXPECT_EQ(without_targets(NonTarget::persisting, NewLesion::none), Response::non_cr_non_pd);
    EXPECT_EQ(without_targets(NonTarget::not_evaluable, NewLesion::none), Response::not_evaluable);
    EXPECT_EQ(without_targets(NonTarget::progressive, NewLesion::none), Response::progressive);
    EXPECT_EQ(without_targets(NonTarget::complete, NewLesion::unequivocal), Response::progressive);
    EXPECT_EQ(without_targets(NonTarget::none_at_baseline, NewLesion::none), Response::not_applicable);
}

TEST(OverallResponse, IsProgressionWithAMalignantEffusion)
{
    EXPECT_EQ(overall_response(Response::partial, {.has_malignant_effusion = true}), Response::progressive);
}

NonTargetLesion in_state(NonTargetState state)
{
    return {.state = state};
}
NonTargetLesion node(double short_axis_mm)
{
    return {.state = NonTargetState::node, .short_axis = length_of(short_axis_mm)};
}

TEST(NonTargetStatus, LetsOneUnequivocalProgressionDecide)
{
    const std::vector lesions{in_state(NonTargetState::not_evaluable),
                              in_state(NonTargetState::unequivocal_progression),
                              in_state(NonTargetState::absent)};
    EXPECT_EQ(non_target_status(lesions), NonTarget::progressive);
}

TEST(NonTargetStatus, IsNotEvaluableWhenOneLesionIsNot)
{
    const std::vector lesions{in_state(NonTargetState::present), in_state(NonTargetState::not_evaluable)};
    EXPECT_EQ(non_target_status(lesions), NonTarget::not_evaluable);
}

TEST(NonTargetStatus, IsCompleteOnlyWhenAllAreGoneAndEveryNodeIsBelowTenMm)
{
    EXPECT_EQ(non_target_status(std::vector{in_state(NonTargetState::absent), node(9.9)}),
              NonTarget::complete);
    EXPECT_EQ(non_target_status(std::vector{in_state(NonTargetState::absent), node(10.0)}),
              NonTarget::persisting);
    EXPECT_EQ(non_target_status(std::vector{in_state(NonTargetState::present), node(9.9)}),
              NonTarget::persisting);
    EXPECT_EQ(non_target_status(std::vector{in_state(NonTargetState::present)}), NonTarget::persisting);
}

TEST(NonTargetStatus, OfNoLesionsIsNoneAtBaseline)
{
    EXPECT_EQ(non_target_status({}), NonTarget::none_at_baseline);
}

TEST(NonTargetOf, PrefersLesionsThatAreListedToAStatement)
{
    Visit visit;
    visit.non_target = NonTarget::complete;
    EXPECT_EQ(non_target_of(visit), NonTarget::complete);
    visit.non_target_lesions = {in_state(NonTargetState::present)};
    EXPECT_EQ(non_target_of(visit), NonTarget::persisting);
}

}  // namespace
