#include "../../../modules/segmentation/src/candidates.hpp"
#include "../../../modules/segmentation/src/features_score.hpp"
#include "../../../modules/segmentation/src/features_shape.hpp"
#include "downstage_test/painted_ct.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace downstage::segmentation {
namespace {

using downstage_test::drawn;
using downstage_test::inside_ball;
using downstage_test::inside_ellipsoid;
using downstage_test::inside_tube;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Grid grid = downstage_test::centred_grid({61, 61, 61}, {1.0, 1.0, 1.0});

/// A lesion of 20 mm without a fault.
const Features plain{.volume_ml = 4.2,
                     .slice_radius_mm = 10.0,
                     .slice_diameter_mm = 20.0,
                     .roundness = 0.95,
                     .compactness = 0.97,
                     .elongation = 1.0,
                     .surface_share = 0.0,
                     .shallow_share = 0.0,
                     .darkness_hu = 45.0,
                     .contrast = 7.5,
                     .separation = 0.95,
                     .median_hu = 60.0,
                     .sd_hu = 10.0,
                     .dark_tail_hu = 40.0};

TEST(LevelsHu, BeginAtTwiceTheNoiseButNotBelowElevenHu)
{
    EXPECT_EQ(levels_hu(10.0).front(), 20.0);
    EXPECT_EQ(levels_hu(2.0).front(), 11.0);
}

TEST(LevelsHu, EndAt140Hu)
{
    EXPECT_LE(levels_hu(30.0).back(), 140.0);
    EXPECT_THAT(levels_hu(80.0), IsEmpty());
}

TEST(LargestSliceShape, OfABallIsADisc)
{
    const SliceShape shape = largest_slice_shape(drawn(grid, inside_ball({}, 15.0)));
    EXPECT_NEAR(shape.diameter_mm, 30.0, 1.0);  // a pixel
    EXPECT_NEAR(shape.radius_mm, 15.0, 1.0);
    EXPECT_NEAR(shape.roundness, 1.0, 2.0 / 30.0);  // the same pixel, squared
    EXPECT_NEAR(shape.compactness, 1.0, 0.05);
}

TEST(LargestSliceShape, OfAnEllipseHasTheRoundnessOfItsAxes)
{
    // Area over that of the disc of its long axis: short over long axis.
    const SliceShape shape = largest_slice_shape(drawn(grid, inside_ellipsoid({24.0, 12.0, 10.0})));
    EXPECT_NEAR(shape.roundness, 0.5, 0.03);
}

TEST(LargestSliceShape, OfNothingIsNothing)
{
    EXPECT_EQ(largest_slice_shape(Mask{grid}).diameter_mm, 0.0);
}

TEST(Elongation, IsTheRatioOfTheTwoLongestAxes)
{
    EXPECT_NEAR(elongation(drawn(grid, inside_ellipsoid({24.0, 12.0, 6.0}))), 2.0, 0.05);
    EXPECT_NEAR(elongation(drawn(grid, inside_ball({}, 15.0))), 1.0, 0.02);
}

TEST(Elongation, OfAnObliqueTubeIsThatOfAStraightOne)
{
    const double straight = elongation(drawn(grid, inside_tube({-24.0, 0.0, 0.0}, {24.0, 0.0, 0.0}, 4.0)));
    const double oblique =
        elongation(drawn(grid, inside_tube({-14.0, -14.0, -14.0}, {14.0, 14.0, 14.0}, 4.0)));
    // The tubes are 48.0 and 48.5 mm long; voxels make 3 % of the radius.
    EXPECT_NEAR(oblique, straight, 0.04 * straight);
}

TEST(RejectionOf, KeepsALesionWithoutAFault)
{
    EXPECT_EQ(rejection_of(plain, 10.0), std::nullopt);
    EXPECT_EQ(score_of(plain), 1.0);
}

TEST(RejectionOf, NamesTheFault)
{
    const auto with = [](double Features::* property, double value) {
        Features features = plain;
        features.slice_radius_mm = 5.0;
        features.*property = value;
        return rejection_of(features, 10.0);
    };
    EXPECT_EQ(with(&Features::median_hu, -20.0), Rejection::fat);
    EXPECT_EQ(with(&Features::dark_tail_hu, -5.0), Rejection::fat);
    EXPECT_EQ(with(&Features::slice_radius_mm, 2.0), Rejection::too_small);
    EXPECT_EQ(with(&Features::shallow_share, 0.8), Rejection::rind);
    EXPECT_EQ(with(&Features::surface_share, 0.6), Rejection::rind);
    EXPECT_EQ(with(&Features::elongation, 3.0), Rejection::vessel);
    EXPECT_EQ(with(&Features::roundness, 0.35), Rejection::vessel);
    EXPECT_EQ(with(&Features::compactness, 0.5), Rejection::vessel);
    EXPECT_EQ(with(&Features::separation, 0.4), Rejection::diffuse);
    EXPECT_EQ(with(&Features::slice_diameter_mm, 4.5), Rejection::too_short);
}

TEST(RejectionOf, DoesNotTakeTheNoiseOfACystForFat)
{
    Features cyst = plain;
    cyst.median_hu = 6.0;
    cyst.dark_tail_hu = -10.0;
    EXPECT_TRUE(is_fluid(cyst, 10.0));
    EXPECT_EQ(rejection_of(cyst, 10.0), std::nullopt);
}

TEST(RejectionOf, TakesFluidAtTheSurfaceForTheGallbladder)
{
    Features gallbladder = plain;
    gallbladder.median_hu = 12.0;
    gallbladder.volume_ml = 20.0;
    gallbladder.surface_share = 0.35;
    EXPECT_EQ(rejection_of(gallbladder, 10.0), Rejection::gallbladder);
}

TEST(WeakestPoint, NamesThePropertyThatLowersTheScoreMost)
{
    const auto with = [](double Features::* property, double value) {
        Features features = plain;
        features.*property = value;
        return weakest_point(features);
    };
    EXPECT_THAT(with(&Features::contrast, 2.0), HasSubstr("45 HU darker"));
    EXPECT_THAT(with(&Features::slice_radius_mm, 3.0), HasSubstr("small: 20 mm across"));
    EXPECT_THAT(with(&Features::roundness, 0.4), HasSubstr("40 % of the disc"));
    EXPECT_THAT(with(&Features::surface_share, 0.45), HasSubstr("45 % of its outline"));
    EXPECT_THAT(with(&Features::separation, 0.55), HasSubstr("45 % of its darkness"));
    EXPECT_THAT(with(&Features::sd_hu, 25.0), HasSubstr("uneven (sd 25 HU)"));
}

}  // namespace
}  // namespace downstage::segmentation
