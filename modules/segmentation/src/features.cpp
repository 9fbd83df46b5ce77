#include "features.hpp"

#include "downstage/imaging/morphology.hpp"

#include "features_shape.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace downstage::segmentation {

namespace {

// 9.5
constexpr float at_surface_mm = 2.5F;
constexpr float shallow_mm = 4.0F;
constexpr double shell_mm = 4.0;
constexpr double inside_mm = 2.5;

constexpr double beside_mm = 5.0;
constexpr float fat_below_hu = -10.0F;

/// A region and what the liver looks like in its box.
struct Surroundings {
    const Mask& region;
    Mask liver;
    Volume image;
    Field smoothed_hu, darker_hu, liver_depth_mm;
};

Surroundings surroundings_of(const Region& region, const Parenchyma& tissue)
{
    const VoxelBox box = box_of(region.patch);
    return {.region = region.patch.mask,
            .liver = cut(tissue.liver, box),
            .image = cut(tissue.image, box),
            .smoothed_hu = cut(tissue.smoothed_hu, box),
            .darker_hu = cut(tissue.darker_hu, box),
            .liver_depth_mm = cut(tissue.depth_mm, box)};
}

/// What `values` holds where `mask` is set.
template <typename T>
std::vector<float> values_in(const Mask& mask, const Image<T>& values)
{
    std::vector<float> inside;
    for (std::size_t n = 0; n < mask.voxels().size(); ++n)
        if (mask.voxels()[n] != 0) inside.push_back(static_cast<float>(values.voxels()[n]));
    return inside;
}

double share_below(const std::vector<float>& values, float limit)
{
    const auto below = std::ranges::count_if(values, [limit](float value) { return value < limit; });
    return values.empty() ? 0.0 : static_cast<double>(below) / static_cast<double>(values.size());
}

bool is_outline(const Mask& mask, const Index& at)
{
    constexpr std::array<Index, 6> faces{
        {{-1, 0, 0}, {1, 0, 0}, {0, -1, 0}, {0, 1, 0}, {0, 0, -1}, {0, 0, 1}}};
    return mask[at] != 0 && std::ranges::any_of(faces, [&](const Index& face) {
               const Index beside{at.i + face.i, at.j + face.j, at.k + face.k};
               return !contains(mask.grid(), beside) || mask[beside] == 0;
           });
}

Mask outline_of(const Mask& mask)
{
    Mask outline{mask.grid()};
    for_each_voxel(mask.grid(), [&](const Index& at) { outline[at] = is_outline(mask, at) ? 1 : 0; });
    return outline;
}

/// The inside, without the blur of the rim; all of a region that has no inside.
Mask inside_of(const Mask& region, double radius_mm)
{
    const Mask inside = imaging::erode(region, std::min(inside_mm, 0.5 * radius_mm), 1);
    return imaging::count(inside) > 0 ? inside : region;
}

double sd_of(const std::vector<float>& values)
{
    double sum = 0.0;
    double squares = 0.0;
    for (const float value : values) {
        sum += static_cast<double>(value);
        squares += static_cast<double>(value) * static_cast<double>(value);
    }
    const auto count = static_cast<double>(std::max<std::size_t>(1, values.size()));
    return std::sqrt(std::max(0.0, squares / count - sum * sum / (count * count)));
}

double eighth_percentile(std::vector<float> values)
{
    const auto place =
        values.begin() + static_cast<std::ptrdiff_t>(0.08 * static_cast<double>(values.size()));
    std::ranges::nth_element(values, place);
    return static_cast<double>(*place);
}

double median_around(const Surroundings& around)
{
    const Mask wide = imaging::dilate(around.region, shell_mm, 1);
    const Mask shell = imaging::both(imaging::without(wide, around.region), around.liver);
    std::vector<float> values = values_in(shell, around.darker_hu);
    return median_of(values);
}

/// Fat within 5 mm of the region, also in the next slice.
double fat_share_around(const Surroundings& around)
{
    const SpacingMm& spacing = around.region.grid().spacing_mm;
    const Mask wide = imaging::dilate(around.region, std::hypot(beside_mm, spacing.k), 1);
    return share_below(values_in(imaging::without(wide, around.region), around.smoothed_hu), fat_below_hu);
}

void describe_shape(Features& features, const Surroundings& around)
{
    const SliceShape slice = largest_slice_shape(around.region);
    features.volume_ml = imaging::volume_ml(around.region);
    features.slice_radius_mm = slice.radius_mm;
    features.slice_diameter_mm = slice.diameter_mm;
    features.roundness = slice.roundness;
    features.compactness = slice.compactness;
    features.elongation = elongation(around.region);
    features.surface_share =
        share_below(values_in(outline_of(around.region), around.liver_depth_mm), at_surface_mm);
    features.shallow_share = share_below(values_in(around.region, around.liver_depth_mm), shallow_mm);
}

}  // namespace

Features describe(const Region& region, const Parenchyma& tissue)
{
    const Surroundings around = surroundings_of(region, tissue);
    Features features{.darkness_hu = region.lev_hu,
                      .contrast = region.lev_hu / std::max(tissue.noise_hu, 1.0),
                      .separation = (region.lev_hu - median_around(around)) / region.lev_hu};
    describe_shape(features, around);
    std::vector<float> smoothed = values_in(around.region, around.smoothed_hu);
    features.median_hu = median_of(smoothed);
    features.sd_hu = sd_of(values_in(inside_of(around.region, region.radius_mm), around.image));
    features.fat_beside = fat_share_around(around);
    features.dark_tail_hu = eighth_percentile(values_in(around.region, around.image));
    return features;
}

bool is_fluid(const Features& features, double grain_hu)
{
    constexpr double lowest_hu = -5.0;  // 9.9
    constexpr double highest_hu = 20.0;
    constexpr double most_grain = 1.3;
    // A sharp border is over within 1.5 mm, so that most of the 4 mm shell is plain liver.
    constexpr double sharp_separation = 0.75;
    return features.median_hu >= lowest_hu && features.median_hu <= highest_hu &&
           features.sd_hu <= most_grain * grain_hu && features.separation >= sharp_separation;
}

std::optional<Rejection> rejection_of(const Features& f, double grain_hu)
{
    // Noise takes the dark tail of water below 0 HU as well, so fluid is not asked for it.
    const bool speckled_with_fat = f.volume_ml < 15.0 && f.dark_tail_hu < 0.0 && !is_fluid(f, grain_hu);
    const bool at_rind = f.shallow_share > 0.75 && f.slice_radius_mm < 6.0;
    const bool long_or_thin = f.elongation > 2.6 || f.roundness < 0.38 || f.compactness < 0.55;

    if (f.median_hu < -15.0 || speckled_with_fat) return Rejection::fat;
    if (f.slice_radius_mm < 2.5) return Rejection::too_small;
    if (at_rind || f.surface_share > 0.5) return Rejection::rind;
    if (long_or_thin && f.slice_radius_mm < 9.0) return Rejection::vessel;
    if (f.roundness < 0.3) return Rejection::shapeless;
    if (f.median_hu < 26.0 && f.surface_share > 0.2 && f.volume_ml > 4.0) return Rejection::gallbladder;
    if (f.separation < 0.5) return Rejection::diffuse;
    if (f.slice_diameter_mm < 5.0) return Rejection::too_short;
    return std::nullopt;
}

}  // namespace downstage::segmentation
