#include "landmarks_wall.hpp"

#include "downstage/imaging/smooth.hpp"

#include "working_grid.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>

namespace downstage::segmentation {

namespace {

// SEGMENTATION.md 3.6
constexpr std::int32_t rays = 144;
constexpr double step_mm = 1.5;
constexpr double centre_before_spine_mm = 20.0;
constexpr double skin_mm = 4.0;
constexpr int muscle_samples = 4;
constexpr float fat_hu = -30.0F;
constexpr double rib_reach_mm = 24.0;
constexpr double thinnest_mm = 3.0;
constexpr double thickest_mm = 24.0;
constexpr double usual_mm = 6.0;  // 12 cut off the lower tip of the liver in two of four patients
constexpr double fall_off_cells = 8.0;
constexpr double smoothing_cells = 1.5;

constexpr float missing = std::numeric_limits<float>::quiet_NaN();

/// One number a ray (i) and slice (j), `missing` where there is none; rays go round.
using PolarMap = Field;

PolarMap polar_map(std::int32_t slices, float fill = missing)
{
    return PolarMap{Grid{.size = {rays, slices, 1}}, fill};
}

std::int32_t round_trip(std::int32_t ray)
{
    return (ray % rays + rays) % rays;
}

/// Where the rays of each slice start.
struct Centre {
    double i{}, j{};
};

std::vector<Centre> centres(const Mask& body, const Spine& spine)
{
    std::vector<Centre> all;
    for (std::int32_t k = 0; k < body.grid().size.k; ++k) {
        const auto slice = static_cast<std::size_t>(k);
        const double before_spine = spine.front_j[slice] - centre_before_spine_mm / body.grid().spacing_mm.j;
        const auto extent = extent_in_slice(body, k);
        const double middle = extent ? 0.5 * (extent->low_j + extent->high_j) : before_spine;
        all.push_back({.i = spine.midline_i[slice], .j = std::min(middle, before_spine)});
    }
    return all;
}

/// The samples along one ray that lie in the body, from the centre outwards.
std::vector<Index> samples_along(const Mask& body, const Centre& centre, std::int32_t k, std::int32_t ray)
{
    const Grid& grid = body.grid();
    const double angle = 2.0 * std::numbers::pi * ray / rays;
    std::vector<Index> samples;
    std::size_t inside = 0;
    for (int n = 0;; ++n) {
        const Index at{static_cast<std::int32_t>(
                           std::lround(centre.i + n * step_mm * std::cos(angle) / grid.spacing_mm.i)),
                       static_cast<std::int32_t>(
                           std::lround(centre.j + n * step_mm * std::sin(angle) / grid.spacing_mm.j)),
                       k};
        if (!contains(grid, at)) break;
        samples.push_back(at);
        if (body[at] != 0) inside = samples.size();
    }
    samples.resize(inside);
    return samples;
}

/// The radius at which muscle begins under skin and fat: the first run of samples, inwards, that are not fat.
float outer_muscle_mm(const Volume& smooth, const std::vector<Index>& samples)
{
    int run = 0;
    const auto under_skin = static_cast<std::size_t>(std::ceil(skin_mm / step_mm));
    for (std::size_t n = samples.size(); n-- > 0;) {
        if (n + under_skin >= samples.size()) continue;
        run = static_cast<float>(smooth[samples[n]]) < fat_hu ? 0 : run + 1;
        if (run == muscle_samples)
            return static_cast<float>((static_cast<double>(n) + muscle_samples - 1) * step_mm);
    }
    return missing;
}

/// The smallest radius of bone in the outer half of the ray that belongs to the wall.
float inner_rib_mm(const Mask& bone, const std::vector<Index>& samples, float muscle_mm)
{
    for (std::size_t n = samples.size() / 2 + 1; n < samples.size(); ++n) {
        const double radius_mm = static_cast<double>(n) * step_mm;
        if (bone[samples[n]] != 0 && radius_mm >= static_cast<double>(muscle_mm) - rib_reach_mm)
            return static_cast<float>(radius_mm);
    }
    return missing;
}

struct Window {
    std::int32_t slices{}, rays{};  ///< odd numbers: the cell and as many on either side
    double fraction{};              ///< the quantile that is taken
};

float local_quantile(const PolarMap& map, const Index& cell, const Window& window)
{
    std::vector<double> values;
    for (std::int32_t j = cell.j - window.slices / 2; j <= cell.j + window.slices / 2; ++j)
        for (std::int32_t i = cell.i - window.rays / 2; i <= cell.i + window.rays / 2; ++i)
            if (j >= 0 && j < map.grid().size.j)
                if (const float value = map[{round_trip(i), j, 0}]; !std::isnan(value))
                    values.push_back(static_cast<double>(value));
    return values.empty() ? missing : static_cast<float>(quantile(std::move(values), window.fraction));
}

PolarMap local_quantiles(const PolarMap& map, const Window& window, unsigned workers)
{
    PolarMap result = map;
    for_each_index(static_cast<std::size_t>(map.grid().size.j), workers, [&](std::size_t row) {
        const auto j = static_cast<std::int32_t>(row);
        for (std::int32_t i = 0; i < rays; ++i)
            result[{i, j, 0}] = local_quantile(map, {i, j, 0}, window);
    });
    return result;
}

struct Nearest {
    float value = missing;
    double away_cells = std::numeric_limits<double>::infinity();
};

/// The nearest cell that holds a value, the short way round; ties go to the lower slice, then the lower ray.
Nearest nearest_value(const PolarMap& map, const Index& cell)
{
    Nearest best;
    for (std::int32_t j = 0; j < map.grid().size.j; ++j) {
        if (std::abs(j - cell.j) >= best.away_cells) continue;
        for (std::int32_t i = 0; i < rays; ++i) {
            const float value = map[{i, j, 0}];
            if (std::isnan(value)) continue;
            const std::int32_t turn = std::abs(i - cell.i);
            const double away = std::hypot(std::min(turn, rays - turn), j - cell.j);
            if (away < best.away_cells) best = {.value = value, .away_cells = away};
        }
    }
    return best;
}

/// Gives every cell that misses a value what `value_for(nearest)` makes of the nearest one.
template <typename ValueFor>
PolarMap completed(const PolarMap& map, unsigned workers, const ValueFor& value_for)
{
    PolarMap result = map;
    for_each_index(static_cast<std::size_t>(map.grid().size.j), workers, [&](std::size_t row) {
        const auto j = static_cast<std::int32_t>(row);
        for (std::int32_t i = 0; i < rays; ++i)
            if (float& value = result[{i, j, 0}]; std::isnan(value))
                value = value_for(nearest_value(map, {i, j, 0}));
    });
    return result;
}

/// Gaussian over rays and slices; the map is laid out one and a half times round, so that it has no seam.
PolarMap smoothed_round(const PolarMap& map, unsigned workers)
{
    const std::int32_t slices = map.grid().size.j;
    constexpr std::int32_t overlap = rays / 4;
    Field wide{Grid{.size = {rays + 2 * overlap, slices, 1}}};
    for (std::int32_t j = 0; j < slices; ++j)
        for (std::int32_t i = 0; i < wide.grid().size.i; ++i)
            wide[{i, j, 0}] = map[{round_trip(i - overlap), j, 0}];
    wide = imaging::gaussian(wide, {smoothing_cells, smoothing_cells, 0.0}, workers);
    PolarMap result = map;
    for (std::int32_t j = 0; j < slices; ++j)
        for (std::int32_t i = 0; i < rays; ++i)
            result[{i, j, 0}] = wide[{i + overlap, j, 0}];
    return result;
}

template <typename Radius>
PolarMap
along_rays(const Mask& body, const std::vector<Centre>& starts, unsigned workers, const Radius& radius)
{
    PolarMap map = polar_map(body.grid().size.k);
    for_each_index(starts.size(), workers, [&](std::size_t slice) {
        const auto k = static_cast<std::int32_t>(slice);
        for (std::int32_t ray = 0; ray < rays; ++ray)
            map[{ray, k, 0}] = radius(samples_along(body, starts[slice], k, ray), Index{ray, k, 0});
    });
    return map;
}

/// The thickness of the wall at the ribs, and what it is likely to be away from them.
PolarMap wall_thickness(const PolarMap& muscle, const PolarMap& rib, unsigned workers)
{
    PolarMap measured = muscle;
    std::ranges::transform(
        muscle.voxels(), rib.voxels(), measured.voxels().begin(), [](float outer, float inner) {
            const double thickness = static_cast<double>(outer) - static_cast<double>(inner);
            return thickness >= thinnest_mm && thickness <= thickest_mm ? static_cast<float>(thickness)
                                                                        : missing;
        });
    const PolarMap local = local_quantiles(measured, {.slices = 9, .rays = 9, .fraction = 0.60}, workers);
    const PolarMap all = completed(local, workers, [](const Nearest& nearest) {
        if (std::isnan(nearest.value)) return static_cast<float>(usual_mm);
        const double weight = std::exp(-nearest.away_cells / fall_off_cells);
        return static_cast<float>(weight * static_cast<double>(nearest.value) + (1.0 - weight) * usual_mm);
    });
    return smoothed_round(all, workers);
}

/// The value of the map in the direction from the centre to a voxel, between its two rays.
double in_direction(const PolarMap& map, double angle_rad, std::int32_t k)
{
    const double place = angle_rad / (2.0 * std::numbers::pi) * rays;
    const double low = std::floor(place);
    const auto ray = static_cast<std::int32_t>(low);
    const auto at = [&](std::int32_t n) { return static_cast<double>(map[{round_trip(n), k, 0}]); };
    return at(ray) + (place - low) * (at(ray + 1) - at(ray));
}

}  // namespace

Mask find_inside_wall(
    const Volume& ct, const Mask& body, const Mask& bone, const Spine& spine, unsigned workers)
{
    const Grid& grid = ct.grid();
    const auto starts = centres(body, spine);
    const Volume smooth = imaging::median3(ct, workers);
    const PolarMap first_muscle =
        along_rays(body, starts, workers, [&](const std::vector<Index>& samples, const Index&) {
            return outer_muscle_mm(smooth, samples);
        });
    const PolarMap muscle =
        completed(local_quantiles(first_muscle, {.slices = 7, .rays = 5, .fraction = 0.50}, workers),
                  workers,
                  [](const Nearest& nearest) { return nearest.value; });
    const PolarMap rib =
        along_rays(body, starts, workers, [&](const std::vector<Index>& samples, const Index& cell) {
            return inner_rib_mm(bone, samples, muscle[cell]);
        });
    PolarMap inner = wall_thickness(muscle, rib, workers);
    std::ranges::transform(muscle.voxels(), inner.voxels(), inner.voxels().begin(), std::minus<>{});

    return voxels_where(grid, workers, [&](const Index& at, std::size_t n) {
        if (body.voxels()[n] == 0) return false;
        const Centre& centre = starts[static_cast<std::size_t>(at.k)];
        const double x_mm = (at.i - centre.i) * grid.spacing_mm.i;
        const double y_mm = (at.j - centre.j) * grid.spacing_mm.j;
        return std::hypot(x_mm, y_mm) < in_direction(inner, std::atan2(y_mm, x_mm), at.k);
    });
}

}  // namespace downstage::segmentation
