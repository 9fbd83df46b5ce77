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

TEST(Truth, RefusesALesionWithoutAFormula)
{
    Scene scene{.name = "band", .acquisition = {}, .anatomy = {}};
    scene.lesions = {{.name = "band", .shape = Band{}, .density_hu = {}}};
    EXPECT_THROW(static_cast<void>(truth_of(scene)), Error);
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
