#include "downstage/core/space.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace downstage {
namespace {

/// A grid turned by 30 degrees about z, with pixels that are not square and slices that run towards the feet.
Grid turned_grid()
{
    const double c = std::sqrt(0.75);
    return {.size = {4, 5, 6},
            .spacing_mm = {0.7, 0.9, 2.5},
            .origin = {-12.0, 34.0, 56.0},
            .axes = {.i = {c, 0.5, 0.0}, .j = {-0.5, c, 0.0}, .k = {0.0, 0.0, -1.0}}};
}

TEST(ToLps, StepsByTheSpacingAlongEachAxis)
{
    const Grid grid = turned_grid();
    const PointLps at = to_lps(grid, Index{2, 3, 4});
    const double c = std::sqrt(0.75);
    EXPECT_NEAR(at.x_mm, -12.0 + 2 * 0.7 * c - 3 * 0.9 * 0.5, 1e-12);
    EXPECT_NEAR(at.y_mm, 34.0 + 2 * 0.7 * 0.5 + 3 * 0.9 * c, 1e-12);
    EXPECT_NEAR(at.z_mm, 56.0 - 4 * 2.5, 1e-12);
}

TEST(ToVoxel, UndoesToLpsBetweenVoxels)
{
    const Grid grid = turned_grid();
    const VoxelPlace there = to_voxel(grid, to_lps(grid, VoxelPlace{1.25, -0.5, 7.75}));
    EXPECT_NEAR(there.i, 1.25, 1e-12);
    EXPECT_NEAR(there.j, -0.5, 1e-12);
    EXPECT_NEAR(there.k, 7.75, 1e-12);
}

TEST(Nearest, RoundsHalvesAwayFromZero)
{
    EXPECT_EQ(nearest({0.49, -0.5, 2.5}), (Index{0, -1, 3}));
}

TEST(Contains, EndsAtTheLastVoxel)
{
    const Grid grid = turned_grid();
    EXPECT_TRUE(contains(grid, {3, 4, 5}));
    EXPECT_FALSE(contains(grid, {4, 4, 5}));
    EXPECT_FALSE(contains(grid, {0, 0, -1}));
}

TEST(OffsetOf, RunsFastestAlongI)
{
    const Grid grid = turned_grid();
    EXPECT_EQ(offset_of(grid, {1, 0, 0}), 1U);
    EXPECT_EQ(offset_of(grid, {0, 1, 0}), 4U);
    EXPECT_EQ(offset_of(grid, {0, 0, 1}), 20U);
    EXPECT_EQ(offset_of(grid, {3, 4, 5}) + 1, voxel_count(grid));
}

TEST(SameGrid, ForgivesRoundingButNotAFlippedAxis)
{
    const Grid grid = turned_grid();
    Grid rounded = grid;
    rounded.origin.x_mm += 1e-5;
    EXPECT_TRUE(same_grid(grid, rounded));
    Grid flipped = grid;
    flipped.axes.k = {0.0, 0.0, 1.0};
    EXPECT_FALSE(same_grid(grid, flipped));
}

TEST(VoxelVolume, IsTheProductOfTheSpacings)
{
    EXPECT_DOUBLE_EQ(voxel_volume_mm3(turned_grid()), 0.7 * 0.9 * 2.5);
}

}  // namespace
}  // namespace downstage
