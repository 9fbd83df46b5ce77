#include "downstage/measurement/contour.hpp"

#include <optional>
#include <span>

namespace downstage::measurement {

namespace {

constexpr float boundary_level = 0.5F;

/// How far from the first to the second voxel the level is crossed, in voxels; empty without a crossing.
std::optional<double> crossing(float from, float to)
{
    if ((from >= boundary_level) == (to >= boundary_level)) return std::nullopt;
    return static_cast<double>(boundary_level - from) / static_cast<double>(to - from);
}

/// The crossings from each voxel of a row to the next one along i.
void add_along_row(std::vector<VoxelPlace>& points, std::span<const float> row, const VoxelPlace& first)
{
    for (std::size_t i = 0; i + 1 < row.size(); ++i)
        if (const auto way = crossing(row[i], row[i + 1]))
            points.push_back({static_cast<double>(i) + *way, first.j, first.k});
}

/// The crossings from each voxel of a row to its neighbour in `next`, which lies `to` further on.
void add_between_rows(std::vector<VoxelPlace>& points,
                      std::span<const float> row,
                      std::span<const float> next,
                      const VoxelPlace& first,
                      const VoxelPlace& to)
{
    for (std::size_t i = 0; i < row.size(); ++i)
        if (const auto way = crossing(row[i], next[i]))
            points.push_back({static_cast<double>(i), first.j + *way * to.j, first.k + *way * to.k});
}

std::span<const float> row_of(const Field& field, std::int32_t j, std::int32_t k)
{
    const auto columns = static_cast<std::size_t>(field.grid().size.i);
    return field.slice(k).subspan(static_cast<std::size_t>(j) * columns, columns);
}

VoxelPlace start_of_row(std::int32_t j, std::int32_t k)
{
    return {0.0, static_cast<double>(j), static_cast<double>(k)};
}

}  // namespace

std::vector<VoxelPlace> section_points(const Field& membership, std::int32_t k)
{
    const Size size = membership.grid().size;
    std::vector<VoxelPlace> points;
    for (std::int32_t j = 0; j < size.j; ++j) {
        const auto row = row_of(membership, j, k);
        add_along_row(points, row, start_of_row(j, k));
        if (j + 1 < size.j)
            add_between_rows(points, row, row_of(membership, j + 1, k), start_of_row(j, k), {0.0, 1.0, 0.0});
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
        for (std::int32_t j = 0; j < size.j && k + 1 < size.k; ++j)
            add_between_rows(points,
                             row_of(membership, j, k),
                             row_of(membership, j, k + 1),
                             start_of_row(j, k),
                             {0.0, 0.0, 1.0});
    }
    return points;
}

}  // namespace downstage::measurement
