#include "downstage/imaging/morphology.hpp"

#include "downstage_test/voxel_bodies.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

namespace downstage::imaging {
namespace {

using test::ball;
using test::box;

double ball_ml(double radius_mm)
{
    return 4.0 / 3.0 * std::numbers::pi * std::pow(radius_mm, 3) / 1000.0;
}

/// Squared distance to the nearest voxel of `value`, by trying them all.
double nearest_mm(const Mask& mask, const Index& from, std::uint8_t value)
{
    const Grid& grid = mask.grid();
    double best = std::numeric_limits<double>::infinity();
    test::for_each_voxel(grid, [&](const Index& at) {
        if (mask[at] == value) best = std::min(best, distance_mm(to_lps(grid, at), to_lps(grid, from)));
    });
    return best;
}

const Grid uneven{.size = {13, 9, 7}, .spacing_mm = {0.7, 1.3, 5.0}};

TEST(DepthMm, IsTheDistanceToTheNearestCentreOutsideOnAnUnevenGrid)
{
    Mask mask = ball(uneven, {4.0, 5.0, 15.0}, 6.0);
    mask[{4, 4, 3}] = 0;  // a hole counts as outside
    const Field depth = depth_mm(mask);
    test::for_each_voxel(uneven, [&](const Index& at) {
        // 1e-4 mm is what 32-bit squares leave of distances of some 30 mm
        EXPECT_NEAR(static_cast<double>(depth[at]), nearest_mm(mask, at, 0), 1e-4);
    });
}

TEST(DistanceMm, IsTheDistanceToTheNearestCentreInsideOnAnUnevenGrid)
{
    const Mask mask = ball(uneven, {2.0, 8.0, 20.0}, 3.0);
    const Field distance = distance_mm(mask);
    test::for_each_voxel(uneven, [&](const Index& at) {
        EXPECT_NEAR(static_cast<double>(distance[at]), nearest_mm(mask, at, 1), 1e-4);
    });
}

TEST(DistanceMm, IsInfiniteFromAnEmptyMaskAndDepthInAFullOne)
{
    EXPECT_TRUE(std::isinf(distance_mm(Mask{uneven})[{0, 0, 0}]));
    EXPECT_TRUE(std::isinf(depth_mm(Mask{uneven, 1})[{5, 5, 5}]));
}

TEST(DepthMm, HasTheSameBytesForAnyNumberOfWorkers)
{
    const Grid grid{.size = {40, 31, 22}, .spacing_mm = {0.8, 0.9, 2.5}};
    const Mask mask = ball(grid, {16.0, 14.0, 27.0}, 11.0);
    EXPECT_EQ(depth_mm(mask, 1), depth_mm(mask, 2));
    EXPECT_EQ(depth_mm(mask, 1), depth_mm(mask, 7));
}

TEST(Erode, ShrinksABallByItsRadius)
{
    const Grid grid{.size = {60, 60, 60}};
    const Mask eroded = erode(ball(grid, {30.0, 30.0, 30.0}, 20.0), 8.0);
    // Depth counts to the centres outside, half a voxel (0.5 mm) beyond the surface: radius 12.0 to 12.5.
    EXPECT_GT(volume_ml(eroded), ball_ml(11.9));
    EXPECT_LT(volume_ml(eroded), ball_ml(12.7));
}

TEST(Erode, DoesNotShrinkABodyWhereTheFieldOfViewCutsIt)
{
    const Grid grid{.size = {20, 20, 20}};
    const Mask eroded = erode(box(grid, {0, 5, 0}, {19, 14, 19}), 2.0);
    EXPECT_EQ(eroded, box(grid, {0, 7, 0}, {19, 12, 19}));
}

TEST(Dilate, GrowsABallByItsRadius)
{
    const Grid grid{.size = {60, 60, 60}};
    const Mask grown = dilate(ball(grid, {30.0, 30.0, 30.0}, 10.0), 8.0);
    // From the outermost centres, up to half a voxel inside the surface.
    EXPECT_GT(volume_ml(grown), ball_ml(17.3));
    EXPECT_LT(volume_ml(grown), ball_ml(18.1));
}

TEST(Open, RemovesABridgeThinnerThanTheBallAndKeepsBothBodies)
{
    const Grid grid{.size = {60, 30, 30}};
    const Mask bodies = either(ball(grid, {12.0, 15.0, 15.0}, 9.0), ball(grid, {46.0, 15.0, 15.0}, 9.0));
    const Mask opened = open(either(bodies, box(grid, {12, 14, 14}, {46, 16, 16})), 4.0);
    EXPECT_EQ((opened[{29, 15, 15}]), 0);
    EXPECT_EQ((opened[{12, 15, 15}]), 1);
    EXPECT_EQ((opened[{46, 15, 15}]), 1);
}

TEST(Close, FillsAGapNarrowerThanTheBallAndNothingOutsideTheHull)
{
    const Grid grid{.size = {40, 20, 20}};
    const Mask halves = either(box(grid, {5, 5, 5}, {18, 14, 14}), box(grid, {21, 5, 5}, {34, 14, 14}));
    const Mask closed = close(halves, 2.0);
    const Mask gap = box(grid, {19, 7, 7}, {20, 12, 12});  // at its rim the ball rounds the edges off
    EXPECT_EQ(both(closed, gap), gap);
    EXPECT_EQ(both(closed, halves), halves);
    EXPECT_EQ(without(closed, box(grid, {5, 5, 5}, {34, 14, 14})), Mask{grid});
}

TEST(Close, DoesNotSpillAtTheBorderOfTheImage)
{
    const Grid grid{.size = {20, 20, 20}};
    const Mask flat = box(grid, {0, 0, 0}, {19, 19, 9});
    EXPECT_EQ(close(flat, 3.0), flat);
}

TEST(GrowWithin, StaysInsideAndReachesAsFarAsItIsTold)
{
    const Grid grid{.size = {61, 5, 5}, .spacing_mm = {2.5, 2.5, 2.5}};
    const Mask corridor = box(grid, {0, 2, 2}, {60, 2, 2});
    const Mask grown = grow_within(box(grid, {30, 2, 2}, {30, 2, 2}), corridor, 12.5);
    EXPECT_EQ(grown, box(grid, {25, 2, 2}, {35, 2, 2}));
}

TEST(GrowWithin, GoesRoundACornerButNotThroughAWall)
{
    const Grid grid{.size = {21, 21, 1}};
    Mask within{grid, 1};
    for (std::int32_t j = 0; j < 15; ++j)
        within[{10, j, 0}] = 0;
    const Mask grown = grow_within(box(grid, {8, 2, 0}, {8, 2, 0}), within, 6.0);
    EXPECT_EQ((grown[{4, 2, 0}]), 1);
    EXPECT_EQ((grown[{12, 2, 0}]), 0);  // 4 mm as the crow flies, 28 mm round the wall
}

TEST(GrowWithin, TakesFewerStepsAlongACoarseAxis)
{
    const Grid grid{.size = {41, 41, 9}, .spacing_mm = {1.0, 1.0, 5.0}};
    const Mask grown = grow_within(box(grid, {20, 20, 4}, {20, 20, 4}), Mask{grid, 1}, 10.0);
    EXPECT_EQ((grown[{30, 20, 4}]), 1);
    EXPECT_EQ((grown[{31, 20, 4}]), 0);
    EXPECT_EQ((grown[{20, 20, 6}]), 1);
    EXPECT_EQ((grown[{20, 20, 7}]), 0);
}

TEST(FillHoles, FillsAClosedCaveAndLeavesAnOpenOne)
{
    const Grid grid{.size = {15, 15, 15}};
    const Mask whole = box(grid, {2, 2, 2}, {12, 12, 12});
    const Mask caves = either(box(grid, {4, 4, 4}, {5, 5, 5}), box(grid, {8, 8, 8}, {9, 9, 12}));
    EXPECT_EQ(fill_holes(without(whole, caves)), without(whole, box(grid, {8, 8, 8}, {9, 9, 12})));
}

TEST(FillHolesBySlice, FillsATunnelThatIsOpenAtItsEndsOnly)
{
    const Grid grid{.size = {9, 9, 5}};
    const Mask whole = box(grid, {1, 1, 0}, {7, 7, 4});
    const Mask pierced = without(whole, box(grid, {4, 4, 0}, {4, 4, 4}));
    EXPECT_EQ(fill_holes_by_slice(pierced), whole);
    EXPECT_EQ(fill_holes(pierced), pierced);
}

TEST(VolumeMl, CountsVoxelsTimesTheirSize)
{
    const Grid grid{.size = {10, 10, 10}, .spacing_mm = {2.0, 2.5, 4.0}};
    EXPECT_DOUBLE_EQ(volume_ml(box(grid, {0, 0, 0}, {4, 4, 1})), 50 * 20.0 / 1000.0);
}

}  // namespace
}  // namespace downstage::imaging
