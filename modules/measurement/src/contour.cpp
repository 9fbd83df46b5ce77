#include "downstage/measurement/contour.hpp"

#include <optional>

namespace downstage::measurement {

namespace {

constexpr float boundary_level = 0.5F;

/// How far from the first to the second voxel the level is crossed, in voxels; empty without a crossing.
std::optional<double> crossing(float from, float to)
{
    if ((from >= boundary_level) == (to >= boundary_level)) return std::nullopt;
    return static_cast<double>(boundary_level - from) / static_cast<double>(to - from);
}

}  // namespace

std::vector<VoxelPlace> section_points(const Field& membership, std::int32_t k)
{
    const Size size = membership.grid().size;
    const auto slice = membership.slice(k);
    const auto width = static_cast<std::size_t>(size.i);
    std::vector<VoxelPlace> points;
    std::size_t here = 0;
    for (std::int32_t j = 0; j < size.j; ++j)
        for (std::int32_t i = 0; i < size.i; ++i, ++here) {
            const VoxelPlace place{static_cast<double>(i), static_cast<double>(j), static_cast<double>(k)};
            if (i + 1 < size.i)
                if (const auto way = crossing(slice[here], slice[here + 1]))
                    points.push_back({place.i + *way, place.j, place.k});
            if (j + 1 < size.j)
                if (const auto way = crossing(slice[here], slice[here + width]))
                    points.push_back({place.i, place.j + *way, place.k});
        }
    return points;
}

std::vector<VoxelPlace> surface_points(const Field& membership)
{
    const Size size = membership.grid().size;
    std::vector<VoxelPlace> points;
    for (std::int32_t k = 0; k < size.k; ++k) {
        const std::vector<VoxelPlace> section = section_points(membership, k);
        points.insert(points.end(), section.begin(), section.end());
        if (k + 1 == size.k) continue;
        const auto below = membership.slice(k);
        const auto above = membership.slice(k + 1);
        for (std::size_t n = 0; n < below.size(); ++n)
            if (const auto way = crossing(below[n], above[n])) {
                const auto width = static_cast<std::size_t>(size.i);
                points.push_back({static_cast<double>(n % width),
                                  static_cast<double>(n / width),
                                  static_cast<double>(k) + *way});
            }
    }
    return points;
}

}  // namespace downstage::measurement
