#include "downstage/imaging/components.hpp"
#include "downstage/imaging/morphology.hpp"

#include "downstage_test/voxel_bodies.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace downstage::imaging {
namespace {

using test::ball;
using test::box;

const Grid grid{.size = {40, 30, 20}};

std::uint16_t largest_label(const LabelMap& labels)
{
    return std::ranges::max(labels.voxels());
}

TEST(Components, AreNumberedFromTheLargest)
{
    const Mask small = box(grid, {2, 2, 2}, {4, 4, 4});
    const Mask large = box(grid, {20, 10, 10}, {29, 19, 15});
    const LabelMap labels = components(either(small, large));
    EXPECT_EQ(with_label(labels, 1), large);
    EXPECT_EQ(with_label(labels, 2), small);
    EXPECT_EQ(largest_label(labels), 2);
}

TEST(Components, OfEqualSizeAreNumberedByTheirFirstVoxel)
{
    const Mask later = box(grid, {2, 2, 12}, {4, 4, 14});
    const Mask earlier = box(grid, {30, 20, 2}, {32, 22, 4});
    const LabelMap labels = components(either(later, earlier));
    EXPECT_EQ(with_label(labels, 1), earlier);
    EXPECT_EQ(with_label(labels, 2), later);
}

TEST(Components, TouchingAtACornerAreOneOrTwoByChoice)
{
    const Mask corner = either(box(grid, {2, 2, 2}, {4, 4, 4}), box(grid, {5, 5, 5}, {7, 7, 7}));
    EXPECT_EQ(largest_label(components(corner)), 1);
    EXPECT_EQ(largest_label(components(corner, {.connectivity = Connectivity::faces})), 2);
}

TEST(Components, BelowTheSmallestVolumeAreDropped)
{
    const Mask parts = either(box(grid, {2, 2, 2}, {4, 4, 4}), box(grid, {20, 10, 10}, {29, 19, 19}));
    const LabelMap labels = components(parts, {.smallest_ml = 0.028});  // 27 voxels are 0.027 ml
    EXPECT_EQ(largest_label(labels), 1);
    EXPECT_EQ(largest_label(components(parts, {.smallest_ml = 0.027})), 2);
}

TEST(Components, OfAnEmptyMaskAreNone)
{
    EXPECT_EQ(components(Mask{grid}), LabelMap{grid});
    EXPECT_EQ(largest_component(Mask{grid}), Mask{grid});
}

TEST(LargestComponent, IsFoundAmongMorePartsThanALabelMapCanName)
{
    const Grid wide{.size = {101, 101, 60}};
    Mask dust = test::region(wide, [](const PointLps& at) {
        const auto even = [](double mm) { return static_cast<int>(mm) % 2 == 0; };
        return even(at.x_mm) && even(at.y_mm) && even(at.z_mm);
    });
    const Mask lump = box(wide, {50, 50, 30}, {52, 50, 30});
    dust = either(dust, lump);
    EXPECT_EQ(largest_component(dust), lump);
    EXPECT_THROW(static_cast<void>(components(dust)), Error);
}

TEST(SplitAtNecks, SeparatesTwoBallsThatMeetInANeck)
{
    const Mask left = ball(grid, {12.0, 15.0, 10.0}, 8.0);
    const Mask right = ball(grid, {25.0, 15.0, 10.0}, 7.0);
    const LabelMap parts = split_at_necks(either(left, right), 1.5);
    ASSERT_EQ(largest_label(parts), 2);
    EXPECT_EQ((parts[{10, 15, 10}]), 1);
    EXPECT_EQ((parts[{27, 15, 10}]), 2);
}

TEST(SplitAtNecks, LeavesHillsLowerThanTheStepTogether)
{
    const Mask both_balls = either(ball(grid, {12.0, 15.0, 10.0}, 8.0), ball(grid, {25.0, 15.0, 10.0}, 7.0));
    const LabelMap parts = split_at_necks(both_balls, 6.0);
    EXPECT_EQ(largest_label(parts), 1);
}

TEST(SplitAtNecks, GivesEveryVoxelOfTheMaskToOnePartAndNeverJoinsSeparateBodies)
{
    const Mask thin = box(grid, {2, 2, 2}, {2, 2, 18});  // lower than the step everywhere
    const Mask thick = ball(grid, {25.0, 15.0, 10.0}, 8.0);
    const LabelMap parts = split_at_necks(either(thin, thick), 2.0);
    EXPECT_EQ(with_label(parts, 1), thick);
    EXPECT_EQ(with_label(parts, 2), thin);
}

}  // namespace
}  // namespace downstage::imaging
