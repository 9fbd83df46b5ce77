#include "downstage/criteria/response_sum.hpp"

#include "downstage_test/courses.hpp"

#include <gtest/gtest.h>

namespace {

using downstage::length_of;
using downstage::criteria::baseline_sum;
using downstage::criteria::in_units;
using downstage::criteria::Part;
using downstage::criteria::Rounding;
using downstage::criteria::SumOptions;
using downstage::criteria::TargetSum;
using downstage::criteria::units_per_mm;
using downstage::criteria::visit_sum;
using namespace downstage::test;  // NOLINT(google-build-using-namespace): builders of courses

TEST(InUnits, RoundsHalfAwayFromZeroInEachUnit)
{
    EXPECT_EQ(in_units(length_of(12.25), Rounding::tenths), 123);
    EXPECT_EQ(in_units(length_of(12.5), Rounding::whole_mm), 13);
    EXPECT_EQ(in_units(length_of(12.25), Rounding::raw), 12'250'000);
}

TEST(UnitsPerMm, AreTenOneAndAMillion)
{
    EXPECT_EQ(units_per_mm(Rounding::tenths), 10);
    EXPECT_EQ(units_per_mm(Rounding::whole_mm), 1);
    EXPECT_EQ(units_per_mm(Rounding::raw), 1'000'000);
}

TEST(BaselineSum, AddsLongAxesAndShortAxes)
{
    const std::vector targets{lesion(30.4), node(15.2)};
    const TargetSum sum = baseline_sum(targets, {});
    EXPECT_EQ(sum.measured, 456);
    EXPECT_TRUE(sum.is_complete);
    EXPECT_TRUE(sum.lesion_is_seen);
    EXPECT_TRUE(sum.node_is_enlarged);
}

TEST(BaselineSum, OfNoTargetsIsCompleteAndWithoutDisease)
{
    EXPECT_EQ(baseline_sum({}, {}), TargetSum{});
}

TEST(VisitSum, RoundsEachLesionOnceAndNeverTheSum)
{
    const std::vector targets{lesion(20.0), lesion(20.0), lesion(20.0)};
    EXPECT_EQ(visit_sum(targets, visit(56, {mm(10.04), mm(10.04), mm(10.04)}), {}).measured, 300);
}

TEST(VisitSum, CountsWhatIsTooSmallToMeasureAsFiveMm)
{
    const TargetSum sum = visit_sum(std::vector{lesion(20.0)}, visit(56, {too_small}), {});
    EXPECT_EQ(sum.measured, 50);
    EXPECT_TRUE(sum.lesion_is_seen);
}

TEST(VisitSum, AddsTheFragmentsOfASplitLesion)
{
    EXPECT_EQ(visit_sum(std::vector{lesion(40.0)}, visit(56, {fragments({15.0, 10.5})}), {}).measured, 255);
}

TEST(VisitSum, LetsAMergedPartnerCountNothingAndMissNothing)
{
    const TargetSum sum =
        visit_sum(std::vector{lesion(20.0), lesion(20.0)}, visit(56, {mm(30.0), merged}), {});
    EXPECT_EQ(sum.measured, 300);
    EXPECT_TRUE(sum.is_complete);
}

TEST(VisitSum, NeverTakesAMissingLesionForZero)
{
    const std::vector targets{lesion(20.0), lesion(20.0)};
    const TargetSum unread = visit_sum(targets, visit(56, {mm(10.0), unknown}), {});
    EXPECT_EQ(unread.measured, 100);
    EXPECT_FALSE(unread.is_complete);
    EXPECT_EQ(visit_sum(targets, visit(56, {mm(10.0)}), {}), unread);
}

TEST(VisitSum, SeesNoDiseaseInANodeBelowTenMmAndAnEnlargedNodeFromTenMmOn)
{
    const std::vector targets{node(20.0)};
    const TargetSum normal = visit_sum(targets, visit(56, {mm(9.9)}), {});
    EXPECT_FALSE(normal.node_is_enlarged);
    EXPECT_FALSE(normal.lesion_is_seen);
    EXPECT_EQ(normal.measured, 99);
    const TargetSum enlarged = visit_sum(targets, visit(56, {mm(10.0)}), {});
    EXPECT_TRUE(enlarged.node_is_enlarged);
    EXPECT_FALSE(enlarged.lesion_is_seen);
}

TEST(VisitSum, TakesANodeForALesionWhereARuleKnowsNoNormalNode)
{
    const TargetSum sum =
        visit_sum(std::vector{node(20.0)}, visit(56, {mm(4.0)}), SumOptions{.nodes_become_normal = false});
    EXPECT_TRUE(sum.lesion_is_seen);
    EXPECT_FALSE(sum.node_is_enlarged);
}

TEST(VisitSum, SeesNoLesionInAMeasuredLengthOfZero)
{
    EXPECT_FALSE(visit_sum(std::vector{lesion(20.0)}, visit(56, {fragments({0.0})}), {}).lesion_is_seen);
}

TEST(VisitSum, ReadsTheViablePartWhenAsked)
{
    downstage::Visit seen = visit(56, {mm(40.0)});
    seen.targets.front().viable = mm(12.0);
    EXPECT_EQ(visit_sum(std::vector{lesion(50.0)}, seen, {.part = Part::viable}).measured, 120);
    EXPECT_EQ(visit_sum(std::vector{lesion(50.0)}, seen, {.part = Part::whole}).measured, 400);
}

TEST(VisitSum, AddsNewLesionsOnlyWhenAsked)
{
    downstage::Visit seen = visit(56, {gone});
    seen.new_disease.targets = {length_of(12.0), length_of(11.0)};
    const std::vector targets{lesion(50.0)};
    EXPECT_EQ(visit_sum(targets, seen, {}).measured, 0);
    const TargetSum with_new = visit_sum(targets, seen, {.new_lesions_add = true});
    EXPECT_EQ(with_new.measured, 230);
    EXPECT_TRUE(with_new.lesion_is_seen);
}

TEST(VisitSum, SeesANewNonTargetLesionWithoutASize)
{
    downstage::Visit seen = visit(56, {gone});
    const std::vector targets{lesion(50.0)};
    EXPECT_FALSE(visit_sum(targets, seen, {.new_lesions_add = true}).lesion_is_seen);
    seen.new_disease.non_target = downstage::NewNonTarget::present;
    EXPECT_TRUE(visit_sum(targets, seen, {.new_lesions_add = true}).lesion_is_seen);
}

}  // namespace
