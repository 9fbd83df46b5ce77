#include "downstage/measurement/band.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

namespace downstage::measurement {

namespace {

/// The grid as rows of contiguous floats: along i a row is one line of voxels; along j and k whole rows are
/// combined, which the compiler does several voxels at a time.
struct Rows {
    std::size_t count{};   ///< rows that are combined with each other
    std::size_t length{};  ///< floats in a row
    std::size_t groups{};  ///< independent sets of such rows
};

Rows rows_along_j(const Size& size)
{
    return {
        static_cast<std::size_t>(size.j), static_cast<std::size_t>(size.i), static_cast<std::size_t>(size.k)};
}

Rows rows_along_k(const Size& size)
{
    return {static_cast<std::size_t>(size.k),
            static_cast<std::size_t>(size.i) * static_cast<std::size_t>(size.j),
            1};
}

/// Squared distance along each line of i: one sweep from either end.
void sweep_lines(std::span<const std::uint8_t> mask,
                 std::span<float> squared,
                 const Size& size,
                 double spacing_mm)
{
    const auto length = static_cast<std::size_t>(size.i);
    const auto step = static_cast<float>(spacing_mm);
    for (std::size_t start = 0; start < mask.size(); start += length) {
        float steps_mm = std::sqrt(squared[start]);  // the cap: nothing met yet
        for (std::size_t i = 0; i < length; ++i) {
            steps_mm = mask[start + i] != 0 ? 0.0F : steps_mm + step;
            squared[start + i] = std::min(squared[start + i], steps_mm * steps_mm);
        }
        for (std::size_t i = length; i-- > 0;) {
            steps_mm = mask[start + i] != 0 ? 0.0F : steps_mm + step;
            squared[start + i] = std::min(squared[start + i], steps_mm * steps_mm);
        }
    }
}

/// Least sum of the squared distance in a row nearby and the squared way to that row.
void least_over_rows(std::vector<float>& squared, const Rows& rows, double spacing_mm, double cap_mm)
{
    const auto reach = static_cast<std::ptrdiff_t>(std::floor(cap_mm / spacing_mm));
    const std::vector<float> before = squared;
    const auto count = static_cast<std::ptrdiff_t>(rows.count);
    for (std::size_t group = 0; group < rows.groups; ++group)
        for (std::ptrdiff_t row = 0; row < count; ++row) {
            const std::size_t base = group * rows.count * rows.length;
            float* const out = squared.data() + base + static_cast<std::size_t>(row) * rows.length;
            const std::ptrdiff_t last = std::min(count - 1, row + reach);
            for (std::ptrdiff_t other = std::max<std::ptrdiff_t>(0, row - reach); other <= last; ++other) {
                const double way_mm = static_cast<double>(other - row) * spacing_mm;
                const auto way = static_cast<float>(way_mm * way_mm);
                const float* const in = before.data() + base + static_cast<std::size_t>(other) * rows.length;
                for (std::size_t n = 0; n < rows.length; ++n)
                    out[n] = std::min(out[n], in[n] + way);
            }
        }
}

std::vector<float> gaussian_weights(double sd_mm, double spacing_mm)
{
    // Three standard deviations hold 99.7 % of the window.
    const auto reach = static_cast<std::size_t>(std::ceil(3.0 * sd_mm / spacing_mm));
    std::vector<float> weights(reach + 1);
    for (std::size_t n = 0; n <= reach; ++n) {
        const double steps = static_cast<double>(n) * spacing_mm / sd_mm;
        weights[n] = static_cast<float>(std::exp(-0.5 * steps * steps));
    }
    return weights;
}

std::size_t apart(std::size_t a, std::size_t b)
{
    return a > b ? a - b : b - a;
}

/// Adds `line`, shifted by `steps` to either side, to `sums`; what falls off the ends is left out.
void add_shifted(std::span<const float> line, std::size_t steps, float weight, std::span<float> sums)
{
    for (std::size_t n = steps; n < line.size(); ++n)
        sums[n] += weight * line[n - steps];
    if (steps == 0) return;
    for (std::size_t n = steps; n < line.size(); ++n)
        sums[n - steps] += weight * line[n];
}

void smooth_lines(std::vector<float>& values, const Size& size, std::span<const float> weights)
{
    const auto length = static_cast<std::size_t>(size.i);
    const std::vector<float> ones(length, 1.0F);
    std::vector<float> totals(length, 0.0F);
    std::vector<float> sums(length);
    for (std::size_t steps = 0; steps < weights.size(); ++steps)
        add_shifted(ones, steps, weights[steps], totals);
    for (std::size_t start = 0; start < values.size(); start += length) {
        const std::span<float> line{values.data() + start, length};
        std::ranges::fill(sums, 0.0F);
        for (std::size_t steps = 0; steps < weights.size(); ++steps)
            add_shifted(line, steps, weights[steps], sums);
        for (std::size_t n = 0; n < length; ++n)
            line[n] = sums[n] / totals[n];
    }
}

/// Adds to one row of `sums` the weighted mean of the rows near it; `group` is the set of rows it belongs to.
void add_near_rows(std::span<const float> group,
                   std::size_t row,
                   std::span<const float> weights,
                   std::span<float> sums)
{
    const std::size_t length = sums.size();
    const std::size_t reach = weights.size() - 1;
    const std::size_t first = row > reach ? row - reach : 0;
    const std::size_t last = std::min(group.size() / length - 1, row + reach);
    float total = 0.0F;
    for (std::size_t other = first; other <= last; ++other)
        total += weights[apart(row, other)];
    for (std::size_t other = first; other <= last; ++other) {
        const float weight = weights[apart(row, other)] / total;
        const std::span<const float> in = group.subspan(other * length, length);
        for (std::size_t n = 0; n < length; ++n)
            sums[n] += weight * in[n];
    }
}

void smooth_rows(std::vector<float>& values, const Rows& rows, std::span<const float> weights)
{
    const std::vector<float> before = values;
    std::ranges::fill(values, 0.0F);
    const std::size_t group_size = rows.count * rows.length;
    for (std::size_t start = 0; start < values.size(); start += group_size)
        for (std::size_t row = 0; row < rows.count; ++row)
            add_near_rows(std::span{before}.subspan(start, group_size),
                          row,
                          weights,
                          std::span{values}.subspan(start + row * rows.length, rows.length));
}

}  // namespace

Field distance_to(const Mask& mask, const SpacingMm& spacing_mm, double cap_mm)
{
    const Size size = mask.grid().size;
    std::vector<float> squared(mask.voxels().size(), static_cast<float>(cap_mm * cap_mm));
    sweep_lines(mask.voxels(), squared, size, spacing_mm.i);
    least_over_rows(squared, rows_along_j(size), spacing_mm.j, cap_mm);
    least_over_rows(squared, rows_along_k(size), spacing_mm.k, cap_mm);
    for (float& value : squared)
        value = std::sqrt(value);
    return {mask.grid(), std::move(squared)};
}

Field smoothed(const Field& field, double sd_mm)
{
    const Grid& grid = field.grid();
    std::vector<float> values(field.voxels().begin(), field.voxels().end());
    // Below a fifth of a voxel the first weight beside the middle is under 4e-6.
    const auto matters = [sd_mm](double spacing_mm) { return sd_mm > 0.2 * spacing_mm; };
    if (matters(grid.spacing_mm.i))
        smooth_lines(values, grid.size, gaussian_weights(sd_mm, grid.spacing_mm.i));
    if (matters(grid.spacing_mm.j))
        smooth_rows(values, rows_along_j(grid.size), gaussian_weights(sd_mm, grid.spacing_mm.j));
    if (matters(grid.spacing_mm.k))
        smooth_rows(values, rows_along_k(grid.size), gaussian_weights(sd_mm, grid.spacing_mm.k));
    return {grid, std::move(values)};
}

}  // namespace downstage::measurement
