#include "downstage/core/space.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace downstage {

double length_mm(const VectorLps& a)
{
    return std::sqrt(dot(a, a));
}

double distance_mm(const PointLps& a, const PointLps& b)
{
    return length_mm(a - b);
}

PointLps to_lps(const Grid& grid, const VoxelPlace& place)
{
    return grid.origin + (place.i * grid.spacing_mm.i) * grid.axes.i +
           (place.j * grid.spacing_mm.j) * grid.axes.j + (place.k * grid.spacing_mm.k) * grid.axes.k;
}

PointLps to_lps(const Grid& grid, const Index& voxel)
{
    return to_lps(
        grid,
        VoxelPlace{static_cast<double>(voxel.i), static_cast<double>(voxel.j), static_cast<double>(voxel.k)});
}

VoxelPlace to_voxel(const Grid& grid, const PointLps& point)
{
    const VectorLps from_origin = point - grid.origin;
    return {dot(from_origin, grid.axes.i) / grid.spacing_mm.i,
            dot(from_origin, grid.axes.j) / grid.spacing_mm.j,
            dot(from_origin, grid.axes.k) / grid.spacing_mm.k};
}

Index nearest(const VoxelPlace& place)
{
    return {static_cast<std::int32_t>(std::lround(place.i)),
            static_cast<std::int32_t>(std::lround(place.j)),
            static_cast<std::int32_t>(std::lround(place.k))};
}

bool contains(const Grid& grid, const Index& voxel)
{
    return voxel.i >= 0 && voxel.j >= 0 && voxel.k >= 0 && voxel.i < grid.size.i && voxel.j < grid.size.j &&
           voxel.k < grid.size.k;
}

std::size_t voxel_count(const Grid& grid)
{
    return static_cast<std::size_t>(grid.size.i) * static_cast<std::size_t>(grid.size.j) *
           static_cast<std::size_t>(grid.size.k);
}

double voxel_volume_mm3(const Grid& grid)
{
    return grid.spacing_mm.i * grid.spacing_mm.j * grid.spacing_mm.k;
}

bool same_grid(const Grid& a, const Grid& b, double tolerance_mm)
{
    if (a.size != b.size) return false;
    // Two affine maps that agree at four corners agree everywhere.
    const std::array<Index, 4> corners{
        {{0, 0, 0}, {a.size.i - 1, 0, 0}, {0, a.size.j - 1, 0}, {0, 0, a.size.k - 1}}};
    return std::ranges::all_of(corners, [&](const Index& corner) {
        return distance_mm(to_lps(a, corner), to_lps(b, corner)) <= tolerance_mm;
    });
}

}  // namespace downstage
