#include "downstage/measurement/lesion.hpp"

#include "downstage_test/shapes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

namespace {

using downstage::Grid;
using downstage::LesionMeasurement;
using downstage::PointLps;
using downstage::Segmented;
using downstage::Volume;
using downstage_test::ball;
using downstage_test::blurred_in_plane;
using downstage_test::found_in_liver;
using downstage_test::grid_about;
using downstage_test::image_of;
using downstage_test::Shape;
using downstage_test::shares_of;
using testing::HasSubstr;
namespace measurement = downstage::measurement;

constexpr double pixel_mm = 0.8;
constexpr double surroundings_mm = 24.0;  // liver around a lesion, so that nothing is cut

LesionMeasurement measured(const downstage::Field& share, const downstage_test::Tissue& tissue = {})
{
    return measurement::measure_lesion(image_of(share, tissue), found_in_liver(share), 1);
}

TEST(MeasureLesion, OfABallIsWithinTheStatedErrorAtOneMillimetreSlices)
{
    for (const double diameter_mm : {10.0, 14.0, 25.0, 40.0})
        for (const double shift_mm : {0.0, 0.23, 0.4}) {
            const PointLps centre{shift_mm, 0.6 * shift_mm, 0.9 * shift_mm};
            const Shape truth = ball(centre, 0.5 * diameter_mm);
            const auto share = shares_of(grid_about(diameter_mm + surroundings_mm, pixel_mm, 1.0), truth);
            const LesionMeasurement found = measured(share);
            EXPECT_NEAR(found.long_axis.length_mm, diameter_mm, 0.4);
            EXPECT_NEAR(found.short_axis.length_mm, diameter_mm, 0.4);
            EXPECT_NEAR(found.max_3d.length_mm, diameter_mm, 0.4);
            EXPECT_NEAR(found.volume.ml * 1000.0, truth.volume_mm3, 0.02 * truth.volume_mm3);
            EXPECT_NEAR(distance_mm(found.centroid, centre), 0.0, 0.1);
        }
}

TEST(MeasureLesion, RefusesALabelThatIsNotInTheMap)
{
    const auto share = shares_of(grid_about(30.0, 1.0, 1.0), ball({}, 5.0));
    EXPECT_THROW((void)measurement::measure_lesion(image_of(share, {}), found_in_liver(share), 7),
                 downstage::Error);
}

}  // namespace
