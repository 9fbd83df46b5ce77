#include "downstage/imaging/orient.hpp"

#include <array>
#include <cmath>
#include <cstddef>

namespace downstage::imaging {

namespace {

struct Axis {
    VectorLps direction;
    double spacing_mm{};
    std::int32_t size{};
    std::ptrdiff_t stride{};  ///< how far apart in memory two neighbours along it are; negative when flipped
};

/// The voxels of a grid, addressed through three axes that run to the left, to the back and to the head.
struct Reading {
    std::array<Axis, 3> axes;
    PointLps origin;          ///< where reading begins
    std::ptrdiff_t offset{};  ///< and the place of that voxel in memory
};

double component(const VectorLps& v, std::size_t n)
{
    return std::array{v.x_mm, v.y_mm, v.z_mm}[n];
}

/// Which axis of three goes to which patient direction: the permutation with the largest sum of cosines, so
/// that even an oblique stack gets one axis for each.
std::array<std::size_t, 3> best_order(const std::array<Axis, 3>& axes)
{
    using Order = std::array<std::size_t, 3>;
    constexpr std::array<Order, 6> orders{{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}};
    Order best = orders.front();
    double most = -1.0;
    for (const Order& order : orders) {
        double sum = 0.0;
        for (std::size_t n = 0; n < 3; ++n)
            sum += std::abs(component(axes[order[n]].direction, n));
        if (sum > most) {
            most = sum;
            best = order;
        }
    }
    return best;
}

Reading lps_reading(const Grid& grid)
{
    const std::ptrdiff_t row = grid.size.i;
    const std::array<Axis, 3> stored{{{grid.axes.i, grid.spacing_mm.i, grid.size.i, 1},
                                      {grid.axes.j, grid.spacing_mm.j, grid.size.j, row},
                                      {grid.axes.k, grid.spacing_mm.k, grid.size.k, row * grid.size.j}}};
    Reading reading{.axes = {}, .origin = grid.origin, .offset = 0};
    const auto order = best_order(stored);
    for (std::size_t n = 0; n < 3; ++n) {
        Axis axis = stored[order[n]];
        if (component(axis.direction, n) < 0.0) {
            reading.origin = reading.origin + (axis.spacing_mm * (axis.size - 1)) * axis.direction;
            reading.offset += axis.stride * (axis.size - 1);
            axis.direction = -1.0 * axis.direction;
            axis.stride = -axis.stride;
        }
        reading.axes[n] = axis;
    }
    return reading;
}

Grid grid_read(const Reading& reading)
{
    const auto& [i, j, k] = reading.axes;
    return {.size = {i.size, j.size, k.size},
            .spacing_mm = {i.spacing_mm, j.spacing_mm, k.spacing_mm},
            .origin = reading.origin,
            .axes = {i.direction, j.direction, k.direction}};
}

/// Calls `visit(n, offset)` for the n-th voxel in LPS order and its place in the stored order.
template <typename Visit>
void for_each_pair(const Reading& reading, const Visit& visit)
{
    const auto& [i, j, k] = reading.axes;
    std::size_t n = 0;
    for (std::int32_t slice = 0; slice < k.size; ++slice)
        for (std::int32_t row = 0; row < j.size; ++row) {
            std::ptrdiff_t offset = reading.offset + slice * k.stride + row * j.stride;
            for (std::int32_t column = 0; column < i.size; ++column, offset += i.stride)
                visit(n++, static_cast<std::size_t>(offset));
        }
}

template <typename T>
Image<T> gathered(const Image<T>& image)
{
    const Reading reading = lps_reading(image.grid());
    Image<T> result{grid_read(reading)};
    for_each_pair(reading, [to = result.voxels(), from = image.voxels()](std::size_t n, std::size_t offset) {
        to[n] = from[offset];
    });
    return result;
}

template <typename T>
Image<T> scattered(const Image<T>& image, const Grid& grid)
{
    const Reading reading = lps_reading(grid);
    if (!same_grid(image.grid(), grid_read(reading)))
        throw Error{Errc::internal, "an image was put back into the order of another grid"};
    Image<T> result{grid};
    for_each_pair(reading, [to = result.voxels(), from = image.voxels()](std::size_t n, std::size_t offset) {
        to[offset] = from[n];
    });
    return result;
}

}  // namespace

Volume to_lps_order(const Volume& image)
{
    return gathered(image);
}
Mask to_lps_order(const Mask& image)
{
    return gathered(image);
}
LabelMap to_lps_order(const LabelMap& image)
{
    return gathered(image);
}
Mask to_order_of(const Mask& image, const Grid& grid)
{
    return scattered(image, grid);
}
LabelMap to_order_of(const LabelMap& image, const Grid& grid)
{
    return scattered(image, grid);
}

}  // namespace downstage::imaging
