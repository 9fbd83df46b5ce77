#include "downstage/imaging/morphology.hpp"

#include "downstage/core/units.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>

namespace downstage::imaging {

namespace {

template <typename Test>
Mask where(const Field& field, const Test& test)
{
    Mask mask{field.grid()};
    std::ranges::transform(field.voxels(), mask.voxels().begin(), [&](float value) {
        return static_cast<std::uint8_t>(test(value) ? 1 : 0);
    });
    return mask;
}

template <typename Rule>
Mask combined(const Mask& a, const Mask& b, const Rule& rule)
{
    assert(a.grid().size == b.grid().size);
    Mask result{a.grid()};
    std::ranges::transform(
        a.voxels(), b.voxels(), result.voxels().begin(), [&](std::uint8_t x, std::uint8_t y) {
            return static_cast<std::uint8_t>(rule(x != 0, y != 0) ? 1 : 0);
        });
    return result;
}

/// Copies `from` into `to`, whose voxel {0, 0, 0} lies at `shift` in `from`; what one of them lacks is left
/// out.
void copy_shifted(const Mask& from, Mask& to, const Index& shift)
{
    for (std::int32_t k = 0; k < to.grid().size.k; ++k)
        for (std::int32_t j = 0; j < to.grid().size.j; ++j)
            for (std::int32_t i = 0; i < to.grid().size.i; ++i)
                if (const Index source{i + shift.i, j + shift.j, k + shift.k}; contains(from.grid(), source))
                    to[{i, j, k}] = from[source];
}

std::int32_t voxels_over(double length_mm, double spacing_mm)
{
    return static_cast<std::int32_t>(std::ceil(length_mm / spacing_mm)) + 1;
}

}  // namespace

Mask erode(const Mask& mask, double radius_mm, unsigned workers)
{
    const auto radius = static_cast<float>(radius_mm);
    return where(depth_mm(mask, workers), [radius](float depth) { return depth > radius; });
}

Mask dilate(const Mask& mask, double radius_mm, unsigned workers)
{
    const auto radius = static_cast<float>(radius_mm);
    return where(distance_mm(mask, workers), [radius](float distance) { return distance <= radius; });
}

Mask open(const Mask& mask, double radius_mm, unsigned workers)
{
    return dilate(erode(mask, radius_mm, workers), radius_mm, workers);
}

Mask close(const Mask& mask, double radius_mm, unsigned workers)
{
    const Grid& grid = mask.grid();
    const Index margin{voxels_over(radius_mm, grid.spacing_mm.i),
                       voxels_over(radius_mm, grid.spacing_mm.j),
                       voxels_over(radius_mm, grid.spacing_mm.k)};
    Grid wide = grid;
    wide.size = {grid.size.i + 2 * margin.i, grid.size.j + 2 * margin.j, grid.size.k + 2 * margin.k};
    wide.origin = to_lps(grid, Index{-margin.i, -margin.j, -margin.k});

    Mask padded{wide};
    copy_shifted(mask, padded, {-margin.i, -margin.j, -margin.k});
    Mask closed{grid};
    copy_shifted(erode(dilate(padded, radius_mm, workers), radius_mm, workers), closed, margin);
    return closed;
}

Mask both(const Mask& a, const Mask& b)
{
    return combined(a, b, std::logical_and<>{});
}

Mask either(const Mask& a, const Mask& b)
{
    return combined(a, b, std::logical_or<>{});
}

Mask without(const Mask& a, const Mask& b)
{
    return combined(a, b, [](bool in_a, bool in_b) { return in_a && !in_b; });
}

std::size_t count(const Mask& mask)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(mask.voxels(), [](std::uint8_t voxel) { return voxel != 0; }));
}

double volume_ml(const Mask& mask)
{
    return ml_of_mm3(static_cast<double>(count(mask)) * voxel_volume_mm3(mask.grid()));
}

}  // namespace downstage::imaging
