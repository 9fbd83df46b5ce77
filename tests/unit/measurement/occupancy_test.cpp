#include "downstage/measurement/occupancy.hpp"

#include "downstage_test/shapes.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace {

using downstage::Field;
using downstage::Segmented;
using downstage::measurement::BoundarySource;
using downstage::measurement::boxes_of_labels;
using downstage::measurement::Neighbourhood;
using downstage::measurement::neighbourhood_of;
using downstage::measurement::Occupancy;
using downstage::measurement::occupancy_of;
using downstage::measurement::occupancy_of_drawn;
using downstage::measurement::surroundings_mm;
using downstage_test::ball;
using downstage_test::blurred_in_plane;
using downstage_test::found_in_liver;
using downstage_test::grid_about;
using downstage_test::image_of;
using downstage_test::shares_of;
using downstage_test::Tissue;

Neighbourhood cut_of(const Field& share, const Tissue& tissue)
{
    const Segmented found = found_in_liver(share);
    return neighbourhood_of(
        image_of(share, tissue), found, 1, boxes_of_labels(found.lesions).at(1), surroundings_mm);
}

Field ball_share(double radius_mm)
{
    return shares_of(grid_about(2.0 * radius_mm + 24.0, 0.8, 1.0), ball({0.1, 0.2, 0.3}, radius_mm));
}

TEST(OccupancyOf, IsTheShareOfEachVoxelWithoutNoise)
{
    const Field share = ball_share(9.0);
    const Neighbourhood cut = cut_of(share, {});
    const Occupancy found = occupancy_of(cut);
    const downstage::Grid& grid = found.share.grid();
    for (std::int32_t k = 0; k < share.grid().size.k; ++k)
        for (std::int32_t j = 0; j < share.grid().size.j; ++j)
            for (std::int32_t i = 0; i < share.grid().size.i; ++i) {
                const downstage::Index here{i - cut.corner.i, j - cut.corner.j, k - cut.corner.k};
                if (!contains(grid, here)) continue;
                const float truth = share[{i, j, k}];
                EXPECT_NEAR(
                    found.share[here], truth, 0.011F);  // HU are whole numbers, and the contrast is 50
            }
}

TEST(OccupancyOf, FindsTheContrastTheNoiseAndTheWindowItNeeds)
{
    const Occupancy quiet = occupancy_of(cut_of(ball_share(10.0), {}));
    EXPECT_EQ(quiet.edge.source, BoundarySource::image);
    EXPECT_NEAR(quiet.edge.contrast_hu, -50.0, 1e-6);
    EXPECT_EQ(quiet.edge.smoothing_mm, 0.0);
    const Occupancy noisy = occupancy_of(cut_of(ball_share(10.0), {.noise_hu = 15.0}));
    EXPECT_NEAR(noisy.edge.noise_hu, 15.0, 0.75);  // 5 %: some thousand voxels, and a median
    EXPECT_GT(noisy.edge.smoothing_mm, 0.3);
    EXPECT_LT(noisy.edge.noise, 0.15);
}

TEST(OccupancyOf, FindsTheBlurOfTheEdge)
{
    for (const double blur_mm : {0.6, 0.9, 1.2}) {
        const Occupancy found = occupancy_of(cut_of(blurred_in_plane(ball_share(15.0), blur_mm), {}));
        // Along the normal the blur of the plane counts by 2/3 of its variance on a ball; a voxel adds its
        // own.
        const double expected_mm = std::sqrt(2.0 / 3.0 * blur_mm * blur_mm + 0.8 * 0.8 / 12.0);
        EXPECT_NEAR(found.edge.blur_mm, expected_mm, 0.15 * expected_mm);
    }
}

TEST(OccupancyOf, FallsBackToTheLabelWithoutContrast)
{
    const Neighbourhood cut = cut_of(ball_share(10.0), {.lesion_hu = 109.0});
    const Occupancy found = occupancy_of(cut);
    EXPECT_EQ(found.edge.source, BoundarySource::found_mask);
    EXPECT_EQ(found.inside, cut.label);
}

TEST(OccupancyOfDrawn, IsTheMask)
{
    const Neighbourhood cut = cut_of(ball_share(8.0), {});
    const Occupancy drawn = occupancy_of_drawn(cut);
    EXPECT_EQ(drawn.edge.source, BoundarySource::drawn_mask);
    EXPECT_EQ(drawn.inside, cut.label);
    for (std::size_t n = 0; n < drawn.share.voxels().size(); ++n)
        EXPECT_EQ(drawn.share.voxels()[n], static_cast<float>(cut.label.voxels()[n]));
}

}  // namespace
