#pragma once

#include "downstage/core/image.hpp"

/// Simple bodies whose size and place are known by formula.
namespace downstage::test {

template <typename Visit>
void for_each_voxel(const Grid& grid, const Visit& visit)
{
    for (std::int32_t k = 0; k < grid.size.k; ++k)
        for (std::int32_t j = 0; j < grid.size.j; ++j)
            for (std::int32_t i = 0; i < grid.size.i; ++i)
                visit(Index{i, j, k});
}

/// The voxels for which `test(point)` holds at their centre.
template <typename Test>
Mask region(const Grid& grid, const Test& test)
{
    Mask mask{grid};
    for_each_voxel(
        grid, [&](const Index& at) { mask[at] = static_cast<std::uint8_t>(test(to_lps(grid, at)) ? 1 : 0); });
    return mask;
}

inline Mask ball(const Grid& grid, const PointLps& centre, double radius_mm)
{
    return region(grid, [&](const PointLps& at) { return distance_mm(at, centre) <= radius_mm; });
}

/// The voxels from `first` to `last`, both included.
inline Mask box(const Grid& grid, const Index& first, const Index& last)
{
    Mask mask{grid};
    for (std::int32_t k = first.k; k <= last.k; ++k)
        for (std::int32_t j = first.j; j <= last.j; ++j)
            for (std::int32_t i = first.i; i <= last.i; ++i)
                mask[{i, j, k}] = 1;
    return mask;
}

}  // namespace downstage::test
