#include "downstage/phantom/labels.hpp"
#include "downstage/phantom/patient.hpp"
#include "downstage/phantom/render.hpp"
#include "downstage/phantom/truth.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace downstage::phantom {
namespace {

Scene small_scene()
{
    Scene scene{.name = "small",
                .acquisition = {.columns = 60,
                                .rows = 60,
                                .slices = 20,
                                .column_spacing_mm = 1.5,
                                .row_spacing_mm = 1.5,
                                .slice_spacing_mm = 4.0,
                                .slice_thickness_mm = 4.0,
                                .noise_hu = 0.0},
                .anatomy = {{Tissue::liver, Ellipsoid{{}, {36.0, 32.0, 30.0}, {}}},
                            {Tissue::liver_vein, CappedCylinder{{}, {1.0, 0.0, 0.0}, 20.0, 5.0}},
                            {Tissue::fat, Ellipsoid{{0.0, 28.0, 0.0}, {10.0, 10.0, 10.0}, {}}}}};
    scene.lesions = {
        {.name = "one", .shape = Ellipsoid{{-12.0, 0.0, 4.0}, {8.0, 8.0, 8.0}, {}}, .density_hu = {}}};
    return scene;
}

Grid grid_of(const Scene& scene)
{
    return render_volume(scene, 0).grid();
}

double volume_ml(const LabelMap& labels, std::uint16_t label)
{
    return static_cast<double>(std::ranges::count(labels.voxels(), label)) * voxel_volume_mm3(labels.grid()) /
           1000.0;
}

TEST(TruthLabels, HoldTheVolumesOfTheTruth)
{
    const Scene scene = small_scene();
    const LabelMap labels = truth_labels(scene, grid_of(scene));
    const Truth truth = truth_of(scene);
    const double lesion_ml = truth.lesions.at(0).size.volume_ml;
    EXPECT_NEAR(volume_ml(labels, 2), lesion_ml, 0.05 * lesion_ml);  // voxels of 1.5 x 1.5 x 4 in 16 mm
    EXPECT_NEAR(
        volume_ml(labels, 1) + volume_ml(labels, 2), truth.liver_volume_ml, 0.02 * truth.liver_volume_ml);
}

TEST(TruthLabels, FollowADeformedLiver)
{
    Scene scene = small_scene();
    scene.deformation = {.sd_mm = 3.0, .scale_mm = 40.0, .seed = 4};
    scene.lesions.clear();
    const Volume image = render_volume(scene, 0);
    const LabelMap labels = truth_labels(scene, image.grid());
    std::size_t wrong = 0;
    std::size_t liver = 0;
    for (std::size_t n = 0; n < labels.voxels().size(); ++n) {
        const bool looks_like_liver = image.voxels()[n] > -448;  // halfway between air, -1000, and liver, 105
        const bool looks_like_fat = image.voxels()[n] < 0 && looks_like_liver;
        if (looks_like_fat) continue;
        if (looks_like_liver != (labels.voxels()[n] == 1)) ++wrong;
        if (labels.voxels()[n] == 1) ++liver;
    }
    EXPECT_LT(static_cast<double>(wrong), 0.02 * static_cast<double>(liver));
    scene.deformation.sd_mm = 0.0;
    const LabelMap undeformed = truth_labels(scene, image.grid());
    EXPECT_FALSE(std::ranges::equal(undeformed.voxels(), labels.voxels()));
}

TEST(TruthLabels, AreTheSameForOneTwoAndSevenWorkers)
{
    const Scene scene = small_scene();
    const Grid grid = grid_of(scene);
    EXPECT_EQ(truth_labels(scene, grid, 1), truth_labels(scene, grid, 2));
    EXPECT_EQ(truth_labels(scene, grid, 1), truth_labels(scene, grid, 7));
}

TEST(VariedAbdomen, GivesEverySeedAnotherLiverOfAnAdult)
{
    const Grid coarse{
        .size = {80, 80, 60}, .spacing_mm = {4.0, 4.0, 4.0}, .origin = {-160.0, -160.0, -130.0}, .axes = {}};
    double before_ml = 0.0;
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
        const Scene scene{.name = "one", .acquisition = {}, .anatomy = varied_abdomen({.seed = seed})};
        const double liver_ml = volume_ml(truth_labels(scene, coarse), 1);
        EXPECT_GT(liver_ml, 1100.0) << seed;
        EXPECT_LT(liver_ml, 2200.0) << seed;
        EXPECT_GT(std::abs(liver_ml - before_ml), 1.0) << seed;
        before_ml = liver_ml;
    }
}

TEST(VariedAbdomen, KeepsTheVesselsOfTheLiverInside)
{
    const std::vector<Part> anatomy = varied_abdomen({.seed = 5});
    const auto is_in_a_lobe = [&](const PointLps& place) {
        return std::ranges::any_of(anatomy, [&](const Part& part) {
            return part.tissue == Tissue::liver && contains(part.shape, place);
        });
    };
    std::size_t veins = 0;
    for (const Part& part : anatomy) {
        if (part.tissue != Tissue::liver_vein) continue;
        ++veins;
        EXPECT_TRUE(is_in_a_lobe(std::get<CappedCylinder>(part.shape).centre));
    }
    EXPECT_GT(veins, 100U);  // three trees of some dozens of branches
}

}  // namespace
}  // namespace downstage::phantom
