#include "downstage/measurement/attenuation.hpp"
#include "downstage/measurement/volume.hpp"

#include "downstage_test/shapes.hpp"

#include <gtest/gtest.h>

namespace {

using downstage::Field;
using downstage::Grid;
using downstage::Mask;
using downstage::measurement::attenuation_of;
using downstage::measurement::centroid_of;
using downstage::measurement::volume_of_mm3;

TEST(VolumeOf, SharesOfABallIsTheFormulaAlsoWithThickSlices)
{
    for (const double slice_mm : {1.0, 3.0, 5.0}) {
        const downstage_test::Shape truth = downstage_test::ball({0.1, 0.2, 0.9}, 10.0);
        const Field share =
            downstage_test::shares_of(downstage_test::grid_about(30.0, 0.8, slice_mm), truth, 12);
        EXPECT_NEAR(volume_of_mm3(share), truth.volume_mm3, 0.002 * truth.volume_mm3);  // 12^3 places a voxel
    }
}

TEST(VolumeOf, AMaskCountsVoxels)
{
    Mask mask{Grid{.size = {4, 4, 4}, .spacing_mm = {0.5, 0.5, 2.0}}};
    mask[{1, 1, 1}] = 1;
    mask[{2, 1, 1}] = 1;
    EXPECT_DOUBLE_EQ(volume_of_mm3(mask), 1.0);
}

TEST(CentroidOf, IsTheMeanPlaceWeightedByShares)
{
    Field share{Grid{.size = {5, 1, 1}, .spacing_mm = {2.0, 1.0, 1.0}, .origin = {10.0, 0.0, 0.0}}};
    share[{0, 0, 0}] = 1.0F;
    share[{4, 0, 0}] = 0.25F;
    EXPECT_NEAR(centroid_of(share).x_mm, 10.0 + 0.25 * 8.0 / 1.25, 1e-9);
}

TEST(AttenuationOf, LeavesTheRimOutWhereTheSurroundingsMixIn)
{
    const Grid grid = downstage_test::grid_about(30.0, 0.8, 1.0);
    const Field share = downstage_test::blurred_in_plane(
        downstage_test::shares_of(grid, downstage_test::ball({}, 10.0)), 0.7);
    Field hu{grid};
    Mask inside{grid};
    for (std::size_t n = 0; n < hu.voxels().size(); ++n) {
        hu.voxels()[n] = 110.0F - 50.0F * share.voxels()[n];
        inside.voxels()[n] = share.voxels()[n] >= 0.5F ? 1 : 0;
    }
    EXPECT_NEAR(attenuation_of(hu, inside).mean_hu, 60.0, 0.5);
    EXPECT_LT(attenuation_of(hu, inside).sd_hu, 2.0);
}

TEST(AttenuationOf, TakesAllOfALesionThatIsNothingButRim)
{
    Field hu{Grid{.size = {5, 5, 5}}, 100.0F};
    Mask inside{hu.grid()};
    hu[{2, 2, 2}] = 40.0F;
    hu[{3, 2, 2}] = 50.0F;
    inside[{2, 2, 2}] = 1;
    inside[{3, 2, 2}] = 1;
    EXPECT_NEAR(attenuation_of(hu, inside).mean_hu, 45.0, 1e-9);
    EXPECT_NEAR(attenuation_of(hu, inside).sd_hu, 5.0, 1e-9);
}

}  // namespace
