#include "intensity.hpp"

#include "downstage/imaging/morphology.hpp"
#include "downstage/imaging/resample.hpp"
#include "downstage/imaging/smooth.hpp"

#include "working_grid.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>

namespace downstage::segmentation {

namespace {

// SEGMENTATION.md 4
constexpr std::int16_t lowest_hu = -200;
constexpr std::int16_t highest_hu = 300;
constexpr std::int16_t softest_hu = -10;
constexpr std::int16_t hardest_hu = 230;
constexpr double deep_mm = 8.0;
constexpr double deep_range_mm = 180.0;
constexpr double least_deep_ml = 7.8;  // 500 voxels of 2.5 mm
constexpr int first_bin_hu = 15;
constexpr int last_bin_hu = 220;
// A fatty liver may lie between fat and fluid (section 14). So does ascites, which is told from it by the
// liver beside it: a peak at 15 HU or more. Reasoned, not measured.
constexpr int fatty_bin_hu = -9;
constexpr double fatty_dominance = 3.0;
constexpr double unenhanced_blood_hu = 60.0;
constexpr int smoothing_bins = 3;
constexpr double narrowest_hu = 8.0;  // 6 lost a quarter of a liver to beam hardening
constexpr double widest_hu = 16.0;
// Medians of 120 portal livers span 28..169 HU.
constexpr double darkest_liver_hu = 25.0;
constexpr double brightest_liver_hu = 175.0;

std::vector<double> smoothed(const std::vector<double>& counts)
{
    constexpr int reach = 4 * smoothing_bins;
    std::vector<double> result(counts.size());
    for (std::size_t bin = 0; bin < counts.size(); ++bin)
        for (int shift = -reach; shift <= reach; ++shift) {
            const auto from = static_cast<std::ptrdiff_t>(bin) + shift;
            if (from < 0 || from >= static_cast<std::ptrdiff_t>(counts.size())) continue;
            result[bin] += counts[static_cast<std::size_t>(from)] *
                           std::exp(-0.5 * std::pow(static_cast<double>(shift) / smoothing_bins, 2));
        }
    return result;
}

/// How many bins from the peak the curve falls to half of it, in the direction of `step`; where it never
/// does, the distance to the end of the curve.
double half_width(const std::vector<double>& curve, std::ptrdiff_t peak, std::ptrdiff_t step)
{
    const double half = 0.5 * curve[static_cast<std::size_t>(peak)];
    std::ptrdiff_t bin = peak;
    while (bin + step >= 0 && bin + step < static_cast<std::ptrdiff_t>(curve.size())) {
        const double here = curve[static_cast<std::size_t>(bin)];
        const double next = curve[static_cast<std::size_t>(bin + step)];
        if (next <= half) return static_cast<double>(std::abs(bin - peak)) + (here - half) / (here - next);
        bin += step;
    }
    return static_cast<double>(std::abs(bin - peak) + 1);
}

/// The number of voxels in the highest place of a histogram.
double peak_height(const std::vector<double>& counts)
{
    return std::ranges::max(smoothed(counts));
}

/// True when the aorta, left of the middle in front of the spine, is not brighter than blood without
/// contrast.
bool is_unenhanced(const Volume& smooth, const Landmarks& landmarks)
{
    std::vector<double> blood_hu;
    for_each_set(landmarks.inside_wall, [&](const Index& at, std::size_t n) {
        const double x = left_of_spine_mm(landmarks.spine, smooth.grid(), at);
        const double y = behind_spine_front_mm(landmarks.spine, smooth.grid(), at);
        const bool aorta = x > 2.0 && x < 16.0 && y > -20.0 && y < -4.0;
        if (aorta && smooth.voxels()[n] > 0) blood_hu.push_back(smooth.voxels()[n]);
    });
    return !blood_hu.empty() && quantile(std::move(blood_hu), 0.5) < unenhanced_blood_hu;
}

/// Soft tissue deep on the right side, not too far under the diaphragm: mostly liver, if there is one.
Mask deep_tissue(const Tissue& tissue, const Landmarks& landmarks, unsigned workers)
{
    const Grid& grid = tissue.soft.grid();
    const auto range = static_cast<std::int32_t>(std::lround(deep_range_mm / grid.spacing_mm.k));
    const Mask inner = imaging::erode(tissue.soft, deep_mm, workers);
    return voxels_where(grid, workers, [&](const Index& at, std::size_t n) {
        return inner.voxels()[n] != 0 && at.k >= landmarks.search.top_k - range &&
               left_of_spine_mm(landmarks.spine, grid, at) < 0.0;
    });
}

std::vector<double> histogram(const Volume& smooth, const Mask& mask, int first_hu)
{
    std::vector<double> counts(static_cast<std::size_t>(last_bin_hu - first_hu + 1));
    for_each_set(mask, [&](const Index&, std::size_t n) {
        if (const int bin = smooth.voxels()[n] - first_hu; bin >= 0 && bin < static_cast<int>(counts.size()))
            counts[static_cast<std::size_t>(bin)] += 1.0;
    });
    return counts;
}

}  // namespace

bool is_soft(std::int16_t smooth_hu)
{
    return smooth_hu > softest_hu && smooth_hu < hardest_hu;
}

Tissue find_tissue(const Volume& ct, const Landmarks& landmarks, unsigned workers)
{
    Volume clipped = ct;
    for (std::int16_t& hu : clipped.voxels())
        hu = std::clamp(hu, lowest_hu, highest_hu);
    Tissue tissue{.hu = ct, .smooth = imaging::median3(clipped, workers), .soft = {}};
    tissue.soft = voxels_where(ct.grid(), workers, [&](const Index& at, std::size_t n) {
        return is_soft(tissue.smooth.voxels()[n]) && landmarks.inside_wall.voxels()[n] != 0 &&
               landmarks.below_diaphragm.voxels()[n] != 0 && landmarks.bone.voxels()[n] == 0 &&
               landmarks.never_liver.voxels()[n] == 0 && at.k >= landmarks.search.bottom_k &&
               at.k <= landmarks.search.top_k;
    });
    return tissue;
}

Tissue cropped(const Tissue& tissue, const Box& box)
{
    return {.hu = imaging::crop(tissue.hu, box.first, box.size),
            .smooth = imaging::crop(tissue.smooth, box.first, box.size),
            .soft = imaging::crop(tissue.soft, box.first, box.size)};
}

Intensity mode_of(const std::vector<double>& counts, double first_hu)
{
    const std::vector<double> curve = smoothed(counts);
    const std::ptrdiff_t peak = std::ranges::max_element(curve) - curve.begin();
    const double half_bins = std::min(half_width(curve, peak, -1), half_width(curve, peak, 1));
    const double sigma = half_bins / 1.177;  // sqrt(2 ln 2)
    const double own = std::sqrt(std::max(0.0, sigma * sigma - smoothing_bins * smoothing_bins));
    return {.mean_hu = first_hu + static_cast<double>(peak),
            .spread_hu = std::clamp(own, narrowest_hu, widest_hu)};
}

std::variant<Intensity, NoLiver>
find_intensity(const Tissue& tissue, const Landmarks& landmarks, unsigned workers)
{
    const Mask deep = deep_tissue(tissue, landmarks, workers);
    if (imaging::volume_ml(deep) < least_deep_ml)
        return NoLiver{"Under the right diaphragm lies no solid organ thick enough to be a liver."};

    const auto counts = histogram(tissue.smooth, deep, first_bin_hu);
    const auto all_counts = histogram(tissue.smooth, deep, fatty_bin_hu);
    const Intensity usual = mode_of(counts, first_bin_hu);
    const Intensity fatty = mode_of(all_counts, fatty_bin_hu);
    if (fatty.mean_hu < first_bin_hu && peak_height(all_counts) > fatty_dominance * peak_height(counts) &&
        is_unenhanced(tissue.smooth, landmarks))
        return fatty;
    if (usual.mean_hu >= darkest_liver_hu && usual.mean_hu <= brightest_liver_hu) return usual;
    return NoLiver{"The largest organ under the right diaphragm has " +
                   std::to_string(std::lround(usual.mean_hu)) + " HU, which no liver has in any phase."};
}

}  // namespace downstage::segmentation
