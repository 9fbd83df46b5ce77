#include "landmarks_diaphragm.hpp"

#include "downstage/imaging/smooth.hpp"

#include "landmarks_spine.hpp"
#include "working_grid.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace downstage::segmentation {

namespace {

// SEGMENTATION.md 3.5
constexpr std::array<double, 8> sigmas_voxels{16.0, 8.0, 4.0, 2.0, 2.0, 1.0, 1.0, 1.0};
constexpr int rounds = 30;

constexpr float unknown = std::numeric_limits<float>::quiet_NaN();

/// The lowest lung slice of every column; unknown where the column holds no lung.
Field lowest_lung(const Mask& lungs)
{
    const Size& size = lungs.grid().size;
    Field floor{Grid{.size = {size.i, size.j, 1}}, unknown};
    for_each_set(lungs, [&](const Index& at, std::size_t) {
        float& lowest = floor[{at.i, at.j, 0}];
        if (std::isnan(lowest)) lowest = static_cast<float>(at.k);  // slices come from below
    });
    return floor;
}

/// Columns that are known and have a neighbour that is not: the nearest known column of any other is one.
std::vector<Index> shore_of(const Field& floor)
{
    const auto known = [&](const Index& at) { return contains(floor.grid(), at) && !std::isnan(floor[at]); };
    std::vector<Index> shore;
    for (std::int32_t j = 0; j < floor.grid().size.j; ++j)
        for (std::int32_t i = 0; i < floor.grid().size.i; ++i)
            if (known({i, j, 0}) && !(known({i - 1, j, 0}) && known({i + 1, j, 0}) && known({i, j - 1, 0}) &&
                                      known({i, j + 1, 0})))
                shore.push_back({i, j, 0});
    return shore;
}

float nearest_value(const Field& floor, const std::vector<Index>& shore, const Index& at)
{
    const auto away = [&](const Index& from) {
        const std::int32_t i = from.i - at.i;
        const std::int32_t j = from.j - at.j;
        return i * i + j * j;
    };
    return floor[*std::ranges::min_element(shore, {}, away)];
}

/// Every column gets a height: its own, or that of the nearest column that has one.
Field filled(const Field& floor, unsigned workers)
{
    const auto shore = shore_of(floor);
    Field all = floor;
    for_each_index(static_cast<std::size_t>(floor.grid().size.j), workers, [&](std::size_t row) {
        const auto j = static_cast<std::int32_t>(row);
        for (std::int32_t i = 0; i < floor.grid().size.i; ++i)
            if (float& height = all[{i, j, 0}]; std::isnan(height))
                height = nearest_value(floor, shore, {i, j, 0});
    });
    return all;
}

/// Carries the surface on smoothly: ever finer smoothing, the known columns put back after each round.
Field relaxed(const Field& floor, unsigned workers)
{
    Field surface = filled(floor, workers);
    for (const double sigma : sigmas_voxels)
        for (int round = 0; round < rounds; ++round) {
            surface = imaging::gaussian(surface, {sigma, sigma, 0.0}, workers);
            std::ranges::transform(
                floor.voxels(), surface.voxels(), surface.voxels().begin(), [](float known, float smooth) {
                    return std::isnan(known) ? smooth : known;
                });
        }
    return surface;
}

}  // namespace

Field diaphragm_height(const Mask& lungs, unsigned workers)
{
    return relaxed(lowest_lung(lungs), workers);
}

double deepest_under_dome_mm(const Mask& lungs)
{
    constexpr double dome_fraction = 0.75;  // columns over heart and hilum end above the dome
    const Field floor = lowest_lung(lungs);
    std::vector<double> heights;
    for (const float height : floor.voxels())
        if (!std::isnan(height)) heights.push_back(static_cast<double>(height));
    if (heights.empty()) return 0.0;
    return (quantile(heights, dome_fraction) - std::ranges::min(heights)) * lungs.grid().spacing_mm.k;
}

Mask below_surface(const Field& surface, const Mask& lungs, unsigned workers)
{
    return voxels_where(lungs.grid(), workers, [&](const Index& at, std::size_t n) {
        return static_cast<float>(at.k) < surface[{at.i, at.j, 0}] && lungs.voxels()[n] == 0;
    });
}

}  // namespace downstage::segmentation
