#include "downstage/core/error.hpp"
#include "downstage/phantom/render.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <vector>

namespace downstage::phantom {
namespace {

constexpr double air_hu = -1000.0;

/// 40 mm cubed, 1 mm pixels, no noise.
Acquisition small()
{
    return {.columns = 40,
            .rows = 40,
            .slices = 16,
            .column_spacing_mm = 1.0,
            .row_spacing_mm = 1.0,
            .slice_spacing_mm = 2.5,
            .slice_thickness_mm = 2.5,
            .blur_mm = 0.6,
            .noise_hu = 0.0};
}

Lesion lesion(const Body& shape, double hu)
{
    return {.name = "one", .shape = shape, .density_hu = {{Phase::portal_venous, hu}}};
}

/// Everything within the field of view.
Part everywhere(Tissue tissue)
{
    return {tissue, Ellipsoid{{}, {500.0, 500.0, 500.0}, {}}};
}

double sum_above_air(const Scene& scene)
{
    double sum = 0.0;
    for (const RenderedSlice& slice : render(scene, 0))
        for (const std::int16_t hu : slice.hu)
            sum += hu - air_hu;
    return sum;
}

TEST(Render, KeepsTheVolumeOfABallWhateverTheBlur)
{
    const double radius_mm = 10.0;
    const double truth_mm3 = 4.0 / 3.0 * std::numbers::pi * std::pow(radius_mm, 3.0);
    for (const double blur_mm : {0.0, 0.6, 1.5}) {
        Scene scene{.name = "ball", .acquisition = small(), .anatomy = {}};
        scene.acquisition.blur_mm = blur_mm;
        scene.lesions = {lesion(Ellipsoid{{0.3, -0.2, 0.4}, {radius_mm, radius_mm, radius_mm}, {}}, 0.0)};
        const double voxel_mm3 = 2.5;
        const double rendered_mm3 = sum_above_air(scene) / -air_hu * voxel_mm3;
        // Sampled at 1/3 mm in plane and 0.63 mm across: a voxel count at that spacing is good to 0.3 %.
        EXPECT_NEAR(rendered_mm3, truth_mm3, 0.003 * truth_mm3) << blur_mm;
    }
}

TEST(Render, KeepsTheVolumeOfABallInATiltedGantry)
{
    const double radius_mm = 10.0;
    Scene scene{.name = "ball", .acquisition = small(), .anatomy = {}};
    scene.acquisition.tilt_deg = 20.0;
    const double normal_spacing_mm = 2.5 * std::cos(20.0 * std::numbers::pi / 180.0);
    scene.acquisition.slice_thickness_mm = normal_spacing_mm;  // so that the slices touch
    scene.lesions = {lesion(Ellipsoid{{0.3, -0.2, 0.4}, {radius_mm, radius_mm, radius_mm}, {}}, 0.0)};
    const double truth_mm3 = 4.0 / 3.0 * std::numbers::pi * std::pow(radius_mm, 3.0);
    EXPECT_NEAR(sum_above_air(scene) / -air_hu * normal_spacing_mm, truth_mm3, 0.003 * truth_mm3);
}

TEST(Render, MixesTissuesAcrossTheThicknessOfASlice)
{
    Scene scene{.name = "face", .acquisition = small(), .anatomy = {}};
    scene.acquisition.slices = 1;
    scene.acquisition.slice_thickness_mm = 6.0;
    // The upper face of the block lies 1.5 mm over the middle of the slice: 4.5 mm of 6 are filled.
    scene.anatomy = {{Tissue::stomach, EllipticCylinder{{0.0, 0.0, -48.5}, {200.0, 200.0, 50.0}, {}}}};
    scene.passes = {{.phase = Phase::native, .density_hu = {{Tissue::stomach, 0.0}}}};
    const double middle_hu = render(scene, 0).front().hu[20 * 40 + 20];
    const double half_a_sample = 0.5 / 8.0;  // 6 mm in samples of 0.75 mm
    EXPECT_NEAR(middle_hu / -air_hu, -0.25, half_a_sample);
}

/// Integral of the normal distribution of sd `sigma` from minus infinity to `at`.
double integrated_step(double at, double sigma)
{
    const double z = at / sigma;
    const double density = std::exp(-z * z / 2.0) / std::sqrt(2.0 * std::numbers::pi);
    return sigma * (z * 0.5 * std::erfc(-z / std::numbers::sqrt2) + density);
}

TEST(Render, BlursAnEdgeByPixelWidthAndPointSpread)
{
    Scene scene{.name = "edge", .acquisition = small(), .anatomy = {}};
    scene.acquisition.slices = 1;
    scene.acquisition.blur_mm = 1.2;
    // A block whose flat face looks to +x at x = 0.
    const Axes lying{.i = {0.0, 1.0, 0.0}, .j = {0.0, 0.0, 1.0}, .k = {1.0, 0.0, 0.0}};
    scene.anatomy = {{Tissue::stomach, EllipticCylinder{{-50.0, 0.0, 0.0}, {200.0, 200.0, 50.0}, lying}}};
    scene.passes = {{.phase = Phase::native, .density_hu = {{Tissue::stomach, 0.0}}}};
    const std::vector<std::int16_t> hu = render(scene, 0).front().hu;
    for (std::size_t i = 14; i < 26; ++i) {
        const double x_mm = static_cast<double>(i) - 19.5;
        const double air_fraction = integrated_step(x_mm + 0.5, 1.2) - integrated_step(x_mm - 0.5, 1.2);
        // The edge falls between two fine samples, 1/3 mm apart, whose weights replace an integral.
        EXPECT_NEAR(hu[20 * 40 + i] / air_hu, air_fraction, 0.005) << x_mm;
    }
}

TEST(Render, AddsWhiteNoiseOfTheWantedWidth)
{
    Scene scene{.name = "noise", .acquisition = small(), .anatomy = {everywhere(Tissue::muscle)}};
    scene.acquisition.noise_hu = 10.0;
    std::vector<double> off;
    for (const RenderedSlice& slice : render(scene, 0))
        for (const std::int16_t hu : slice.hu)
            off.push_back(hu - usual_density_hu(Tissue::muscle, Phase::portal_venous));
    const auto n = static_cast<double>(off.size());
    const double mean = std::accumulate(off.begin(), off.end(), 0.0) / n;
    const double variance = std::inner_product(off.begin(), off.end(), off.begin(), 0.0) / n;
    const double beside = std::inner_product(off.begin() + 1, off.end(), off.begin(), 0.0) / n;
    const double true_variance = 100.0 + 1.0 / 12.0;  // noise, and rounding to whole HU
    // Four standard errors of a mean, a variance and a correlation of n independent normal numbers.
    EXPECT_NEAR(mean, 0.0, 4.0 * 10.0 / std::sqrt(n));
    EXPECT_NEAR(variance, true_variance, 4.0 * true_variance * std::sqrt(2.0 / n));
    EXPECT_NEAR(beside / variance, 0.0, 4.0 / std::sqrt(n));
}

Scene noisy_pair()
{
    Scene scene{.name = "pair", .acquisition = small(), .anatomy = {everywhere(Tissue::liver)}};
    scene.acquisition.noise_hu = 10.0;
    scene.acquisition.duplicated_slices = {7};
    scene.lesions = {{.name = "hypervascular",
                      .shape = Ellipsoid{{}, {8.0, 6.0, 7.0}, {}},
                      .density_hu = {{Phase::arterial, 130.0}}}};
    scene.passes = {{.phase = Phase::arterial, .density_hu = {}},
                    {.phase = Phase::portal_venous, .density_hu = {}}};
    return scene;
}

std::vector<std::int16_t> all_hu(const std::vector<RenderedSlice>& slices)
{
    std::vector<std::int16_t> all;
    for (const RenderedSlice& slice : slices)
        all.insert(all.end(), slice.hu.begin(), slice.hu.end());
    return all;
}

TEST(Render, IsTheSameForOneTwoAndSevenWorkers)
{
    const std::vector<std::int16_t> one = all_hu(render(noisy_pair(), 1, 1));
    EXPECT_EQ(one, all_hu(render(noisy_pair(), 1, 2)));
    EXPECT_EQ(one, all_hu(render(noisy_pair(), 1, 7)));
}

TEST(Render, GivesADuplicatedSliceNoiseOfItsOwn)
{
    const std::vector<RenderedSlice> slices = render(noisy_pair(), 0);
    EXPECT_EQ(slices[7].cut.position, slices[8].cut.position);
    EXPECT_NE(slices[7].hu, slices[8].hu);
}

TEST(Render, TakesDensitiesFromThePassAndTheLesion)
{
    Scene scene = noisy_pair();
    scene.acquisition.noise_hu = 0.0;
    const std::size_t middle = 20 * 40 + 20;
    EXPECT_EQ(render(scene, 0)[7].hu[middle], 130);  // as the lesion says
    EXPECT_EQ(render(scene, 1)[7].hu[middle], 60);   // as usual
    EXPECT_EQ(render(scene, 0)[7].hu[0], 65);
    EXPECT_EQ(render(scene, 1)[7].hu[0], 105);
    EXPECT_THROW(static_cast<void>(render(scene, 2)), Error);
}

TEST(Render, GrainsNoiseWithoutChangingItsWidth)
{
    Scene scene{.name = "noise", .acquisition = small(), .anatomy = {everywhere(Tissue::muscle)}};
    scene.acquisition.columns = 128;
    scene.acquisition.rows = 128;
    scene.acquisition.noise_hu = 10.0;
    scene.acquisition.noise_grain_mm = 1.0;
    std::vector<double> off;
    for (const RenderedSlice& slice : render(scene, 0))
        for (const std::int16_t hu : slice.hu)
            off.push_back(hu - usual_density_hu(Tissue::muscle, Phase::portal_venous));
    const auto n = static_cast<double>(off.size());
    const double variance = std::inner_product(off.begin(), off.end(), off.begin(), 0.0) / n;
    const double beside = std::inner_product(off.begin() + 1, off.end(), off.begin(), 0.0) / n;
    // A grain of some 20 pixels leaves n / 20 independent numbers.
    EXPECT_NEAR(variance, 100.0, 4.0 * 100.0 * std::sqrt(2.0 * 20.0 / n));
    // Neighbours a grain apart: a Gaussian's correlation at one sd is exp(-1/4), less what the wide one
    // takes.
    EXPECT_GT(beside / variance, 0.5);
    EXPECT_LT(beside / variance, std::exp(-0.25));
}

TEST(Render, DrawsAFreeBodyAsItDrawsTheSameBodyByFormula)
{
    Scene by_formula{.name = "ball", .acquisition = small(), .anatomy = {everywhere(Tissue::liver)}};
    by_formula.lesions = {lesion(Ellipsoid{{0.3, -0.2, 0.4}, {9.0, 9.0, 9.0}, {}}, 40.0)};
    Scene free = by_formula;
    free.lesions = {lesion(Lobes{.balls = {{{0.3, -0.2, 0.4}, 9.0}}, .melt_mm = 1.0}, 40.0)};
    const std::vector<RenderedSlice> a = render(by_formula, 0);
    const std::vector<RenderedSlice> b = render(free, 0);
    for (std::size_t k = 0; k < a.size(); ++k)
        for (std::size_t n = 0; n < a[k].hu.size(); ++n)
            ASSERT_NEAR(a[k].hu[n], b[k].hu[n], 1.0) << k << " " << n;  // whole HU
}

TEST(Render, ShowsRimAndCoreOfALesionAtTheirDepths)
{
    Scene scene{.name = "rings", .acquisition = small(), .anatomy = {everywhere(Tissue::liver)}};
    scene.acquisition.blur_mm = 0.0;
    Lesion rings = lesion(Ellipsoid{{0.5, 0.5, 1.25}, {16.0, 16.0, 16.0}, {}}, 60.0);
    rings.detail = LesionDetail{.rim = LesionDetail::Shell{3.0, {{Phase::portal_venous, 20.0}}},
                                .core = Core{.below_mm = 8.0, .hu = 25.0},
                                .specks = std::nullopt};
    scene.lesions = {rings};
    const Volume volume = render_volume(scene, 0);
    const double liver_hu = usual_density_hu(Tissue::liver, Phase::portal_venous);
    EXPECT_EQ((volume[{20, 20, 8}]), 25);
    EXPECT_EQ((volume[{20 + 11, 20, 8}]), 60);
    EXPECT_EQ((volume[{20 + 15, 20, 8}]), liver_hu + 20.0);
    EXPECT_EQ((volume[{20 + 18, 20, 8}]), liver_hu);
}

TEST(Render, ShiftsTheWholePatientBetweenBreathHolds)
{
    Scene scene{.name = "breath", .acquisition = small(), .anatomy = {}};
    scene.acquisition.breathing = {.step_mm = 6.0, .slices_a_hold = 4};
    scene.lesions = {lesion(CappedCylinder{.half_length_mm = 30.0, .radius_mm = 6.0}, 0.0)};
    const auto centre_row = [](const RenderedSlice& slice) {
        double sum = 0.0;
        double weight = 0.0;
        for (std::size_t n = 0; n < slice.hu.size(); ++n) {
            const double share = slice.hu[n] - air_hu;
            const std::size_t row = n / 40;
            sum += share * static_cast<double>(row);
            weight += share;
        }
        return sum / weight;
    };
    const std::vector<RenderedSlice> slices = render(scene, 0);
    for (std::size_t k = 0; k < slices.size(); ++k) {
        const VectorLps shift = patient_shift(scene.acquisition, static_cast<std::int32_t>(k));
        EXPECT_NEAR(centre_row(slices[k]), 19.5 + shift.y_mm, 0.05) << k;  // 1/3 mm samples, whole HU
    }
    EXPECT_NE(slices[3].cut.patient_shift, slices[4].cut.patient_shift);
}

TEST(Render, MakesAnMrSignalThatIsNeverNegative)
{
    Scene scene{.name = "mr", .acquisition = small(), .anatomy = {}};
    scene.acquisition.noise_hu = 20.0;
    scene.passes = {{.phase = Phase::native, .density_hu = {}, .sequence = Sequence::t2}};
    double sum = 0.0;
    double count = 0.0;
    for (const RenderedSlice& slice : render(scene, 0))
        for (const std::int16_t signal : slice.hu) {
            ASSERT_GE(signal, 0);
            sum += signal;
            count += 1.0;
        }
    // Air has no signal: what is left is Rayleigh noise, of mean sd sqrt(pi / 2) and sd 0.655 sd.
    EXPECT_NEAR(sum / count, 20.0 * std::sqrt(std::numbers::pi / 2.0), 4.0 * 0.655 * 20.0 / std::sqrt(count));
}

TEST(RenderVolume, PutsEachPixelWhereTheSliceSays)
{
    Scene scene{.name = "ball", .acquisition = small(), .anatomy = {}};
    scene.acquisition.row_direction = {0.0, 1.0, 0.0};
    scene.acquisition.column_direction = {0.0, 0.0, -1.0};
    const PointLps centre{6.0, -5.0, 4.0};
    scene.lesions = {lesion(Ellipsoid{centre, {6.0, 6.0, 6.0}, {}}, 0.0)};
    const Volume volume = render_volume(scene, 0);
    EXPECT_EQ(volume[nearest(to_voxel(volume.grid(), centre))], 0);
    EXPECT_EQ((volume[{0, 0, 0}]), -1000);
}

TEST(RenderVolume, RefusesWhatNoGridHolds)
{
    Scene scene{.name = "tilted", .acquisition = small(), .anatomy = {}};
    scene.acquisition.tilt_deg = 12.0;
    EXPECT_THROW(static_cast<void>(render_volume(scene, 0)), Error);
}

}  // namespace
}  // namespace downstage::phantom
