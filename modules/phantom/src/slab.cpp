#include "slab.hpp"

#include <algorithm>
#include <cmath>

namespace downstage::phantom {

namespace {

struct Reach {
    std::int32_t first{}, last{};
};

Reach reach(double middle, double radius_mm, double spacing_mm, std::int32_t count)
{
    const double radius = radius_mm / spacing_mm;
    return {std::max(static_cast<std::int32_t>(std::floor(middle - radius)), 0),
            std::min(static_cast<std::int32_t>(std::ceil(middle + radius)), count - 1)};
}

}  // namespace

Box box_about(const Grid& grid, const Body& body, double margin_mm)
{
    const Ball ball = around(body);
    const VoxelPlace middle = to_voxel(grid, ball.centre);
    const double radius_mm = ball.radius_mm + margin_mm;
    const Reach i = reach(middle.i, radius_mm, grid.spacing_mm.i, grid.size.i);
    const Reach j = reach(middle.j, radius_mm, grid.spacing_mm.j, grid.size.j);
    const Reach k = reach(middle.k, radius_mm, grid.spacing_mm.k, grid.size.k);
    return {.first = {i.first, j.first, k.first}, .last = {i.last, j.last, k.last}};
}

Slab slab_of(const Grid& grid)
{
    constexpr double sample_mm = 0.75;
    // Odd, so that "more than half" is right in the middle between two counts.
    const auto pairs = static_cast<std::int32_t>(std::ceil(grid.spacing_mm.k / sample_mm / 2.0));
    const std::int32_t samples = 2 * pairs + 1;
    return {.samples = samples, .step_mm = grid.spacing_mm.k / samples, .normal = grid.axes.k};
}

}  // namespace downstage::phantom
