#include "surface.hpp"

#include "downstage/imaging/morphology.hpp"
#include "downstage/imaging/resample.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

namespace downstage::evaluate_app {

namespace {

struct Box {
    Index first;
    Size size;
};

/// The box of both masks with a voxel more on every side, as far as the image reaches.
Box box_of(const Mask& a, const Mask& b)
{
    const Size size = a.grid().size;
    Index low{size.i, size.j, size.k};
    Index high{-1, -1, -1};
    for (std::int32_t k = 0; k < size.k; ++k)
        for (std::int32_t j = 0; j < size.j; ++j)
            for (std::int32_t i = 0; i < size.i; ++i) {
                if (a[{i, j, k}] == 0 && b[{i, j, k}] == 0) continue;
                low = {std::min(low.i, i), std::min(low.j, j), std::min(low.k, k)};
                high = {std::max(high.i, i), std::max(high.j, j), std::max(high.k, k)};
            }
    const Index first{std::max(low.i - 1, 0), std::max(low.j - 1, 0), std::max(low.k - 1, 0)};
    return {first,
            {std::min(high.i + 2, size.i) - first.i,
             std::min(high.j + 2, size.j) - first.j,
             std::min(high.k + 2, size.k) - first.k}};
}

bool is_surface(const Mask& mask, const Index& at)
{
    if (mask[at] == 0) return false;
    const std::array<Index, 6> neighbours{{{at.i - 1, at.j, at.k},
                                           {at.i + 1, at.j, at.k},
                                           {at.i, at.j - 1, at.k},
                                           {at.i, at.j + 1, at.k},
                                           {at.i, at.j, at.k - 1},
                                           {at.i, at.j, at.k + 1}}};
    return std::ranges::any_of(neighbours, [&](const Index& next) {
        return contains(mask.grid(), next) && mask[next] == 0;  // the end of the image is no surface
    });
}

Mask surface_of(const Mask& mask)
{
    Mask surface{mask.grid()};
    const Size size = mask.grid().size;
    for (std::int32_t k = 0; k < size.k; ++k)
        for (std::int32_t j = 0; j < size.j; ++j)
            for (std::int32_t i = 0; i < size.i; ++i)
                surface[{i, j, k}] = static_cast<std::uint8_t>(is_surface(mask, {i, j, k}) ? 1 : 0);
    return surface;
}

void append_distances(std::vector<double>& all, const Mask& from, const Mask& to, unsigned workers)
{
    const Field distance = imaging::distance_mm(to, workers);
    for (std::size_t n = 0; n < from.voxels().size(); ++n)
        if (from.voxels()[n] != 0) all.push_back(distance.voxels()[n]);
}

}  // namespace

std::optional<SurfaceDistance> surface_distance(const Mask& a, const Mask& b, unsigned workers)
{
    if (imaging::count(a) == 0 || imaging::count(b) == 0) return std::nullopt;
    const Box box = box_of(a, b);
    const Mask surface_a = surface_of(imaging::crop(a, box.first, box.size));
    const Mask surface_b = surface_of(imaging::crop(b, box.first, box.size));
    if (imaging::count(surface_a) == 0 || imaging::count(surface_b) == 0) return std::nullopt;
    std::vector<double> all;
    append_distances(all, surface_a, surface_b, workers);
    append_distances(all, surface_b, surface_a, workers);
    const double sum = std::accumulate(all.begin(), all.end(), 0.0);
    const auto place = static_cast<std::ptrdiff_t>(0.95 * static_cast<double>(all.size() - 1));
    std::ranges::nth_element(all, all.begin() + place);
    return SurfaceDistance{.mean_mm = sum / static_cast<double>(all.size()),
                           .percentile_95_mm = all[static_cast<std::size_t>(place)]};
}

}  // namespace downstage::evaluate_app
