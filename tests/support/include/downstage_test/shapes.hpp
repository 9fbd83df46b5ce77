#pragma once

#include "downstage/core/image.hpp"
#include "downstage/core/lesion.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <numbers>
#include <numeric>
#include <random>
#include <vector>

/// Bodies whose size is known by formula, and images of them. Used by tests only.
namespace downstage_test {

using downstage::Field;
using downstage::Grid;
using downstage::Index;
using downstage::LabelMap;
using downstage::PointLps;
using downstage::SpacingMm;
using downstage::VectorLps;
using downstage::Volume;
using downstage::VoxelPlace;

/// A body by its depth: positive inside, negative outside, and never further from zero than the place is from
/// the surface, in mm.
struct Shape {
    std::function<double(const PointLps&)> depth_mm;
    double volume_mm3{};
};

[[nodiscard]] inline VectorLps unit(const VectorLps& a)
{
    return (1.0 / downstage::length_mm(a)) * a;
}

/// Three directions at right angles; `c` is the given one.
struct Frame {
    VectorLps a{1.0, 0.0, 0.0}, b{0.0, 1.0, 0.0}, c{0.0, 0.0, 1.0};
};

/// Turned by `around_z` about z and then tilted by `tilt` about the new a.
[[nodiscard]] inline Frame turned(double around_z_rad, double tilt_rad)
{
    const VectorLps a{std::cos(around_z_rad), std::sin(around_z_rad), 0.0};
    const VectorLps level{-std::sin(around_z_rad), std::cos(around_z_rad), 0.0};
    const VectorLps up{0.0, 0.0, 1.0};
    return {.a = a,
            .b = std::cos(tilt_rad) * level + std::sin(tilt_rad) * up,
            .c = -std::sin(tilt_rad) * level + std::cos(tilt_rad) * up};
}

/// Half axes in mm along a frame.
struct Ellipsoid {
    PointLps centre;
    std::array<double, 3> half_mm{};
    Frame frame;
};

[[nodiscard]] inline Shape shape_of(const Ellipsoid& e)
{
    const double least_half_mm = std::ranges::min(e.half_mm);
    return {.depth_mm =
                [e, least_half_mm](const PointLps& p) {
                    const VectorLps d = p - e.centre;
                    const double a = dot(d, e.frame.a) / e.half_mm[0];
                    const double b = dot(d, e.frame.b) / e.half_mm[1];
                    const double c = dot(d, e.frame.c) / e.half_mm[2];
                    return least_half_mm * (1.0 - std::sqrt(a * a + b * b + c * c));
                },
            .volume_mm3 = 4.0 / 3.0 * std::numbers::pi * e.half_mm[0] * e.half_mm[1] * e.half_mm[2]};
}

[[nodiscard]] inline Shape ball(const PointLps& centre, double radius_mm)
{
    return shape_of(Ellipsoid{.centre = centre, .half_mm = {radius_mm, radius_mm, radius_mm}, .frame = {}});
}

/// Full axes of the section of an ellipsoid by the plane through its centre that `u` and `v` span. Of all
/// parallel sections it is the largest, and all are similar.
struct SectionTruth {
    double long_mm{}, short_mm{};
};

[[nodiscard]] inline SectionTruth
section_through_centre(const Ellipsoid& e, const VectorLps& u, const VectorLps& v)
{
    // In the plane the ellipsoid is {w : w' M w <= 1}; the half axes are 1 / sqrt(eigenvalue of M).
    const std::array<VectorLps, 3> axes{e.frame.a, e.frame.b, e.frame.c};
    double uu = 0.0;
    double uv = 0.0;
    double vv = 0.0;
    for (std::size_t n = 0; n < 3; ++n) {
        const double weight = 1.0 / (e.half_mm[n] * e.half_mm[n]);
        uu += weight * dot(u, axes[n]) * dot(u, axes[n]);
        uv += weight * dot(u, axes[n]) * dot(v, axes[n]);
        vv += weight * dot(v, axes[n]) * dot(v, axes[n]);
    }
    const double middle = 0.5 * (uu + vv);
    const double spread = std::hypot(0.5 * (uu - vv), uv);
    return {.long_mm = 2.0 / std::sqrt(middle - spread), .short_mm = 2.0 / std::sqrt(middle + spread)};
}

/// A tube bent to a ring about `axis`.
[[nodiscard]] inline Shape
torus(const PointLps& centre, const VectorLps& axis, double ring_mm, double tube_mm)
{
    return {.depth_mm =
                [=](const PointLps& p) {
                    const VectorLps d = p - centre;
                    const double height = dot(d, axis);
                    const double across = std::sqrt(std::max(0.0, dot(d, d) - height * height));
                    return tube_mm - std::hypot(across - ring_mm, height);
                },
            .volume_mm3 = 2.0 * std::numbers::pi * std::numbers::pi * ring_mm * tube_mm * tube_mm};
}

/// A cylinder of `length_mm` along `axis` with a half ball on either end; longest chord: length plus 2 radii.
[[nodiscard]] inline Shape
capped_cylinder(const PointLps& centre, const VectorLps& axis, double length_mm, double radius_mm)
{
    return {.depth_mm =
                [=](const PointLps& p) {
                    const VectorLps d = p - centre;
                    const double along = std::clamp(dot(d, axis), -0.5 * length_mm, 0.5 * length_mm);
                    return radius_mm - downstage::length_mm(d + (-along) * axis);
                },
            .volume_mm3 = std::numbers::pi * radius_mm * radius_mm * (length_mm + 4.0 / 3.0 * radius_mm)};
}

/// The part of one voxel that is inside, from `fine`^3 places in it.
[[nodiscard]] inline float share_of_voxel(const Grid& grid, const Shape& shape, const Index& at, int fine)
{
    int inside = 0;
    const auto offset = [fine](int n) { return (n + 0.5) / fine - 0.5; };
    for (int c = 0; c < fine; ++c)
        for (int b = 0; b < fine; ++b)
            for (int a = 0; a < fine; ++a) {
                const VoxelPlace place{at.i + offset(a), at.j + offset(b), at.k + offset(c)};
                inside += shape.depth_mm(to_lps(grid, place)) >= 0.0 ? 1 : 0;
            }
    return static_cast<float>(inside) / static_cast<float>(fine * fine * fine);
}

/// The part of each voxel that is inside. Only voxels that the surface may cut are looked into.
[[nodiscard]] inline Field shares_of(const Grid& grid, const Shape& shape, int fine = 6)
{
    const SpacingMm spacing = grid.spacing_mm;
    const double half_diagonal_mm = 0.5 * std::hypot(spacing.i, spacing.j, spacing.k);
    Field share{grid};
    for (std::int32_t k = 0; k < grid.size.k; ++k)
        for (std::int32_t j = 0; j < grid.size.j; ++j)
            for (std::int32_t i = 0; i < grid.size.i; ++i) {
                const double depth_mm = shape.depth_mm(to_lps(grid, Index{i, j, k}));
                const bool cut = std::abs(depth_mm) <= half_diagonal_mm;
                share[{i, j, k}] = depth_mm > 0.0 ? 1.0F : 0.0F;
                if (cut) share[{i, j, k}] = share_of_voxel(grid, shape, {i, j, k}, fine);
            }
    return share;
}

/// Gaussian weights that add up to 1, four sd to either side.
[[nodiscard]] inline std::vector<float> window_of(double sd_mm, double spacing_mm)
{
    const int reach = static_cast<int>(std::ceil(4.0 * sd_mm / spacing_mm));
    std::vector<float> weights;
    for (int n = -reach; n <= reach; ++n)
        weights.push_back(static_cast<float>(std::exp(-0.5 * std::pow(n * spacing_mm / sd_mm, 2))));
    const float total = std::accumulate(weights.begin(), weights.end(), 0.0F);
    for (float& weight : weights)
        weight /= total;
    return weights;
}

/// One pass of a window over lines of `length` values that lie `step` apart; beyond a line its ends repeat.
inline void
blur_lines(std::vector<float>& slice, std::size_t length, std::size_t step, const std::vector<float>& window)
{
    const std::size_t reach = window.size() / 2;
    const std::vector<float> before = slice;
    for (std::size_t n = 0; n < slice.size(); ++n) {
        const std::size_t at = (n / step) % length;
        float sum = 0.0F;
        for (std::size_t w = 0; w < window.size(); ++w) {
            const std::size_t there = std::clamp(at + w, reach, length - 1 + reach) - reach;
            sum += window[w] * before[n - at * step + there * step];
        }
        slice[n] = sum;
    }
}

/// Averages along rows and columns of each slice over a Gaussian window: the blur of a scanner in its plane.
[[nodiscard]] inline Field blurred_in_plane(const Field& field, double sd_mm)
{
    if (sd_mm <= 0.0) return field;
    const Grid& grid = field.grid();
    const auto width = static_cast<std::size_t>(grid.size.i);
    const auto height = static_cast<std::size_t>(grid.size.j);
    Field blurred{grid};
    for (std::int32_t k = 0; k < grid.size.k; ++k) {
        const auto from = field.slice(k);
        std::vector<float> slice(from.begin(), from.end());
        // A slice that holds one value only stays as it is.
        const auto [least, greatest] = std::ranges::minmax(slice);
        if (least < greatest) {
            blur_lines(slice, width, 1, window_of(sd_mm, grid.spacing_mm.i));
            blur_lines(slice, height, width, window_of(sd_mm, grid.spacing_mm.j));
        }
        std::ranges::copy(slice, blurred.slice(k).begin());
    }
    return blurred;
}

struct Tissue {
    double lesion_hu = 60.0;
    double liver_hu = 110.0;
    double noise_hu = 0.0;
    double noise_grain_mm = 0.0;  ///< sd of the window that makes noise of neighbouring pixels alike
    std::uint64_t seed = 1;
};

/// Standard normal numbers, smoothed to the wanted grain and brought back to sd 1.
[[nodiscard]] inline Field noise_of(const Grid& grid, double grain_mm, std::uint64_t seed)
{
    std::mt19937_64 random{seed};
    std::normal_distribution<float> normal{0.0F, 1.0F};
    Field noise{grid};
    for (float& value : noise.voxels())
        value = normal(random);
    if (grain_mm <= 0.0) return noise;
    noise = blurred_in_plane(noise, grain_mm);
    double squares = 0.0;
    for (const float value : noise.voxels())
        squares += static_cast<double>(value) * static_cast<double>(value);
    const auto sd = static_cast<float>(std::sqrt(squares / static_cast<double>(noise.voxels().size())));
    for (float& value : noise.voxels())
        value /= sd;
    return noise;
}

/// HU of a lesion in liver, rounded to whole numbers as scanners do.
[[nodiscard]] inline Volume image_of(const Field& share, const Tissue& tissue)
{
    Volume image{share.grid()};
    const bool noisy = tissue.noise_hu > 0.0;
    const Field noise =
        noisy ? noise_of(share.grid(), tissue.noise_grain_mm, tissue.seed) : Field{share.grid()};
    for (std::size_t n = 0; n < image.voxels().size(); ++n) {
        const double part = static_cast<double>(share.voxels()[n]);
        const double hu = tissue.liver_hu + part * (tissue.lesion_hu - tissue.liver_hu) +
                          tissue.noise_hu * static_cast<double>(noise.voxels()[n]);
        image.voxels()[n] = static_cast<std::int16_t>(std::lround(hu));
    }
    return image;
}

/// The voxels that are at least half inside, as label 1 in an all-liver image.
[[nodiscard]] inline downstage::Segmented found_in_liver(const Field& share, float level = 0.5F)
{
    downstage::Segmented found;
    found.liver = downstage::Mask{share.grid(), 1};
    found.lesions = LabelMap{share.grid()};
    for (std::size_t n = 0; n < share.voxels().size(); ++n)
        found.lesions.voxels()[n] = share.voxels()[n] >= level ? 1 : 0;
    found.findings = {
        {.label = 1, .kind = downstage::FindingKind::lesion, .confidence = 1.0, .why_not_counted = {}}};
    return found;
}

/// A grid of about `side_mm` in every direction, with its middle at the patient's origin.
[[nodiscard]] inline Grid grid_about(double side_mm, double pixel_mm, double slice_mm)
{
    const auto count = [side_mm](double spacing_mm) {
        return static_cast<std::int32_t>(std::ceil(side_mm / spacing_mm)) + 1;
    };
    Grid grid{.size = {count(pixel_mm), count(pixel_mm), count(slice_mm)},
              .spacing_mm = {pixel_mm, pixel_mm, slice_mm},
              .origin = {},
              .axes = {}};
    const auto middle = [](std::int32_t voxels, double spacing_mm) {
        return -0.5 * (voxels - 1) * spacing_mm;
    };
    grid.origin = {
        middle(grid.size.i, pixel_mm), middle(grid.size.j, pixel_mm), middle(grid.size.k, slice_mm)};
    return grid;
}

}  // namespace downstage_test
