#include "downstage/segmentation/survey.hpp"

#include "downstage_test/painted_ct.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace downstage::segmentation {
namespace {

using downstage_test::Body;
using downstage_test::Inside;
using downstage_test::inside_tube;
using ::testing::HasSubstr;

const Grid grid = downstage_test::centred_grid({92, 66, 52}, {4.0, 4.0, 4.0});

struct Enhancement {
    double liver_hu{}, aorta_hu{}, spleen_hu{}, kidney_hu{};
};
constexpr Enhancement portal{.liver_hu = 110, .aorta_hu = 150, .spleen_hu = 118, .kidney_hu = 180};

/// An ellipsoid about `centre`.
Inside organ(const PointLps& centre, const VectorLps& half_mm)
{
    const Inside at_origin = downstage_test::inside_ellipsoid(half_mm);
    return [=](const PointLps& at) { return at_origin(PointLps{} + (at - centre)); };
}

/// A trunk of muscle around fat, with a spine; it leaves the image at both ends.
std::vector<Body> trunk()
{
    const auto outline = [](double half_x_mm, double half_y_mm) {
        return
            [=](const PointLps& at) { return std::hypot(at.x_mm / half_x_mm, at.y_mm / half_y_mm) <= 1.0; };
    };
    const auto air = [](const PointLps&) { return true; };
    return {{.inside = air, .hu = -1000},
            {.inside = outline(165, 115), .hu = 50},
            {.inside = outline(148, 98), .hu = -100},
            {.inside = inside_tube({0, 70, -200}, {0, 70, 200}, 20), .hu = 450},
            {.inside = inside_tube({0, 70, -200}, {0, 70, 200}, 16), .hu = 160}};
}

Volume upper_abdomen(const Enhancement& phase)
{
    std::vector<Body> bodies = trunk();
    bodies.push_back({.inside = organ({-70, -10, 30}, {66, 66, 66}), .hu = phase.liver_hu});
    // Veins, as bright as the aorta once blood has passed the organs.
    const double veins_hu = std::min(phase.aorta_hu, phase.liver_hu + 40);
    bodies.push_back({.inside = inside_tube({-110, -10, 30}, {-40, -10, 30}, 6), .hu = veins_hu});
    bodies.push_back({.inside = inside_tube({16, 34, -200}, {16, 34, 200}, 11), .hu = phase.aorta_hu});
    bodies.push_back({.inside = organ({100, 25, 40}, {30, 40, 45}), .hu = phase.spleen_hu});
    for (const double side : {-1.0, 1.0})
        bodies.push_back({.inside = organ({side * 62, 52, -50}, {24, 24, 50}), .hu = phase.kidney_hu});
    return painted(grid, bodies, {.blur_mm = 1.5, .noise_hu = 5.0, .noise_grain_mm = 0.0, .seed = 3});
}

const Volume& portal_abdomen()
{
    static const Volume ct = upper_abdomen(portal);
    return ct;
}

TEST(Survey, SeesALiverAndItsExtent)
{
    const Survey seen = survey(portal_abdomen(), "");
    ASSERT_TRUE(seen.liver_in_view) << seen.why_not;
    // Slices of less than 10 cm2 do not count, 4.8 mm at either pole of this ball; the erosion takes the
    // edge.
    EXPECT_NEAR(seen.liver_extent_mm, 122.0, 12.0);
}

TEST(Survey, KnowsThePortalVenousPhaseByItsPixels)
{
    EXPECT_EQ(survey(portal_abdomen(), "").phase.phase, Phase::portal_venous);
}

TEST(Survey, KnowsTheNativePhaseByItsPixels)
{
    EXPECT_EQ(survey(upper_abdomen({.liver_hu = 58, .aorta_hu = 42, .spleen_hu = 48, .kidney_hu = 35}), "")
                  .phase.phase,
              Phase::native);
}

TEST(Survey, KnowsTheArterialPhaseThoughItsAortaIsAsBrightAsBone)
{
    EXPECT_EQ(survey(upper_abdomen({.liver_hu = 68, .aorta_hu = 300, .spleen_hu = 120, .kidney_hu = 190}), "")
                  .phase.phase,
              Phase::arterial);
}

TEST(Survey, MeasuresTheAortaWithinAFewHu)
{
    EXPECT_THAT(survey(portal_abdomen(), "").phase.because,
                testing::ContainsRegex("liver 1(09|10|11) HU, aorta 1(4[5-9]|50) HU"));
}

TEST(Survey, IsSurerWhenTheTagsSayTheSame)
{
    const Volume& ct = portal_abdomen();
    EXPECT_GT(survey(ct, "Abdomen portal").phase.confidence, survey(ct, "").phase.confidence);
}

TEST(Survey, SaysWhyThereIsNoLiver)
{
    const Survey seen = survey(painted(grid, trunk(), {.blur_mm = 1.5, .noise_hu = 5.0}), "arterial");
    EXPECT_FALSE(seen.liver_in_view);
    EXPECT_FALSE(seen.why_not.empty());
    EXPECT_EQ(seen.phase.phase, Phase::arterial);
    EXPECT_THAT(seen.phase.because, HasSubstr("the tags alone"));
}

TEST(Survey, SaysTheSameWithAnyNumberOfWorkers)
{
    const Volume& ct = portal_abdomen();
    EXPECT_EQ(survey(ct, "", 1).phase, survey(ct, "", 7).phase);
}

}  // namespace
}  // namespace downstage::segmentation
