#include "downstage/measurement/place.hpp"

#include "holes.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

namespace downstage::measurement {

namespace {

using Row = std::span<const std::uint8_t>;

/// One row of the mask, or the row itself in place of one that the image does not have: its end is no
/// surface.
Row row_of(const Mask& mask, std::int32_t j, std::int32_t k, const Row& otherwise)
{
    const Size size = mask.grid().size;
    if (j < 0 || j >= size.j || k < 0 || k >= size.k) return otherwise;
    const auto length = static_cast<std::size_t>(size.i);
    return mask.slice(k).subspan(static_cast<std::size_t>(j) * length, length);
}

/// The first index from `from` on that holds a 1; the row's length where none does.
std::size_t next_set(const Row& row, std::size_t from)
{
    if (from >= row.size()) return row.size();
    const void* const found = std::memchr(row.data() + from, 1, row.size() - from);
    return found == nullptr ? row.size()
                            : static_cast<std::size_t>(static_cast<const std::uint8_t*>(found) - row.data());
}

/// Marks the voxels of row (j, k) that have a face to the outside. Whole rows at a time: a liver has millions
/// of voxels and few of them are on its surface.
void mark_surface(const Mask& mask, std::int32_t j, std::int32_t k, std::vector<std::uint8_t>& is_surface)
{
    const Row row = row_of(mask, j, k, {});
    const Row up = row_of(mask, j - 1, k, row);
    const Row down = row_of(mask, j + 1, k, row);
    const Row below = row_of(mask, j, k - 1, row);
    const Row above = row_of(mask, j, k + 1, row);
    const std::size_t last = row.size() - 1;
    for (std::size_t i = 0; i <= last; ++i) {
        const auto closed = static_cast<std::uint8_t>(up[i] & down[i] & below[i] & above[i]);
        const auto beside =
            static_cast<std::uint8_t>(row[i == 0 ? 0 : i - 1] & row[i == last ? last : i + 1]);
        is_surface[i] = static_cast<std::uint8_t>(row[i] & ~(closed & beside));
    }
}

void include(LiverShape& shape, const PointLps& point)
{
    shape.least = {std::min(shape.least.x_mm, point.x_mm),
                   std::min(shape.least.y_mm, point.y_mm),
                   std::min(shape.least.z_mm, point.z_mm)};
    shape.greatest = {std::max(shape.greatest.x_mm, point.x_mm),
                      std::max(shape.greatest.y_mm, point.y_mm),
                      std::max(shape.greatest.z_mm, point.z_mm)};
}

struct Extent {
    PointLps least, greatest;
};

Extent extent_of(std::span<const PointLps> points)
{
    LiverShape box{.surface = {}, .least = points.front(), .greatest = points.front()};
    for (const PointLps& point : points)
        include(box, point);
    return {box.least, box.greatest};
}

double beyond(double value, double low, double high)
{
    return std::max({0.0, low - value, value - high});
}

/// No point in the box is nearer than this.
double distance_to_box(const PointLps& point, const Extent& box)
{
    return length_mm({beyond(point.x_mm, box.least.x_mm, box.greatest.x_mm),
                      beyond(point.y_mm, box.least.y_mm, box.greatest.y_mm),
                      beyond(point.z_mm, box.least.z_mm, box.greatest.z_mm)});
}

/// At most about 500 of the points, evenly chosen: neighbours on a smooth boundary are as far from the
/// liver's surface as each other, to a small part of their own distance.
std::vector<PointLps> thinned(std::span<const PointLps> points)
{
    const std::size_t step = points.size() / 500 + 1;
    std::vector<PointLps> few;
    for (std::size_t n = 0; n < points.size(); n += step)
        few.push_back(points[n]);
    return few;
}

double nearest_mm(const PointLps& from, std::span<const PointLps> points)
{
    double least = std::numeric_limits<double>::infinity();
    for (const PointLps& point : points)
        least = std::min(least, dot(point - from, point - from));
    return std::sqrt(least);
}

/// Where between `low` and `high` a value stands, as a part of the way.
double part_of_way(double value, double low, double high)
{
    return high > low ? (value - low) / (high - low) : 0.5;
}

std::string side_in_words(double way_to_left)
{
    // The plane between right and left lobe (Cantlie) lies left of the middle: the right lobe is the larger.
    if (way_to_left < 0.55) return "right part";
    return way_to_left < 0.70 ? "middle part" : "left part";
}

std::string height_in_words(double way_to_head)
{
    if (way_to_head > 2.0 / 3.0) return "upper third";
    return way_to_head > 1.0 / 3.0 ? "middle third" : "lower third";
}

std::string depth_in_words(double depth_mm)
{
    if (depth_mm <= 1.0) return "at the capsule";
    return depth_mm <= 10.0 ? "near the capsule" : "deep";
}

}  // namespace

std::optional<LiverShape> shape_of_liver(const Mask& mask)
{
    const Mask liver = without_holes(mask);
    const Grid& grid = liver.grid();
    constexpr double infinite = std::numeric_limits<double>::infinity();
    LiverShape shape{.surface = {},
                     .least = {infinite, infinite, infinite},
                     .greatest = {-infinite, -infinite, -infinite}};
    std::vector<std::uint8_t> is_surface(static_cast<std::size_t>(grid.size.i));
    for (std::int32_t k = 0; k < grid.size.k; ++k)
        for (std::int32_t j = 0; j < grid.size.j; ++j) {
            if (next_set(row_of(liver, j, k, {}), 0) == is_surface.size()) continue;
            mark_surface(liver, j, k, is_surface);
            for (std::size_t i = next_set(is_surface, 0); i < is_surface.size();
                 i = next_set(is_surface, i + 1))
                shape.surface.push_back(to_lps(grid, Index{static_cast<std::int32_t>(i), j, k}));
        }
    if (shape.surface.empty()) return std::nullopt;
    for (const PointLps& point : shape.surface)
        include(shape, point);
    shape.half_voxel_mm = 0.5 * std::cbrt(voxel_volume_mm3(grid));
    return shape;
}

std::optional<double> distance_to_surface_mm(std::span<const PointLps> points, const LiverShape& liver)
{
    if (points.empty() || liver.surface.empty()) return std::nullopt;
    const std::vector<PointLps> few = thinned(points);
    const Extent box = extent_of(few);
    std::vector<double> at_least(liver.surface.size());
    std::ranges::transform(liver.surface, at_least.begin(), [&box](const PointLps& point) {
        return distance_to_box(point, box);
    });
    const auto first = static_cast<std::size_t>(std::ranges::min_element(at_least) - at_least.begin());
    double least = nearest_mm(liver.surface[first], few);
    for (std::size_t n = 0; n < liver.surface.size(); ++n)
        if (at_least[n] < least) least = std::min(least, nearest_mm(liver.surface[n], few));
    // Lesion points lie on its boundary, liver points at centres of voxels half a voxel below the surface.
    return least <= 2.0 * liver.half_voxel_mm ? 0.0 : least + liver.half_voxel_mm;
}

std::string place_in_words(const PointLps& centre, const LiverShape& liver, std::optional<double> depth_mm)
{
    const double way_to_left = part_of_way(centre.x_mm, liver.least.x_mm, liver.greatest.x_mm);
    const double way_to_head = part_of_way(centre.z_mm, liver.least.z_mm, liver.greatest.z_mm);
    std::string words = side_in_words(way_to_left) + ", " + height_in_words(way_to_head);
    if (depth_mm) words += ", " + depth_in_words(*depth_mm);
    return words;
}

}  // namespace downstage::measurement
