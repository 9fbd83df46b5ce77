#include "downstage/core/error.hpp"
#include "downstage/phantom/anatomy.hpp"
#include "downstage/phantom/truth.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <ranges>

namespace downstage::phantom {
namespace {

Tissue tissue_at(const std::vector<Part>& anatomy, const PointLps& place)
{
    for (const Part& part : anatomy | std::views::reverse)
        if (contains(part.shape, place)) return part.tissue;
    return Tissue::air;
}

TEST(Truth, CountsTheLiverWithoutWhatLiesOverIt)
{
    Scene scene{.name = "one", .acquisition = {}, .anatomy = {}};
    scene.anatomy = {{Tissue::liver, Ellipsoid{{-60.3, 0.2, 0.1}, {70.0, 60.0, 80.0}, {}}},
                     {Tissue::liver_vein, CappedCylinder{{-60.0, 0.0, 0.0}, {1.0, 0.0, 0.0}, 20.0, 5.0}},
                     {Tissue::kidney, Ellipsoid{{-60.0, 10.0, 0.0}, {20.0, 20.0, 20.0}, {}}}};
    const double ball = 4.0 / 3.0 * std::numbers::pi;
    const double truth_ml = ball * (70.0 * 60.0 * 80.0 - 20.0 * 20.0 * 20.0) / 1000.0;
    EXPECT_NEAR(truth_of(scene).liver_volume_ml, truth_ml, 0.001 * truth_ml);
}

TEST(Truth, OfALesionFollowsTheTiltOfTheGantry)
{
    Scene scene{.name = "tilted", .acquisition = {}, .anatomy = {}};
    // Upright, 40 mm high and 20 mm wide: a slice turned by 30 degrees about x cuts it obliquely.
    scene.lesions = {
        {.name = "upright", .shape = Ellipsoid{{1.0, 2.0, 3.0}, {10.0, 10.0, 20.0}, {}}, .density_hu = {}}};
    EXPECT_NEAR(truth_of(scene).lesions.at(0).size.long_axis_mm, 20.0, 1e-9);
    scene.acquisition.tilt_deg = 30.0;
    // Along (0, cos 30, sin 30): 2 / sqrt(cos^2 / 10^2 + sin^2 / 20^2).
    const double truth_mm = 2.0 / std::sqrt(0.75 / 100.0 + 0.25 / 400.0);
    const LesionTruth lesion = truth_of(scene).lesions.at(0);
    EXPECT_NEAR(lesion.size.long_axis_mm, truth_mm, 1e-9);
    EXPECT_NEAR(lesion.size.short_axis_mm, 20.0, 1e-9);
    EXPECT_NEAR(lesion.size.max_3d_mm, 40.0, 1e-9);
    EXPECT_EQ(lesion.centre, (PointLps{1.0, 2.0, 3.0}));
}

TEST(Truth, LeavesTheDeadCoreOutOfWhatLives)
{
    Scene scene{.name = "core", .acquisition = {}, .anatomy = {}};
    Lesion lesion{.name = "ball", .shape = Ellipsoid{{}, {20.0, 20.0, 20.0}, {}}, .density_hu = {}};
    lesion.detail =
        LesionDetail{.rim = std::nullopt, .core = Core{.below_mm = 8.0, .hu = 25.0}, .specks = std::nullopt};
    scene.lesions = {lesion};
    const std::optional<ViableTruth> viable = truth_of(scene).lesions.at(0).viable;
    ASSERT_TRUE(viable);
    const double ball = 4.0 / 3.0 * std::numbers::pi / 1000.0;
    EXPECT_NEAR(viable->volume_ml, ball * (8000.0 - 1728.0), 0.02 * ball * 6272.0);
    // Away from the middle the core is smaller and then gone, but so is the ball. At height z the longest
    // line beside the core is tangent to it: 2 sqrt((20^2 - z^2) - (12^2 - z^2)), the same at every height;
    // at the core's pole, z = 12, it is the whole disc: 2 sqrt(20^2 - 12^2), also 32 mm.
    EXPECT_NEAR(viable->long_axis_mm, 32.0, 0.03 * 32.0);
}

TEST(Truth, SaysTheContrastAgainstTheLiverOfThePortalPhase)
{
    Scene scene{.name = "contrast", .acquisition = {}, .anatomy = {}};
    scene.passes = {{.phase = Phase::arterial, .density_hu = {}},
                    {.phase = Phase::portal_venous, .density_hu = {}}};
    scene.lesions = {{.name = "ball",
                      .shape = Ellipsoid{{}, {5.0, 5.0, 5.0}, {}},
                      .density_hu = {},
                      .contrast_hu = {{Phase::arterial, 40.0}, {Phase::portal_venous, -25.0}}}};
    EXPECT_NEAR(truth_of(scene).lesions.at(0).contrast_hu.value(), -25.0, 1e-9);
}

TEST(UpperAbdomen, HasALiverOfAnAdultOnTheRight)
{
    const Scene scene{.name = "healthy", .acquisition = {}, .anatomy = upper_abdomen()};
    const double liver_ml = truth_of(scene).liver_volume_ml;
    EXPECT_GT(liver_ml, 1100.0);
    EXPECT_LT(liver_ml, 1900.0);
    Scene right = scene;  // the left half turned to fat
    right.anatomy.push_back({Tissue::fat, EllipticCylinder{{250.0, 0.0, 0.0}, {250.0, 1e6, 1e6}, {}}});
    const double right_share = truth_of(right).liver_volume_ml / liver_ml;
    EXPECT_GT(right_share, 0.70);  // SEGMENTATION.md section 10
    EXPECT_LT(right_share, 0.97);
}

TEST(UpperAbdomen, HasTheLandmarksOfTheLiverFinder)
{
    const std::vector<Part> anatomy = upper_abdomen();
    for (const double side : {-1.0, 1.0}) {
        EXPECT_EQ(tissue_at(anatomy, {side * 85.0, 0.0, 115.0}), Tissue::lung);  // up to the top of the scan
        EXPECT_EQ(tissue_at(anatomy, {side * 134.0, 0.0, 50.0}), Tissue::lung);  // and beside the dome
    }
    EXPECT_EQ(tissue_at(anatomy, {-60.0, 0.0, 90.0}), Tissue::lung);
    EXPECT_EQ(tissue_at(anatomy, {-60.0, 0.0, 60.0}), Tissue::liver);
    EXPECT_EQ(tissue_at(anatomy, {0.0, 52.0, 0.0}), Tissue::bone);  // in front of the rear 60 % of the depth
    EXPECT_EQ(tissue_at(anatomy, {14.0, 24.0, 0.0}), Tissue::aorta);
    EXPECT_EQ(tissue_at(anatomy, {144.0, 0.0, 0.0}), Tissue::bone);  // a rib in the wall
    EXPECT_EQ(tissue_at(anatomy, {160.0, 0.0, 0.0}), Tissue::fat);
    EXPECT_EQ(tissue_at(anatomy, {170.0, 0.0, 0.0}), Tissue::air);
}

}  // namespace
}  // namespace downstage::phantom
