#include "downstage/imaging/morphology.hpp"
#include "downstage/imaging/resample.hpp"

#include "downstage_test/voxel_bodies.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace downstage::imaging {
namespace {

constexpr std::int16_t air = -1000;

/// A plane in HU: linear interpolation must give it back exactly.
double plane(const PointLps& at)
{
    return 10.0 + 2.0 * at.x_mm - 3.0 * at.y_mm + 1.0 * at.z_mm;
}

Volume plane_on(const Grid& grid)
{
    Volume image{grid};
    test::for_each_voxel(grid, [&](const Index& at) {
        image[at] = static_cast<std::int16_t>(std::lround(plane(to_lps(grid, at))));
    });
    return image;
}

TEST(Resample, GivesALinearImageBackOnATurnedGrid)
{
    const Volume image = plane_on({.size = {40, 40, 40}, .origin = {-20.0, -20.0, -20.0}});
    const Grid turned{.size = {9, 9, 9},
                      .spacing_mm = {1.5, 1.5, 1.5},
                      .origin = {2.0, -8.0, -6.0},
                      .axes = {.i = {0.6, 0.8, 0.0}, .j = {-0.8, 0.6, 0.0}, .k = {0.0, 0.0, 1.0}}};
    const Volume there = resample(image, turned, air);
    test::for_each_voxel(turned, [&](const Index& at) {
        EXPECT_NEAR(there[at], plane(to_lps(turned, at)), 0.5 + 1e-9);  // whole HU
    });
}

TEST(Resample, GivesTheOutsideValueBeyondTheOutermostVoxelsOnly)
{
    const Volume image{{.size = {4, 4, 4}}, 50};
    const Volume wide = resample(image, {.size = {7, 1, 1}, .origin = {-1.5, 0.0, 0.0}}, air);
    EXPECT_THAT(wide.voxels(), testing::ElementsAre(air, 50, 50, 50, 50, 50, air));
}

TEST(Resample, HasTheSameBytesForAnyNumberOfWorkers)
{
    const Volume image = plane_on({.size = {20, 20, 20}});
    const Grid finer = respaced(image.grid(), {0.7, 0.9, 1.1});
    EXPECT_EQ(resample(image, finer, air, 1), resample(image, finer, air, 7));
}

TEST(Respaced, CoversTheSameBoxAndMovesNothing)
{
    const Grid fine{.size = {512, 512, 129}, .spacing_mm = {0.57, 0.57, 1.6}, .origin = {-145.0, 12.0, 7.0}};
    const Grid coarse = respaced(fine, {2.5, 2.5, 2.5});
    const PointLps face = to_lps(fine, VoxelPlace{-0.5, -0.5, -0.5});
    EXPECT_NEAR(distance_mm(to_lps(coarse, VoxelPlace{-0.5, -0.5, -0.5}), face), 0.0, 1e-9);
    EXPECT_NEAR(coarse.size.i * 2.5, 512 * 0.57, 1.25);
    EXPECT_NEAR(coarse.size.k * 2.5, 129 * 1.6, 1.25);
}

TEST(ResampleSmooth, KeepsTheVolumeAndThePlaceOfABallOnAFinerGrid)
{
    const Grid coarse{.size = {32, 32, 32}, .spacing_mm = {2.5, 2.5, 2.5}};
    const PointLps centre{40.0, 39.0, 41.0};
    const Grid fine = respaced(coarse, {0.8, 0.8, 2.0});
    const Mask there = resample_smooth(test::ball(coarse, centre, 25.0), fine);
    const Mask truth = test::ball(fine, centre, 25.0);
    // The surface of a voxel ball is known to a fraction of the coarse voxel: 0.4 mm of 25 is 5 % in volume.
    EXPECT_NEAR(volume_ml(there), volume_ml(truth), 0.05 * volume_ml(truth));
    const double dice = 2.0 * volume_ml(both(there, truth)) / (volume_ml(there) + volume_ml(truth));
    EXPECT_GT(dice, 0.97);
}

TEST(ResampleSmooth, KeepsFullAndEmptyMasksUpToTheFacesOfTheBox)
{
    const Grid fine{.size = {25, 25, 11}, .spacing_mm = {0.9, 0.9, 1.1}};
    const Grid coarse = respaced(fine, {2.5, 2.5, 2.5});
    EXPECT_EQ(resample_smooth(Mask{coarse, 1}, fine), (Mask{fine, 1}));
    EXPECT_EQ(resample_smooth(Mask{coarse}, fine), Mask{fine});
}

TEST(ResampleNearest, TakesTheLabelOfTheNearestVoxel)
{
    LabelMap labels{{.size = {3, 1, 1}, .spacing_mm = {2.0, 2.0, 2.0}}};
    labels[{1, 0, 0}] = 7;
    const LabelMap there = resample_nearest(labels, {.size = {6, 1, 1}, .origin = {-0.5, 0.0, 0.0}});
    EXPECT_THAT(there.voxels(), testing::ElementsAre(0, 0, 7, 7, 0, 0));
}

TEST(Crop, KeepsVoxelsAtTheirPlaceInThePatient)
{
    const Volume image =
        plane_on({.size = {9, 8, 7}, .spacing_mm = {1.0, 2.0, 3.0}, .origin = {5.0, 6.0, 7.0}});
    const Volume part = crop(image, {2, 3, 1}, {4, 2, 5});
    EXPECT_EQ(part, plane_on(part.grid()));
    EXPECT_EQ(part.grid().origin, to_lps(image.grid(), Index{2, 3, 1}));
}

TEST(Crop, RefusesToReachBeyondTheImage)
{
    EXPECT_THROW(static_cast<void>(crop(Mask{{.size = {4, 4, 4}}}, {2, 0, 0}, {3, 4, 4})), Error);
}

}  // namespace
}  // namespace downstage::imaging
