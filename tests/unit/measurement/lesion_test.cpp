#include "downstage/measurement/lesion.hpp"

#include "downstage_test/random_lesion.hpp"
#include "downstage_test/shapes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <numbers>
#include <vector>

namespace {

using downstage::Field;
using downstage::Grid;
using downstage::Index;
using downstage::LesionMeasurement;
using downstage::PointLps;
using downstage::Segmented;
using downstage::Volume;
using downstage_test::ball;
using downstage_test::blurred_in_plane;
using downstage_test::capped_cylinder;
using downstage_test::Ellipsoid;
using downstage_test::found_in_liver;
using downstage_test::grid_about;
using downstage_test::image_of;
using downstage_test::section_through_centre;
using downstage_test::Shape;
using downstage_test::shape_of;
using downstage_test::shares_of;
using downstage_test::Tissue;
using downstage_test::turned;
using testing::HasSubstr;
namespace measurement = downstage::measurement;

// What the issue asks of noise-free phantoms with 0.8 mm pixels and 1 mm slices.
constexpr double pixel_mm = 0.8;
constexpr double length_tolerance_mm = 0.4;
constexpr double volume_tolerance = 0.02;

// Liver around a lesion, so that the shell its surroundings are read in is not cut.
constexpr double around_mm = 24.0;

LesionMeasurement measured(const Field& share, const Tissue& tissue = {})
{
    return measurement::measure_lesion(image_of(share, tissue), found_in_liver(share), 1);
}

LesionMeasurement measured(const Shape& shape, double side_mm)
{
    return measured(shares_of(grid_about(side_mm + around_mm, pixel_mm, 1.0), shape));
}

double share_off(const LesionMeasurement& found, const Shape& truth)
{
    return found.volume.ml * 1000.0 / truth.volume_mm3 - 1.0;
}

TEST(MeasureLesion, OfABallIsWithinTheStatedErrorFromTenMillimetresUp)
{
    for (const double diameter_mm : {10.0, 14.0, 25.0, 40.0})
        for (const double shift_mm : {0.0, 0.23, 0.4}) {
            const PointLps centre{shift_mm, 0.6 * shift_mm, 0.9 * shift_mm};
            const Shape truth = ball(centre, 0.5 * diameter_mm);
            const LesionMeasurement found = measured(truth, diameter_mm);
            EXPECT_NEAR(found.long_axis.length_mm, diameter_mm, length_tolerance_mm);
            EXPECT_NEAR(found.short_axis.length_mm, diameter_mm, length_tolerance_mm);
            EXPECT_NEAR(found.max_3d.length_mm, diameter_mm, length_tolerance_mm);
            EXPECT_NEAR(share_off(found, truth), 0.0, volume_tolerance);
            EXPECT_NEAR(distance_mm(found.centroid, centre), 0.0, 0.1);
        }
}

TEST(MeasureLesion, OfABallStaysWithinTheStatedErrorUnderTheBlurOfABodyKernel)
{
    const Shape truth = ball({0.2, 0.1, 0.3}, 7.0);
    const Field sharp = shares_of(grid_about(14.0 + around_mm, pixel_mm, 1.0), truth);
    const LesionMeasurement found = measured(blurred_in_plane(sharp, 0.7));
    EXPECT_NEAR(found.long_axis.length_mm, 14.0, length_tolerance_mm);
    EXPECT_NEAR(share_off(found, truth), 0.0, volume_tolerance);
    // 0.7 mm in the plane and none across it, plus the voxel's own width: between the two.
    EXPECT_GT(found.boundary_blur_mm, 0.4);
    EXPECT_LT(found.boundary_blur_mm, 0.9);
}

TEST(MeasureLesion, OfAnEllipsoidAtAnyAngleIsWithinTheStatedError)
{
    for (const double around : {0.3, 1.2, 2.6})
        for (const double tilt : {0.0, 0.5, 1.3}) {
            const Ellipsoid body{
                .centre = {0.3, -0.2, 0.1}, .half_mm = {13.0, 9.0, 7.0}, .frame = turned(around, tilt)};
            const Shape truth = shape_of(body);
            const LesionMeasurement found = measured(truth, 26.0);
            const auto section = section_through_centre(body, {1.0, 0.0, 0.0}, {0.0, 1.0, 0.0});
            EXPECT_NEAR(found.long_axis.length_mm, section.long_mm, length_tolerance_mm);
            EXPECT_NEAR(found.short_axis.length_mm, section.short_mm, length_tolerance_mm);
            EXPECT_NEAR(found.max_3d.length_mm, 26.0, length_tolerance_mm);
            EXPECT_NEAR(share_off(found, truth), 0.0, volume_tolerance);
        }
}

TEST(MeasureLesion, OfACylinderWithRoundCapsIsWithinTheStatedErrorAtAnyAngleInTheSlice)
{
    for (int n = 0; n < 6; ++n) {
        const double angle = n * std::numbers::pi / 6.0 + 0.1;
        const Shape truth =
            capped_cylinder({0.1, 0.3, 0.2}, {std::cos(angle), std::sin(angle), 0.0}, 18.0, 6.0);
        const LesionMeasurement found = measured(truth, 30.0);
        EXPECT_NEAR(found.long_axis.length_mm, 30.0, length_tolerance_mm);
        EXPECT_NEAR(found.short_axis.length_mm, 12.0, length_tolerance_mm);
        EXPECT_NEAR(share_off(found, truth), 0.0, volume_tolerance);
        const auto along = found.long_axis.ends[1] - found.long_axis.ends[0];
        const double cosine =
            (along.x_mm * std::cos(angle) + along.y_mm * std::sin(angle)) / found.long_axis.length_mm;
        EXPECT_GT(std::abs(cosine), 0.99);
    }
}

TEST(MeasureLesion, FindsTheLongestDiameterInAnyPlaneThatNoSliceShows)
{
    const Shape truth = capped_cylinder({}, downstage_test::unit({0.3, 0.2, 1.0}), 18.0, 6.0);
    const LesionMeasurement found = measured(truth, 30.0);
    EXPECT_NEAR(found.max_3d.length_mm, 30.0, length_tolerance_mm);
    EXPECT_LT(found.long_axis.length_mm, 16.0);
}

TEST(MeasureLesion, NeverFindsTheLongestOfAllShorterOrThePerpendicularLongerThanTheLongAxis)
{
    // Thick slices and noise, where each length is corrected by another amount.
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        const auto lesion = downstage_test::random_lesion(seed, {});
        const LesionMeasurement found = measurement::measure_lesion(lesion.image, lesion.found, 1);
        EXPECT_GE(found.max_3d.length_mm, found.long_axis.length_mm) << "seed " << seed;
        EXPECT_LE(found.short_axis.length_mm, found.long_axis.length_mm) << "seed " << seed;
        EXPECT_NEAR(distance_mm(found.short_axis.ends[0], found.short_axis.ends[1]),
                    found.short_axis.length_mm,
                    1e-6);
    }
}

TEST(MeasureLesion, OfARingCountsItsHoleInTheDiameterButNotInTheVolume)
{
    const Shape truth = downstage_test::torus({0.2, 0.1, 0.1}, {0.0, 0.0, 1.0}, 12.0, 5.0);
    const LesionMeasurement found = measured(truth, 34.0);
    EXPECT_NEAR(found.long_axis.length_mm, 34.0, length_tolerance_mm);
    EXPECT_NEAR(share_off(found, truth), 0.0, volume_tolerance);
}

TEST(MeasureLesion, MeasuresBrightAndDarkLesionsAlike)
{
    const Field share = shares_of(grid_about(20.0 + around_mm, pixel_mm, 1.0), ball({}, 10.0));
    const LesionMeasurement dark = measured(share, {.lesion_hu = 60.0, .liver_hu = 110.0});
    const LesionMeasurement bright = measured(share, {.lesion_hu = 160.0, .liver_hu = 110.0});
    EXPECT_NEAR(dark.long_axis.length_mm, bright.long_axis.length_mm, 0.05);  // HU are whole numbers
    EXPECT_NEAR(dark.volume.ml, bright.volume.ml, 0.005 * dark.volume.ml);
    EXPECT_NEAR(dark.attenuation.mean_hu, 60.0, 0.5);
    EXPECT_NEAR(bright.attenuation.mean_hu, 160.0, 0.5);
}

TEST(MeasureLesion, EndsLieOnTheNamedSliceAndSpanTheLength)
{
    const Grid grid = grid_about(30.0 + around_mm, pixel_mm, 2.0);
    const Field share = shares_of(grid, ball({1.0, 2.0, 3.0}, 12.0));
    const LesionMeasurement found = measured(share);
    for (const PointLps& end : found.long_axis.ends)
        EXPECT_NEAR(to_voxel(grid, end).k, static_cast<double>(found.slice_k), 1e-6);
    EXPECT_NEAR(
        distance_mm(found.long_axis.ends[0], found.long_axis.ends[1]), found.long_axis.length_mm, 1e-9);
    EXPECT_NEAR(distance_mm(found.max_3d.ends[0], found.max_3d.ends[1]), found.max_3d.length_mm, 1e-9);
    const auto long_way = found.long_axis.ends[1] - found.long_axis.ends[0];
    const auto short_way = found.short_axis.ends[1] - found.short_axis.ends[0];
    EXPECT_NEAR(dot(long_way, short_way), 0.0, 1e-6);
}

TEST(MeasureLesion, MeasuresInThePatientOnAnObliqueGridWithOblongPixels)
{
    Grid grid = grid_about(26.0 + around_mm, 0.7, 1.2);
    grid.spacing_mm.j = 1.0;
    const auto frame = turned(0.4, 0.7);
    grid.axes = {.i = frame.a, .j = frame.b, .k = (-1.0) * frame.c};  // left-handed, as some exports are
    const PointLps middle = to_lps(grid, Index{grid.size.i / 2, grid.size.j / 2, grid.size.k / 2});
    const Ellipsoid body{.centre = middle, .half_mm = {13.0, 9.0, 7.0}, .frame = turned(1.0, 0.3)};
    const Field share = shares_of(grid, shape_of(body));
    const LesionMeasurement found = measured(share);
    const auto section = section_through_centre(body, grid.axes.i, grid.axes.j);
    EXPECT_NEAR(found.long_axis.length_mm, section.long_mm, length_tolerance_mm);
    EXPECT_NEAR(found.short_axis.length_mm, section.short_mm, length_tolerance_mm);
    EXPECT_NEAR(found.max_3d.length_mm, 26.0, length_tolerance_mm);
    EXPECT_NEAR(distance_mm(found.centroid, middle), 0.0, 0.1);
}

TEST(MeasureLesion, HardlyDependsOnALabelThatIsAVoxelTooSmallOrTooLarge)
{
    const Grid grid = grid_about(24.0 + around_mm, pixel_mm, 1.5);
    const Shape truth = ball({0.2, 0.3, 0.1}, 12.0);
    const Field share = blurred_in_plane(shares_of(grid, truth), 0.6);
    const Volume image = image_of(share, {.noise_hu = 8.0, .noise_grain_mm = 0.5, .seed = 4});
    std::vector<LesionMeasurement> all;
    for (const double radius_mm : {10.8, 12.0, 13.2})
        all.push_back(measurement::measure_lesion(
            image, found_in_liver(shares_of(grid, ball({0.2, 0.3, 0.1}, radius_mm))), 1));
    for (const LesionMeasurement& one : all) {
        EXPECT_NEAR(one.long_axis.length_mm, all[1].long_axis.length_mm, 0.3);  // the label changes by 2.4 mm
        EXPECT_NEAR(one.volume.ml, all[1].volume.ml, 0.02 * all[1].volume.ml);  // the label changes by 30 %
    }
}

TEST(MeasureLesion, DoesNotSwallowANeighbouringLesion)
{
    const Grid grid = grid_about(44.0 + around_mm, pixel_mm, 1.0);
    const Shape left = ball({-9.0, 0.0, 0.0}, 8.0);
    const Shape right = ball({9.0, 0.0, 0.0}, 8.0);  // 2 mm of liver between them
    const Field left_share = shares_of(grid, left);
    const Field right_share = shares_of(grid, right);
    Field both{grid};
    for (std::size_t n = 0; n < both.voxels().size(); ++n)
        both.voxels()[n] = left_share.voxels()[n] + right_share.voxels()[n];
    Segmented found = found_in_liver(left_share);
    for (std::size_t n = 0; n < both.voxels().size(); ++n)
        if (right_share.voxels()[n] >= 0.5F) found.lesions.voxels()[n] = 2;
    const LesionMeasurement one = measurement::measure_lesion(image_of(both, {}), found, 1);
    EXPECT_NEAR(one.long_axis.length_mm, 16.0, length_tolerance_mm);
    EXPECT_NEAR(share_off(one, left), 0.0, volume_tolerance);
}

TEST(MeasureLesion, AtTheCapsuleIsBoundedByTheLiver)
{
    const Grid grid = grid_about(20.0 + around_mm, pixel_mm, 1.0);
    const Field share = shares_of(grid, ball({}, 10.0));
    Volume image = image_of(share, {});
    Segmented found = found_in_liver(share);
    // The lesion is cut by a plane through its middle; beyond is muscle as dark as the lesion, then fat.
    for (std::int32_t k = 0; k < grid.size.k; ++k)
        for (std::int32_t j = 0; j < grid.size.j; ++j)
            for (std::int32_t i = 0; i < grid.size.i; ++i)
                if (to_lps(grid, Index{i, j, k}).x_mm > 0.0) {
                    image[{i, j, k}] = 60;
                    found.liver[{i, j, k}] = 0;
                    found.lesions[{i, j, k}] = 0;
                }
    const LesionMeasurement one = measurement::measure_lesion(image, found, 1);
    const double half_ball_ml = 2.0 / 3.0 * std::numbers::pi * 1.0;
    EXPECT_NEAR(one.long_axis.length_mm, 20.0, 0.5 * pixel_mm + length_tolerance_mm);
    EXPECT_NEAR(one.volume.ml, half_ball_ml, 0.05 * half_ball_ml);  // the plane lies between voxel centres
    EXPECT_EQ(one.distance_to_liver_surface_mm.value(), 0.0);
    EXPECT_THAT(one.place, HasSubstr("at the capsule"));
}

TEST(MeasureLesion, TakesADrawnMaskAtItsWordWhateverTheImageShows)
{
    const Grid grid = grid_about(10.0, 1.0, 2.0);
    Volume image{grid, 100};  // nothing to be seen
    Segmented found{.liver = {}, .lesions = downstage::LabelMap{grid}, .mask_is_truth = true};
    for (std::int32_t k = 2; k <= 3; ++k)
        for (std::int32_t j = 3; j <= 5; ++j)
            for (std::int32_t i = 2; i <= 6; ++i)
                found.lesions[{i, j, k}] = 3;
    const LesionMeasurement one = measurement::measure_lesion(image, found, 3);
    // Boundaries lie half way between voxel centres, so five columns are 5 mm wide, and three rows 3 mm high.
    EXPECT_NEAR(one.long_axis.length_mm, std::hypot(5.0, 2.0), 1e-9);  // corners of the drawn staircase
    EXPECT_NEAR(one.volume.ml * 1000.0, 5.0 * 3.0 * 4.0, 1e-6);
    EXPECT_FALSE(one.distance_to_liver_surface_mm.has_value());
    EXPECT_EQ(one.place, "");
}

TEST(MeasureLesion, KeepsTheLabelAndWidensTheIntervalWhereContrastIsLostInNoise)
{
    const Field share = shares_of(grid_about(20.0 + around_mm, pixel_mm, 1.0), ball({}, 10.0));
    const LesionMeasurement clear = measured(share, {.lesion_hu = 60.0, .noise_hu = 15.0});
    const LesionMeasurement lost = measured(share, {.lesion_hu = 108.0, .noise_hu = 15.0});
    EXPECT_NEAR(lost.long_axis.length_mm, 20.0, 2.0 * pixel_mm);
    const auto width = [](const downstage::Interval95& ci) { return ci.high - ci.low; };
    EXPECT_GT(width(lost.long_axis.ci95_mm), 1.5 * width(clear.long_axis.ci95_mm));
    EXPECT_GT(width(lost.volume.ci95_ml), 1.5 * width(clear.volume.ci95_ml));
}

TEST(MeasureLesion, DoesNotMakeHolesOfAGasBubbleOrASofterCore)
{
    const Grid grid = grid_about(24.0 + around_mm, pixel_mm, 1.0);
    const Shape truth = ball({}, 12.0);
    const Field share = shares_of(grid, truth);
    Volume image = image_of(share, {});
    const Field core = shares_of(grid, ball({}, 5.0));
    for (std::size_t n = 0; n < image.voxels().size(); ++n)
        if (core.voxels()[n] > 0.5F) image.voxels()[n] = 300;  // brighter than the liver, in a dark lesion
    const LesionMeasurement one = measurement::measure_lesion(image, found_in_liver(share), 1);
    EXPECT_NEAR(share_off(one, truth), 0.0, volume_tolerance);
    EXPECT_NEAR(one.long_axis.length_mm, 24.0, length_tolerance_mm);
}

TEST(MeasureLesion, SaysThatViableTumourIsNotMeasuredAndWhy)
{
    const LesionMeasurement one = measured(ball({}, 6.0), 12.0);
    EXPECT_FALSE(one.viable_diameter_mm.has_value());
    EXPECT_THAT(one.viable_reason, HasSubstr("arterial phase"));
}

TEST(MeasureLesion, TakesTheSliceDistanceForAThicknessThatIsNotKnown)
{
    const Field share = shares_of(grid_about(13.0 + around_mm, pixel_mm, 7.0), ball({}, 6.5));
    const Volume image = image_of(share, {});
    const Segmented found = found_in_liver(share);
    EXPECT_FALSE(measurement::measure_lesion(image, found, 1).measurable);  // 2 x 7 mm
    EXPECT_TRUE(measurement::measure_lesion(image, found, 1, {.slice_thickness_mm = 5.0}).measurable);
}

TEST(MeasureLesion, RefusesALabelThatIsNotInTheMap)
{
    const Field share = shares_of(grid_about(30.0, 1.0, 1.0), ball({}, 5.0));
    EXPECT_THROW((void)measurement::measure_lesion(image_of(share, {}), found_in_liver(share), 7),
                 downstage::Error);
}

TEST(MeasureLesion, MeasuresALesionOfOneVoxelAndOneAtTheEndOfTheImage)
{
    const Grid grid = grid_about(12.0, 1.0, 1.0);
    Segmented found{.liver = downstage::Mask{grid, 1}, .lesions = downstage::LabelMap{grid}};
    found.lesions[{0, 0, 0}] = 1;
    const LesionMeasurement one = measurement::measure_lesion(Volume{grid, 100}, found, 1);
    EXPECT_NEAR(one.long_axis.length_mm, 1.0, 1e-6);
    EXPECT_NEAR(one.volume.ml * 1000.0, 1.0, 1e-6);
    EXPECT_FALSE(one.measurable);
}

TEST(MeasureAll, GivesTheSameAsOneByOneInTheOrderOfTheFindingsForAnyNumberOfWorkers)
{
    const Grid grid = grid_about(60.0, 1.0, 2.0);
    Segmented found{.liver = downstage::Mask{grid, 1}, .lesions = downstage::LabelMap{grid}};
    Field share{grid};
    std::uint16_t label = 0;
    for (const double x_mm : {-18.0, 0.0, 18.0}) {
        ++label;
        const Field one = shares_of(grid, ball({x_mm, 3.0, 1.0}, 4.0 + label));
        for (std::size_t n = 0; n < share.voxels().size(); ++n) {
            share.voxels()[n] = std::min(1.0F, share.voxels()[n] + one.voxels()[n]);
            if (one.voxels()[n] >= 0.5F) found.lesions.voxels()[n] = label;
        }
        found.findings.insert(found.findings.begin(), {.label = label, .confidence = 0.9});
    }
    const Volume image = image_of(share, {.noise_hu = 10.0});
    const std::vector<LesionMeasurement> all = measurement::measure_all(image, found);
    ASSERT_EQ(all.size(), 3U);
    for (std::size_t n = 0; n < all.size(); ++n)
        EXPECT_EQ(all[n], measurement::measure_lesion(image, found, found.findings[n].label));
    EXPECT_EQ(measurement::measure_all(image, found, {}, 2), all);
    EXPECT_EQ(measurement::measure_all(image, found, {}, 7), all);
}

TEST(LiverVolume, IsItsVoxelsTimesTheirVolumeAndEmptyWithoutALiver)
{
    const Grid grid = grid_about(60.0, 0.8, 1.5);
    const Shape truth = ball({0.1, 0.2, 0.3}, 25.0);
    const Field share = shares_of(grid, truth);
    Segmented found{.liver = downstage::Mask{grid}};
    for (std::size_t n = 0; n < share.voxels().size(); ++n)
        found.liver.voxels()[n] = share.voxels()[n] >= 0.5F ? 1 : 0;
    const double truth_ml = truth.volume_mm3 / 1000.0;
    EXPECT_NEAR(
        measurement::liver_volume_ml(found).value(), truth_ml, 0.005 * truth_ml);  // STYLE table: 0.2 %
    EXPECT_FALSE(measurement::liver_volume_ml({}).has_value());
}

}  // namespace
