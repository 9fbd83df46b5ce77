#include "downstage/report/view.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>

namespace downstage::report {
namespace {

constexpr double rounding_mm = 1e-9;  // a few sums of doubles near 100 mm

void expect_near(const PointLps& found, const PointLps& wanted)
{
    EXPECT_NEAR(found.x_mm, wanted.x_mm, rounding_mm);
    EXPECT_NEAR(found.y_mm, wanted.y_mm, rounding_mm);
    EXPECT_NEAR(found.z_mm, wanted.z_mm, rounding_mm);
}

/// An axial grid whose voxel axes may run either way along any patient axis.
Grid grid_with(const Axes& axes)
{
    return {.size = {64, 64, 16}, .spacing_mm = {0.7, 0.9, 2.5}, .origin = {-20.0, 5.0, 40.0}, .axes = axes};
}

TEST(View, ShowsItsCentreInTheMiddle)
{
    const View view = plane_view(Plane::axial, {10.0, 20.0, 30.0}, {.extent_mm = 100.0, .pixels = 480});
    EXPECT_EQ(to_pixel(view, {10.0, 20.0, 30.0}), (PixelPlace{239.5, 239.5}));
}

TEST(View, ShowsAsManyPixelsAsItsExtentHolds)
{
    const View view = plane_view(Plane::axial, {0.0, 0.0, 0.0}, {.extent_mm = 120.0, .pixels = 480});
    const PixelPlace right = to_pixel(view, {10.0, 0.0, 0.0});
    EXPECT_NEAR(right.x - 239.5, 40.0, rounding_mm);  // 10 mm at 120/480 mm a pixel
    EXPECT_NEAR(right.y, 239.5, rounding_mm);
}

TEST(View, PutsPatientLeftOnTheRightAndTheBackBelowInAnAxialPicture)
{
    const View view = plane_view(Plane::axial, {0.0, 0.0, 0.0}, {.extent_mm = 100.0, .pixels = 100});
    EXPECT_GT(to_pixel(view, {10.0, 0.0, 0.0}).x, to_pixel(view, {-10.0, 0.0, 0.0}).x);
    EXPECT_GT(to_pixel(view, {0.0, 10.0, 0.0}).y, to_pixel(view, {0.0, -10.0, 0.0}).y);
}

TEST(View, PutsTheHeadAboveInCoronalAndSagittalPictures)
{
    for (const Plane plane : {Plane::coronal, Plane::sagittal}) {
        const View view = plane_view(plane, {0.0, 0.0, 0.0}, {.extent_mm = 100.0, .pixels = 100});
        EXPECT_LT(to_pixel(view, {0.0, 0.0, 10.0}).y, to_pixel(view, {0.0, 0.0, -10.0}).y);
    }
}

TEST(View, AnswersThePlaceThatAPixelShows)
{
    const View view = plane_view(Plane::sagittal, {3.0, -4.0, 50.0}, {.extent_mm = 110.0, .pixels = 480});
    const PointLps seen{3.0, 21.5, 38.25};  // in the plane x = 3
    expect_near(to_lps(view, to_pixel(view, seen)), seen);
}

TEST(SliceView, HangsAnAxialSliceTheSameWayWhicheverWayItsVoxelAxesRun)
{
    const VectorLps x{1.0, 0.0, 0.0};
    const VectorLps y{0.0, 1.0, 0.0};
    const VectorLps z{0.0, 0.0, 1.0};
    const PointLps centre{1.0, 2.0, 3.0};
    for (const double sx : {-1.0, 1.0})
        for (const double sy : {-1.0, 1.0})
            for (const double sz : {-1.0, 1.0})
                for (const Axes& axes : {Axes{sx * x, sy * y, sz * z}, Axes{sy * y, sx * x, sz * z}}) {
                    const View view =
                        slice_view(grid_with(axes), centre, {.extent_mm = 100.0, .pixels = 100});
                    EXPECT_EQ(view.right, x);
                    EXPECT_EQ(view.down, y);
                }
}

TEST(SliceView, HangsCoronalAndSagittalSlicesWithTheFeetBelow)
{
    const VectorLps head{0.0, 0.0, 1.0};
    const View coronal = slice_view(
        grid_with({{-1.0, 0.0, 0.0}, head, {0.0, 1.0, 0.0}}), {}, {.extent_mm = 100.0, .pixels = 100});
    EXPECT_EQ(coronal.right, (VectorLps{1.0, 0.0, 0.0}));
    EXPECT_EQ(coronal.down, -1.0 * head);
    const View sagittal = slice_view(
        grid_with({head, {0.0, -1.0, 0.0}, {1.0, 0.0, 0.0}}), {}, {.extent_mm = 100.0, .pixels = 100});
    EXPECT_EQ(sagittal.right, (VectorLps{0.0, 1.0, 0.0}));
    EXPECT_EQ(sagittal.down, -1.0 * head);
}

TEST(SliceView, StaysInThePlaneOfAnObliqueSlice)
{
    const double turn = 20.0 * std::numbers::pi / 180.0;
    const Axes oblique{
        {1.0, 0.0, 0.0}, {0.0, std::cos(turn), std::sin(turn)}, {0.0, -std::sin(turn), std::cos(turn)}};
    const View view = slice_view(grid_with(oblique), {}, {.extent_mm = 100.0, .pixels = 100});
    EXPECT_EQ(view.right, oblique.i);
    EXPECT_EQ(view.down, oblique.j);
}

TEST(SliceView, KeepsPixelsSquareOnAGridThatIsNot)
{
    const View view = slice_view(grid_with({}), {0.0, 0.0, 0.0}, {.extent_mm = 100.0, .pixels = 100});
    const PixelPlace middle = to_pixel(view, {0.0, 0.0, 0.0});
    EXPECT_NEAR(to_pixel(view, {7.0, 0.0, 0.0}).x - middle.x,
                to_pixel(view, {0.0, 7.0, 0.0}).y - middle.y,
                rounding_mm);
}

TEST(SideLetter, NamesTheSideThatADirectionPointsTo)
{
    EXPECT_EQ(side_letter({1.0, 0.0, 0.0}), 'L');
    EXPECT_EQ(side_letter({-1.0, 0.0, 0.0}), 'R');
    EXPECT_EQ(side_letter({0.0, 1.0, 0.0}), 'P');
    EXPECT_EQ(side_letter({0.0, -1.0, 0.0}), 'A');
    EXPECT_EQ(side_letter({0.0, 0.3, 0.9}), 'H');
    EXPECT_EQ(side_letter({0.0, 0.3, -0.9}), 'F');
}

TEST(ExtentAround, LiesBetween100And140MmForUsualLesions)
{
    EXPECT_DOUBLE_EQ(extent_around(8.0), 100.0);
    EXPECT_DOUBLE_EQ(extent_around(48.0), 120.0);
    EXPECT_DOUBLE_EQ(extent_around(90.0), 140.0);
}

TEST(ExtentAround, AlwaysHoldsTheWholeLesion)
{
    EXPECT_GT(extent_around(180.0), 180.0);
}

}  // namespace
}  // namespace downstage::report
