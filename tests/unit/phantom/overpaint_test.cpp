#include "downstage/core/error.hpp"
#include "downstage/phantom/noise.hpp"
#include "downstage/phantom/overpaint.hpp"
#include "downstage/phantom/site.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <optional>
#include <vector>

namespace downstage::phantom {
namespace {

const Grid grid{.size = {60, 60, 20}, .spacing_mm = {1.0, 1.0, 3.0}, .origin = {0.0, 0.0, 0.0}, .axes = {}};

Volume noisy_liver(double sd_hu)
{
    Volume image{grid};
    for (std::size_t n = 0; n < image.voxels().size(); ++n)
        image.voxels()[n] =
            static_cast<std::int16_t>(std::lround(100.0 + sd_hu * normal_noise({.seed = 5, .number = 1}, n)));
    return image;
}

Body ball(double radius_mm)
{
    return Ellipsoid{{30.0, 30.0, 29.0}, {radius_mm, radius_mm, radius_mm}, {}};
}

Overpaint dark(const Body& body)
{
    Overpaint lesion{.body = body, .tone = {}};
    lesion.tone.hu = -40.0;
    return lesion;
}

TEST(PaintOver, MakesTheInsideDarkerThanTheLiverAroundAndLeavesTheRestAlone)
{
    Volume image = noisy_liver(0.0);
    const Surroundings around = paint_over(image, Mask{grid, 1}, dark(ball(12.0)));
    EXPECT_EQ(around.liver_hu, 100.0);
    EXPECT_EQ((image[{30, 30, 10}]), 60);
    EXPECT_EQ((image[{30, 30 + 14, 10}]), 100);
}

TEST(PaintOver, KeepsTheNativeNoiseInside)
{
    const Volume before = noisy_liver(10.0);
    Volume after = before;
    paint_over(after, Mask{grid, 1}, dark(ball(12.0)));
    double product = 0.0;
    double of_before = 0.0;
    double of_after = 0.0;
    for (std::int32_t j = 24; j <= 36; ++j)
        for (std::int32_t i = 24; i <= 36; ++i) {
            const double a = before[{i, j, 10}] - 100.0;
            const double b = after[{i, j, 10}] - 60.0;
            product += a * b;
            of_before += a * a;
            of_after += b * b;
        }
    EXPECT_GT(product / std::sqrt(of_before * of_after),
              0.9);  // the smoothed part that goes is 2 % of the power
    EXPECT_NEAR(std::sqrt(of_after / of_before), 1.0, 0.15);
}

TEST(PaintOver, RemovesAVesselInsideTheLesion)
{
    Volume image = noisy_liver(0.0);
    for (std::int32_t k = 0; k < grid.size.k; ++k)
        for (std::int32_t j = 27; j <= 33; ++j)
            for (std::int32_t i = 27; i <= 33; ++i)
                image[{i, j, k}] = 160;
    paint_over(image, Mask{grid, 1}, dark(ball(12.0)));
    EXPECT_NEAR((image[{30, 30, 10}]), 60.0, 5.0);
}

TEST(PaintOver, AveragesOverTheThicknessOfASlice)
{
    Volume image = noisy_liver(0.0);
    // A ball that reaches 1 mm up into the slice whose lower face is at z = 28.5 + 3 k.
    const Body body = Ellipsoid{{30.0, 30.0, 10.0}, {19.5, 19.5, 19.5}, {}};
    paint_over(image, Mask{grid, 1}, dark(body));
    // The slice about z = 30 goes from 28.5 to 31.5; above the ball's pole at 29.5 there is liver.
    EXPECT_NEAR((image[{30, 30, 10}]), 100.0 - 40.0 / 3.0, 40.0 / 4.0);  // four samples through the slice
    EXPECT_EQ((image[{30, 30, 9}]), 60);
}

TEST(PaintOver, RefusesABodyWithoutLiverAround)
{
    Volume image = noisy_liver(0.0);
    EXPECT_THROW(paint_over(image, Mask{grid}, dark(ball(12.0))), Error);
}

TEST(LabelBody, CountsTheVolumeOfABall)
{
    LabelMap labels{grid};
    const std::size_t voxels = label_body(labels, ball(12.0), 3);
    const double truth_mm3 = 4.0 / 3.0 * std::numbers::pi * 1728.0;
    EXPECT_NEAR(static_cast<double>(voxels) * 3.0, truth_mm3, 0.03 * truth_mm3);
    EXPECT_EQ((labels[{30, 30, 10}]), 3);
}

TEST(FindSite, PutsABodyWhollyIntoTheRegionAndAwayFromWhatIsThere)
{
    Mask mask{grid};
    for (std::int32_t k = 3; k < 17; ++k)
        for (std::int32_t j = 10; j < 50; ++j)
            for (std::int32_t i = 5; i < 55; ++i)
                mask[{i, j, k}] = 1;
    const std::vector<Body> there{Ellipsoid{{15.0, 30.0, 30.0}, {8.0, 8.0, 8.0}, {}}};
    const Body body = Ellipsoid{{}, {6.0, 6.0, 6.0}, {}};
    const std::optional<VectorLps> shift =
        find_site(body, region_of(mask), there, {.margin_mm = 2.0, .gap_mm = 3.0}, 7);
    ASSERT_TRUE(shift);
    const PointLps centre = PointLps{} + *shift;
    EXPECT_GT(centre.x_mm, 4.5 + 7.5);  // 6 mm and a margin of 2, less the lattice's own step
    EXPECT_LT(centre.x_mm, 54.5 - 7.5);
    EXPECT_GT(distance_mm(centre, {15.0, 30.0, 30.0}), 8.0 + 6.0 + 2.0);
}

TEST(FindSite, SaysThatThereIsNoRoom)
{
    const Mask mask{grid, 1};
    const Body body = Ellipsoid{{}, {40.0, 40.0, 40.0}, {}};
    EXPECT_FALSE(find_site(body, region_of(mask), {}, {}, 7));
}

TEST(FindSiteBeside, BringsTwoBodiesIntoTouch)
{
    const Mask mask{grid, 1};
    const std::vector<Body> there{Ellipsoid{{30.0, 30.0, 30.0}, {8.0, 8.0, 8.0}, {}}};
    const Body body = Ellipsoid{{}, {6.0, 6.0, 6.0}, {}};
    const std::optional<VectorLps> shift = find_site_beside(body, region_of(mask), there, 3);
    ASSERT_TRUE(shift);
    // Places of a lattice 0.9 mm apart stand for the body: its own surface may go on for as much.
    EXPECT_NEAR(distance_mm(PointLps{} + *shift, {30.0, 30.0, 30.0}), 14.0, 1.2);
}

}  // namespace
}  // namespace downstage::phantom
