#include "downstage/phantom/body.hpp"
#include "downstage/phantom/body_truth.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace downstage::phantom {
namespace {

constexpr VectorLps axial{0.0, 0.0, 1.0};

/// A ball of 10 mm in a mould of 1 x 1 x 2 mm.
Cast ball_cast()
{
    Cast cast;
    cast.mould_mm = Field{Grid{
        .size = {31, 31, 17}, .spacing_mm = {1.0, 1.0, 2.0}, .origin = {-15.0, -15.0, -16.0}, .axes = {}}};
    for (std::int32_t k = 0; k < 17; ++k)
        for (std::int32_t j = 0; j < 31; ++j)
            for (std::int32_t i = 0; i < 31; ++i)
                cast.mould_mm[{i, j, k}] = static_cast<float>(
                    10.0 - length_mm(to_lps(cast.mould_mm.grid(), Index{i, j, k}) - PointLps{}));
    return cast;
}

TEST(DepthMm, IsTheDistanceToTheSurfaceOfABall)
{
    const Body ball = Ellipsoid{{1.0, 2.0, 3.0}, {8.0, 8.0, 8.0}, {}};
    EXPECT_NEAR(depth_mm(ball, {1.0, 2.0, 3.0}), 8.0, 1e-9);
    EXPECT_NEAR(depth_mm(ball, {1.0, 7.0, 3.0}), 3.0, 1e-9);
    EXPECT_NEAR(depth_mm(ball, {1.0, 2.0, 15.0}), -4.0, 1e-9);
}

TEST(DepthMm, OfACastFollowsItsPlaceTurnAndScale)
{
    Cast cast = ball_cast();
    cast.mould_mm.voxels()[0] = -20.0F;
    cast.centre = {100.0, -50.0, 20.0};
    cast.axes = turned_axes(0.0, 0.0, 30.0);
    cast.scale = 2.0;
    EXPECT_NEAR(depth_mm(cast, {100.0, -50.0, 20.0}), 20.0, 1e-6);
    EXPECT_NEAR(depth_mm(cast, {100.0, -50.0, 40.0}), 0.0, 0.1);  // samples every 4 mm
    EXPECT_LE(depth_mm(cast, {100.0, -110.0, 20.0}), -40.0);      // beyond the mould: no nearer than it is
}

TEST(TruthOf, MeasuresACastBallAsTheFormulaDoes)
{
    const ShapeTruth truth = truth_of(Body{ball_cast()}, axial);
    // 121 places over 24 mm; between samples 2 mm apart a linear surface cuts the ball's corners by
    // 2^2 / (8 x 10) = 0.05 mm.
    EXPECT_NEAR(truth.long_axis_mm, 20.0, 0.15);
    EXPECT_NEAR(truth.short_axis_mm, 20.0, 0.2);
    EXPECT_NEAR(truth.max_3d_mm, 20.0, 0.15);
    const double volume_ml = 4.0 / 3.0 * std::numbers::pi;
    EXPECT_NEAR(truth.volume_ml, volume_ml, 0.02 * volume_ml);
}

TEST(TruthOf, TakesTheLongAxisOfTwoLobesAcrossBothOfThem)
{
    const Body pair = Lobes{.balls = {{{-6.0, 0.0, 0.0}, 8.0}, {{6.0, 0.0, 0.0}, 8.0}}, .melt_mm = 0.01};
    const ShapeTruth truth = truth_of(pair, axial);
    EXPECT_NEAR(truth.long_axis_mm, 28.0, 0.15);   // 8 + 12 + 8
    EXPECT_NEAR(truth.short_axis_mm, 16.0, 0.15);  // across one of them
}

TEST(Lobed, StaysAboutWithinItsRadiusAndReachesIt)
{
    for (const std::uint64_t seed : {1U, 2U}) {
        const Body body = lobed(20.0, 4, seed);
        const double across_mm = truth_of(body, axial).max_3d_mm;
        EXPECT_GT(across_mm, 0.8 * 40.0) << seed;   // a lobe's tip to the other side of the core, 1.68 radii
        EXPECT_LT(across_mm, 1.08 * 40.0) << seed;  // melting adds up to 0.05 ln 5 = 8 %
    }
}

TEST(Shifted, MovesEveryKindOfBody)
{
    const VectorLps by{3.0, -2.0, 5.0};
    for (const Body& body : {Body{Ellipsoid{{}, {4.0, 5.0, 6.0}, {}}},
                             Body{CappedCylinder{.half_length_mm = 4.0, .radius_mm = 3.0}},
                             Body{lobed(10.0, 3, 1)},
                             Body{ball_cast()}}) {
        const PointLps place{2.0, 1.0, -1.0};
        EXPECT_NEAR(depth_mm(shifted(body, by), place + by), depth_mm(body, place), 1e-9) << body.index();
        EXPECT_NEAR(distance_mm(around(shifted(body, by)).centre, around(body).centre), length_mm(by), 1e-9);
    }
}

}  // namespace
}  // namespace downstage::phantom
