#include "pixels.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace downstage::inference {

namespace {

// TRAINING.md 5.3: what the networks' training slices were made with.
constexpr double least_factor_blurred = 1.25;
constexpr double sigma_per_factor = 0.45;
constexpr double sigmas_of_kernel = 4.0;  // the Gaussian beyond holds less than 1e-4

/// A Gaussian around its middle, which sums to 1; {1} where nothing is to be blurred.
std::vector<double> blur_for(double factor)
{
    if (factor <= least_factor_blurred) return {1.0};
    const double sigma = sigma_per_factor * (factor - 1.0);
    const auto radius = static_cast<std::int32_t>(std::ceil(sigmas_of_kernel * sigma));
    std::vector<double> kernel;
    double sum = 0.0;
    for (std::int32_t n = -radius; n <= radius; ++n) {
        kernel.push_back(std::exp(-0.5 * n * n / (sigma * sigma)));
        sum += kernel.back();
    }
    for (double& weight : kernel)
        weight /= sum;
    return kernel;
}

/// The kernel around `place`, shared between the two old pixels next to it; what falls beyond the field goes
/// to the outermost pixel.
Taps taps_at(double place, std::int32_t size, const std::vector<double>& kernel)
{
    const double inside = std::clamp(place, 0.0, size - 1.0);
    const auto below = static_cast<std::int32_t>(std::floor(inside));
    const double above_share = inside - below;
    const auto radius = static_cast<std::int32_t>(kernel.size() / 2);
    const auto within = [size](std::int32_t n) { return std::clamp(n, 0, size - 1); };
    const std::int32_t first = within(below - radius);
    const std::int32_t past_last = within(below + radius + 1) + 1;
    std::vector<double> weights(static_cast<std::size_t>(past_last - first));
    const auto weight_of = [&](std::int32_t n) -> double& {
        return weights[static_cast<std::size_t>(within(n) - first)];
    };
    std::int32_t at = below - radius;
    for (const double weight : kernel) {
        weight_of(at) += weight * (1.0 - above_share);
        weight_of(at + 1) += weight * above_share;
        ++at;
    }
    return {.first = first, .weights = {weights.begin(), weights.end()}};
}

Plane columns_resampled(const Plane& slice, const AxisTaps& columns)
{
    Plane result{static_cast<std::int32_t>(columns.size()), slice.rows};
    for (std::int32_t j = 0; j < slice.rows; ++j) {
        const float* const from = slice.row(j);
        float* to = result.row(j);
        for (const Taps& taps : columns) {
            const float* value = from + taps.first;
            float sum = 0.0F;
            for (const float weight : taps.weights)
                sum += weight * *value++;
            *to++ = sum;
        }
    }
    return result;
}

Plane rows_resampled(const Plane& slice, const AxisTaps& rows)
{
    Plane result{slice.columns, static_cast<std::int32_t>(rows.size())};
    for (std::int32_t j = 0; j < result.rows; ++j) {
        const Taps& taps = rows[static_cast<std::size_t>(j)];
        float* const to = result.row(j);
        for (std::size_t n = 0; n < taps.weights.size(); ++n) {
            const float* const from = slice.row(taps.first + static_cast<std::int32_t>(n));
            const float weight = taps.weights[n];
            for (std::int32_t i = 0; i < slice.columns; ++i)
                to[i] += weight * from[i];
        }
    }
    return result;
}

}  // namespace

std::int32_t covering(const AxisChange& change)
{
    constexpr double rounding = 1e-6;  // 512 x 0.75 mm are 256 pixels of 1.5 mm, not 257
    const double pixels = change.size * change.from_mm / change.to_mm;
    return std::max(1, static_cast<std::int32_t>(std::ceil(pixels - rounding)));
}

AxisTaps taps_of(const AxisChange& change)
{
    const double factor = change.to_mm / change.from_mm;
    const std::vector<double> kernel = blur_for(factor);
    AxisTaps taps;
    for (std::int32_t n = 0; n < covering(change); ++n)
        taps.push_back(taps_at((n + 0.5) * factor - 0.5, change.size, kernel));
    return taps;
}

Resampling resampling_to(double pixel_mm, const Grid& grid)
{
    return {.columns = taps_of({.size = grid.size.i, .from_mm = grid.spacing_mm.i, .to_mm = pixel_mm}),
            .rows = taps_of({.size = grid.size.j, .from_mm = grid.spacing_mm.j, .to_mm = pixel_mm})};
}

Plane resampled(const Plane& slice, const Resampling& how)
{
    return rows_resampled(columns_resampled(slice, how.columns), how.rows);
}

Grid repixelled(const Grid& grid, double pixel_mm)
{
    Grid result = grid;
    result.size.i = covering({.size = grid.size.i, .from_mm = grid.spacing_mm.i, .to_mm = pixel_mm});
    result.size.j = covering({.size = grid.size.j, .from_mm = grid.spacing_mm.j, .to_mm = pixel_mm});
    result.spacing_mm.i = pixel_mm;
    result.spacing_mm.j = pixel_mm;
    const VectorLps first_centre = 0.5 * (pixel_mm - grid.spacing_mm.i) * grid.axes.i +
                                   0.5 * (pixel_mm - grid.spacing_mm.j) * grid.axes.j;
    result.origin = grid.origin + first_centre;
    return result;
}

}  // namespace downstage::inference
