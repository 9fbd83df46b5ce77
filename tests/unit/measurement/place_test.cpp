#include "downstage/measurement/place.hpp"

#include "downstage_test/shapes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace {

using downstage::Field;
using downstage::Grid;
using downstage::Mask;
using downstage::PointLps;
using downstage::measurement::distance_to_surface_mm;
using downstage::measurement::LiverShape;
using downstage::measurement::place_in_words;
using downstage::measurement::shape_of_liver;

/// A ball of a liver, 60 mm in radius.
const LiverShape& ball_liver()
{
    static const LiverShape liver = [] {
        const Grid grid = downstage_test::grid_about(130.0, 1.0, 1.0);
        const Field share = downstage_test::shares_of(grid, downstage_test::ball({}, 60.0), 2);
        Mask mask{grid};
        for (std::size_t n = 0; n < mask.voxels().size(); ++n)
            mask.voxels()[n] = share.voxels()[n] >= 0.5F ? 1 : 0;
        return shape_of_liver(mask).value();
    }();
    return liver;
}

std::vector<PointLps> ball_points(const PointLps& centre, double radius_mm)
{
    std::vector<PointLps> points;
    for (int n = 0; n < 2000; ++n) {
        const double height = (n + 0.5) / 1000.0 - 1.0;
        const double across = std::sqrt(1.0 - height * height);
        const double angle = 2.0 * std::numbers::pi * n * std::numbers::phi;
        points.push_back({centre.x_mm + radius_mm * across * std::cos(angle),
                          centre.y_mm + radius_mm * across * std::sin(angle),
                          centre.z_mm + radius_mm * height});
    }
    return points;
}

TEST(DistanceToSurface, IsTheGapBetweenTwoBalls)
{
    for (const double away_mm : {0.0, 20.0, 35.0, 45.0}) {
        const double gap_mm = 60.0 - away_mm - 10.0;
        const auto points = ball_points({0.0, 0.6 * away_mm, 0.8 * away_mm}, 10.0);
        EXPECT_NEAR(distance_to_surface_mm(points, ball_liver()).value(), gap_mm, 1.0);  // one voxel
    }
}

TEST(DistanceToSurface, IsZeroAtTheCapsule)
{
    EXPECT_EQ(distance_to_surface_mm(ball_points({50.0, 0.0, 0.0}, 10.0), ball_liver()).value(), 0.0);
}

TEST(DistanceToSurface, IsEmptyWithoutPoints)
{
    EXPECT_FALSE(distance_to_surface_mm({}, ball_liver()).has_value());
}

TEST(ShapeOfLiver, IsEmptyForAnEmptyMaskAndCountsNoSurfaceAtTheEndOfTheImage)
{
    const Grid grid{.size = {6, 6, 6}};
    EXPECT_FALSE(shape_of_liver(Mask{grid}).has_value());
    EXPECT_FALSE(shape_of_liver(Mask{grid, 1}).has_value());  // all of the image: nobody has seen a surface
}

TEST(ShapeOfLiver, DoesNotCountTheWallOfAVeinThatWasLeftOut)
{
    // A box of 40 voxels across with a vein of 4 x 4 along k in its middle; the walls are at 0.5 and 40.5.
    const Grid grid{.size = {42, 42, 42}};
    Mask liver{grid};
    for (std::int32_t k = 1; k <= 40; ++k)
        for (std::int32_t j = 1; j <= 40; ++j)
            for (std::int32_t i = 1; i <= 40; ++i)
                liver[{i, j, k}] = i >= 19 && i <= 22 && j >= 19 && j <= 22 ? 0 : 1;
    const PointLps beside_the_vein{25.0, 20.5, 20.5};
    const double to_the_nearest_side_mm = 40.5 - 25.0;
    const auto distance_mm =
        distance_to_surface_mm(std::span{&beside_the_vein, 1}, shape_of_liver(liver).value());
    EXPECT_NEAR(distance_mm.value(), to_the_nearest_side_mm, 1.0);  // one voxel
}

TEST(PlaceInWords, NamesSideHeightAndDepthFromThePatientsRight)
{
    EXPECT_EQ(place_in_words({-40.0, 0.0, 40.0}, ball_liver(), 0.0),
              "right part, upper third, at the capsule");
    EXPECT_EQ(place_in_words({40.0, 0.0, -40.0}, ball_liver(), 5.0),
              "left part, lower third, near the capsule");
    EXPECT_EQ(place_in_words({15.0, 0.0, 0.0}, ball_liver(), 30.0), "middle part, middle third, deep");
}

TEST(PlaceInWords, LeavesOutADepthThatIsNotKnown)
{
    EXPECT_EQ(place_in_words({-40.0, 0.0, 40.0}, ball_liver(), std::nullopt), "right part, upper third");
}

}  // namespace
