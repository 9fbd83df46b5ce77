#include "downstage/measurement/lesion.hpp"

#include "downstage_test/shapes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace {

using downstage::LesionMeasurement;
using downstage::PointLps;
using downstage_test::Shape;
namespace measurement = downstage::measurement;

/// Two balls of one radius whose centres lie `apart_mm` apart along a level line: a tumour with two lobes.
/// Long axis: apart + 2 radii. Short axis: 2 radii, across a lobe. Volume: two balls less the lens they
/// share.
Shape two_lobes(double radius_mm, double apart_mm, double turned_rad)
{
    const PointLps a{0.5 * apart_mm * std::cos(turned_rad), 0.5 * apart_mm * std::sin(turned_rad), 0.0};
    const PointLps b{-a.x_mm, -a.y_mm, 0.0};
    const double ball_mm3 = 4.0 / 3.0 * std::numbers::pi * std::pow(radius_mm, 3);
    const double gap_mm = 2.0 * radius_mm - apart_mm;
    const double lens_mm3 = std::numbers::pi / 12.0 * (4.0 * radius_mm + apart_mm) * gap_mm * gap_mm;
    return {.depth_mm =
                [=](const PointLps& p) { return radius_mm - std::min(distance_mm(p, a), distance_mm(p, b)); },
            .volume_mm3 = 2.0 * ball_mm3 - lens_mm3};
}

LesionMeasurement drawn_in_slices_of(double slice_mm, const Shape& shape)
{
    const auto grid = downstage_test::grid_about(70.0, 0.8, slice_mm);
    const auto share = downstage_test::shares_of(grid, shape, 3);
    auto found = downstage_test::found_in_liver(share);
    found.mask_is_truth = true;
    return measurement::measure_lesion(downstage_test::image_of(share, {}), found, 1);
}

class LobedTumour : public testing::TestWithParam<double> {};

TEST_P(LobedTumour, HasItsAxesAndItsVolumeInSlicesOfAnyThickness)
{
    constexpr double radius_mm = 14.0;
    constexpr double apart_mm = 16.0;
    const Shape shape = two_lobes(radius_mm, apart_mm, 0.6);
    const LesionMeasurement found = drawn_in_slices_of(GetParam(), shape);
    // The grid's middle slice may lie half a slice off the lobes' equator, whose chord is then shorter; and a
    // drawn mask is known to about half a pixel at either end.
    const double off_mm = 0.5 * GetParam();
    const double shorter_mm = 2.0 * (radius_mm - std::sqrt(radius_mm * radius_mm - off_mm * off_mm));
    EXPECT_NEAR(found.long_axis.length_mm, apart_mm + 2.0 * radius_mm, 0.8 + shorter_mm);
    EXPECT_NEAR(found.short_axis.length_mm, 2.0 * radius_mm, 0.8 + shorter_mm);
    // A slice more or less at either pole, of which half is counted: 3 % of this tumour at 5 mm.
    EXPECT_NEAR(found.volume.ml * 1000.0 / shape.volume_mm3, 1.0, 0.01 + 0.006 * GetParam());
}

INSTANTIATE_TEST_SUITE_P(OneToFiveMillimetres, LobedTumour, testing::Values(1.0, 2.0, 3.0, 4.0, 5.0));

}  // namespace
