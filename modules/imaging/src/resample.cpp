#include "downstage/imaging/resample.hpp"

#include "downstage/core/parallel.hpp"
#include "downstage/imaging/morphology.hpp"

#include <algorithm>
#include <cmath>

namespace downstage::imaging {

namespace {

/// The voxels of one grid as seen from another: an affine walk, so that no place is computed from scratch.
struct Walk {
    VoxelPlace start, per_i, per_j, per_k;
};

VoxelPlace step(const VoxelPlace& from, const VoxelPlace& to)
{
    return {to.i - from.i, to.j - from.j, to.k - from.k};
}

Walk walk_over(const Grid& to, const Grid& from)
{
    const auto seen = [&](const Index& voxel) { return to_voxel(from, to_lps(to, voxel)); };
    const VoxelPlace start = seen({0, 0, 0});
    return {.start = start,
            .per_i = step(start, seen({1, 0, 0})),
            .per_j = step(start, seen({0, 1, 0})),
            .per_k = step(start, seen({0, 0, 1}))};
}

VoxelPlace at(const Walk& walk, const Index& voxel)
{
    const auto along = [&](double VoxelPlace::* axis) {
        return walk.start.*axis + walk.per_i.*axis * voxel.i + walk.per_j.*axis * voxel.j +
               walk.per_k.*axis * voxel.k;
    };
    return {along(&VoxelPlace::i), along(&VoxelPlace::j), along(&VoxelPlace::k)};
}

/// Every voxel of `grid` gets what `value_at` says of its place among the voxels of `from`.
template <typename To, typename ValueAt>
Image<To> sampled(const Grid& grid, const Grid& from, unsigned workers, const ValueAt& value_at)
{
    Image<To> result{grid};
    const Walk walk = walk_over(grid, from);
    for_each_index(static_cast<std::size_t>(grid.size.k), workers, [&](std::size_t slice) {
        const auto k = static_cast<std::int32_t>(slice);
        To* out = result.slice(k).data();
        for (std::int32_t j = 0; j < grid.size.j; ++j)
            for (std::int32_t i = 0; i < grid.size.i; ++i)
                *out++ = value_at(at(walk, {i, j, k}));
    });
    return result;
}

/// The two neighbours of a place along one axis and the weight of the second; both are the same at the edge.
struct Pair {
    std::int32_t low{}, high{};
    double weight{};
};

Pair neighbours(double place, std::int32_t size)
{
    const double inside = std::clamp(place, 0.0, static_cast<double>(size - 1));
    const auto low = static_cast<std::int32_t>(inside);
    return {.low = low, .high = std::min(low + 1, size - 1), .weight = inside - low};
}

/// Half a voxel beyond the outermost centres still belongs to the outermost voxels.
constexpr double half_a_voxel = 0.5;

bool reaches(const Grid& grid, const VoxelPlace& place, double beyond)
{
    // Grids that share a face meet it up to rounding.
    const double edge = beyond + 1e-6;
    return place.i >= -edge && place.j >= -edge && place.k >= -edge && place.i <= grid.size.i - 1 + edge &&
           place.j <= grid.size.j - 1 + edge && place.k <= grid.size.k - 1 + edge;
}

template <typename T>
double linear(const Image<T>& image, const VoxelPlace& place)
{
    const Size& size = image.grid().size;
    const Pair i = neighbours(place.i, size.i);
    const Pair j = neighbours(place.j, size.j);
    const Pair k = neighbours(place.k, size.k);
    const auto mix = [](double low, double high, double weight) { return low + weight * (high - low); };
    const auto row = [&](std::int32_t row_j, std::int32_t row_k) {
        const T* voxels = &image[{0, row_j, row_k}];
        return mix(static_cast<double>(voxels[i.low]), static_cast<double>(voxels[i.high]), i.weight);
    };
    const auto plane = [&](std::int32_t plane_k) {
        return mix(row(j.low, plane_k), row(j.high, plane_k), j.weight);
    };
    return mix(plane(k.low), plane(k.high), k.weight);
}

template <typename T>
Image<T> nearest_of(const Image<T>& image, const Grid& grid)
{
    return sampled<T>(grid, image.grid(), 0, [&](const VoxelPlace& place) {
        const Index voxel = nearest(place);
        return contains(image.grid(), voxel) ? image[voxel] : T{};
    });
}

template <typename T>
Image<T> cropped(const Image<T>& image, const Index& first, const Size& size)
{
    const Grid& whole = image.grid();
    const Index last{first.i + size.i - 1, first.j + size.j - 1, first.k + size.k - 1};
    if (!contains(whole, first) || !contains(whole, last))
        throw Error{Errc::internal, "a crop reaches beyond its image"};
    Image<T> part{Grid{
        .size = size, .spacing_mm = whole.spacing_mm, .origin = to_lps(whole, first), .axes = whole.axes}};
    for (std::int32_t k = 0; k < size.k; ++k)
        for (std::int32_t j = 0; j < size.j; ++j)
            std::copy_n(&image[{first.i, first.j + j, first.k + k}], size.i, &part[{0, j, k}]);
    return part;
}

std::int32_t respaced_size(std::int32_t size, double old_mm, double new_mm)
{
    return std::max(1, static_cast<std::int32_t>(std::lround(size * old_mm / new_mm)));
}

/// Only the sign of a distance counts; a bound keeps the interpolation finite where a mask is empty or full.
constexpr float far_mm = 1000.0F;

}  // namespace

Volume resample(const Volume& image, const Grid& grid, std::int16_t outside, unsigned workers)
{
    return sampled<std::int16_t>(grid, image.grid(), workers, [&](const VoxelPlace& place) {
        return reaches(image.grid(), place, half_a_voxel)
                   ? static_cast<std::int16_t>(std::lround(linear(image, place)))
                   : outside;
    });
}

Field resample(const Field& image, const Grid& grid, float outside, unsigned workers)
{
    return sampled<float>(grid, image.grid(), workers, [&](const VoxelPlace& place) {
        return reaches(image.grid(), place, half_a_voxel) ? static_cast<float>(linear(image, place))
                                                          : outside;
    });
}

LabelMap resample_nearest(const LabelMap& labels, const Grid& grid)
{
    return nearest_of(labels, grid);
}
Mask resample_nearest(const Mask& mask, const Grid& grid)
{
    return nearest_of(mask, grid);
}

Mask resample_smooth(const Mask& mask, const Grid& grid, unsigned workers)
{
    Field signed_mm = depth_mm(mask, workers);
    const Field outside_mm = distance_mm(mask, workers);
    std::ranges::transform(
        signed_mm.voxels(), outside_mm.voxels(), signed_mm.voxels().begin(), [](float depth, float distance) {
            return std::min(depth, far_mm) - std::min(distance, far_mm);
        });
    // A respaced grid may end half of its voxel before the other one does (see `respaced`).
    constexpr double one_voxel = 1.0;
    return sampled<std::uint8_t>(grid, mask.grid(), workers, [&](const VoxelPlace& place) {
        const bool inside = reaches(mask.grid(), place, one_voxel) && linear(signed_mm, place) > 0.0;
        return static_cast<std::uint8_t>(inside ? 1 : 0);
    });
}

Grid respaced(const Grid& grid, const SpacingMm& spacing_mm)
{
    const VectorLps shift = (0.5 * (spacing_mm.i - grid.spacing_mm.i)) * grid.axes.i +
                            (0.5 * (spacing_mm.j - grid.spacing_mm.j)) * grid.axes.j +
                            (0.5 * (spacing_mm.k - grid.spacing_mm.k)) * grid.axes.k;
    return {.size = {respaced_size(grid.size.i, grid.spacing_mm.i, spacing_mm.i),
                     respaced_size(grid.size.j, grid.spacing_mm.j, spacing_mm.j),
                     respaced_size(grid.size.k, grid.spacing_mm.k, spacing_mm.k)},
            .spacing_mm = spacing_mm,
            .origin = grid.origin + shift,
            .axes = grid.axes};
}

Volume crop(const Volume& image, const Index& first, const Size& size)
{
    return cropped(image, first, size);
}
Mask crop(const Mask& image, const Index& first, const Size& size)
{
    return cropped(image, first, size);
}

}  // namespace downstage::imaging
