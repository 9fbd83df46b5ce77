#include "downstage/measurement/contour.hpp"

#include "downstage_test/shapes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace {

using downstage::Field;
using downstage::Grid;
using downstage::VoxelPlace;
using downstage::measurement::section_points;
using downstage::measurement::surface_points;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

Field one_voxel(float inside, float outside)
{
    Field field{Grid{.size = {3, 3, 3}}, outside};
    field[{1, 1, 1}] = inside;
    return field;
}

TEST(SectionPoints, OfAMaskLieHalfWayBetweenPixelCentres)
{
    EXPECT_THAT(section_points(one_voxel(1.0F, 0.0F), 1),
                UnorderedElementsAre(VoxelPlace{0.5, 1.0, 1.0},
                                     VoxelPlace{1.5, 1.0, 1.0},
                                     VoxelPlace{1.0, 0.5, 1.0},
                                     VoxelPlace{1.0, 1.5, 1.0}));
}

TEST(SectionPoints, LieWhereTheLineBetweenTwoPixelsIsOneHalf)
{
    const std::vector<VoxelPlace> points = section_points(one_voxel(0.75F, 0.25F), 1);
    const auto right = std::ranges::max(points, {}, &VoxelPlace::i);
    EXPECT_DOUBLE_EQ(right.i, 1.5);
    const std::vector<VoxelPlace> nearer = section_points(one_voxel(0.625F, 0.0F), 1);
    EXPECT_DOUBLE_EQ(std::ranges::max(nearer, {}, &VoxelPlace::i).i, 1.2);  // 1 - 0.5 / 0.625 of the way
}

TEST(SectionPoints, AreNoneWhereTheSliceHoldsNothing)
{
    EXPECT_THAT(section_points(one_voxel(1.0F, 0.0F), 0), IsEmpty());
}

TEST(SurfacePoints, HoldTheCrossingsBetweenSlicesToo)
{
    const std::vector<VoxelPlace> points = surface_points(one_voxel(1.0F, 0.0F));
    EXPECT_EQ(points.size(), 6U);
    EXPECT_THAT(points, testing::Contains(VoxelPlace{1.0, 1.0, 1.5}));
    EXPECT_THAT(points, testing::Contains(VoxelPlace{1.0, 1.0, 0.5}));
}

TEST(SurfacePoints, OfABallLieOnItToASmallPartOfAVoxel)
{
    const Grid grid = downstage_test::grid_about(30.0, 0.8, 0.8);
    const Field share = downstage_test::shares_of(grid, downstage_test::ball({0.1, 0.2, 0.3}, 10.0));
    for (const VoxelPlace& place : surface_points(share)) {
        const double radius_mm = distance_mm(to_lps(grid, place), {0.1, 0.2, 0.3});
        EXPECT_NEAR(radius_mm, 10.0, 0.2 * 0.8);  // shares of voxels that are cut askew are not quite linear
    }
}

}  // namespace
