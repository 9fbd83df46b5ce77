#include "landmarks_spine.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>

namespace downstage::segmentation {

namespace {

// SEGMENTATION.md 3.4
constexpr double half_width_fraction = 0.15;
constexpr double rear_fraction = 0.60;
constexpr std::size_t fewest_pixels = 15;
constexpr double front_fraction = 0.05;
constexpr std::ptrdiff_t window_slices = 15;

struct Place {
    double midline_i{}, front_j{};
};

/// The spine in one slice, where enough bone lies in the middle of the body's rear.
std::optional<Place> place_in_slice(const Mask& bone, const Extent& body, std::int32_t k)
{
    const double centre_i = 0.5 * (body.low_i + body.high_i);
    const double reach_i = half_width_fraction * (body.high_i - body.low_i);
    const double front_j = body.high_j - rear_fraction * (body.high_j - body.low_j);
    std::vector<double> columns;
    std::vector<double> rows;
    for (std::int32_t j = 0; j < bone.grid().size.j; ++j)
        for (std::int32_t i = 0; i < bone.grid().size.i; ++i)
            if (bone[{i, j, k}] != 0 && std::abs(i - centre_i) <= reach_i && j >= front_j) {
                columns.push_back(i);
                rows.push_back(j);
            }
    if (columns.size() < fewest_pixels) return std::nullopt;
    return Place{.midline_i = quantile(columns, 0.5), .front_j = quantile(rows, front_fraction)};
}

double between(double low, double high, double weight)
{
    return low + weight * (high - low);
}

/// A slice in which the spine was seen.
struct Seen {
    std::int32_t k{};
    Place place;
};

/// The place in slice k on the straight line through the two slices around it in which the spine was seen;
/// the first and last one go on to the ends. `seen` is in the order of slices and not empty.
Place place_between(const std::vector<Seen>& seen, std::int32_t k)
{
    const auto after = std::ranges::lower_bound(seen, k, {}, &Seen::k);
    if (after == seen.begin()) return after->place;
    const auto before = after - 1;
    if (after == seen.end()) return before->place;
    const double weight = static_cast<double>(k - before->k) / static_cast<double>(after->k - before->k);
    return {.midline_i = between(before->place.midline_i, after->place.midline_i, weight),
            .front_j = between(before->place.front_j, after->place.front_j, weight)};
}

std::vector<double> running_median(const std::vector<Place>& places, double Place::* part)
{
    std::vector<double> medians;
    const auto size = static_cast<std::ptrdiff_t>(places.size());
    for (std::ptrdiff_t k = 0; k < size; ++k) {
        std::vector<double> window;
        for (std::ptrdiff_t n = k - window_slices / 2; n <= k + window_slices / 2; ++n)
            window.push_back(places[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(n, 0, size - 1))].*
                             part);
        medians.push_back(quantile(window, 0.5));
    }
    return medians;
}

}  // namespace

double quantile(std::vector<double> values, double fraction)
{
    assert(!values.empty());
    const auto rank =
        static_cast<std::ptrdiff_t>(std::lround(fraction * static_cast<double>(values.size() - 1)));
    std::ranges::nth_element(values, values.begin() + rank);
    return values[static_cast<std::size_t>(rank)];
}

std::optional<Extent> extent_in_slice(const Mask& mask, std::int32_t k)
{
    std::vector<double> columns;
    std::vector<double> rows;
    for (std::int32_t j = 0; j < mask.grid().size.j; ++j)
        for (std::int32_t i = 0; i < mask.grid().size.i; ++i)
            if (mask[{i, j, k}] != 0) {
                columns.push_back(i);
                rows.push_back(j);
            }
    if (columns.empty()) return std::nullopt;
    return Extent{.low_i = quantile(columns, 0.01),
                  .high_i = quantile(columns, 0.99),
                  .low_j = quantile(rows, 0.01),
                  .high_j = quantile(rows, 0.99)};
}

std::optional<Spine> find_spine(const Mask& bone, const Mask& body)
{
    std::vector<Seen> seen;
    for (std::int32_t k = 0; k < bone.grid().size.k; ++k)
        if (const auto extent = extent_in_slice(body, k))
            if (const auto place = place_in_slice(bone, *extent, k))
                seen.push_back({.k = k, .place = *place});
    if (seen.empty()) return std::nullopt;
    std::vector<Place> all;
    all.reserve(static_cast<std::size_t>(bone.grid().size.k));
    for (std::int32_t k = 0; k < bone.grid().size.k; ++k)
        all.push_back(place_between(seen, k));
    return Spine{.midline_i = running_median(all, &Place::midline_i),
                 .front_j = running_median(all, &Place::front_j)};
}

double left_of_spine_mm(const Spine& spine, const Grid& grid, const Index& at)
{
    return (at.i - spine.midline_i[static_cast<std::size_t>(at.k)]) * grid.spacing_mm.i;
}

double behind_spine_front_mm(const Spine& spine, const Grid& grid, const Index& at)
{
    return (at.j - spine.front_j[static_cast<std::size_t>(at.k)]) * grid.spacing_mm.j;
}

}  // namespace downstage::segmentation
