#include "downstage/measurement/attenuation.hpp"

#include "downstage/measurement/band.hpp"

#include <algorithm>
#include <cmath>

namespace downstage::measurement {

namespace {

struct Sums {
    double count{}, hu{}, squared_hu{};
};

Sums sums_where(const Field& hu, const Field& depth_mm, double at_least_mm)
{
    Sums sums;
    for (std::size_t n = 0; n < hu.voxels().size(); ++n) {
        const auto depth = static_cast<double>(depth_mm.voxels()[n]);
        if (depth <= 0.0 || depth < at_least_mm) continue;
        const auto value = static_cast<double>(hu.voxels()[n]);
        sums.count += 1.0;
        sums.hu += value;
        sums.squared_hu += value * value;
    }
    return sums;
}

}  // namespace

Attenuation attenuation_of(const Field& hu, const Mask& inside)
{
    constexpr double rim_mm = 1.5;  // about 2 sd of the blur of a body kernel
    constexpr double fewest_voxels = 8;
    Mask outside{inside.grid()};
    std::ranges::transform(inside.voxels(), outside.voxels().begin(), [](std::uint8_t in) {
        return static_cast<std::uint8_t>(in == 0);
    });
    // The distance runs to a voxel centre, half a voxel beyond the boundary.
    const double half_voxel_mm = 0.5 * inside.grid().spacing_mm.i;
    const Field depth_mm = distance_to(outside, inside.grid().spacing_mm, rim_mm + half_voxel_mm + 0.1);
    Sums sums = sums_where(hu, depth_mm, rim_mm + half_voxel_mm);
    if (sums.count < fewest_voxels) sums = sums_where(hu, depth_mm, 0.0);
    if (sums.count <= 0.0) return {};
    const double mean = sums.hu / sums.count;
    return {.mean_hu = mean, .sd_hu = std::sqrt(std::max(0.0, sums.squared_hu / sums.count - mean * mean))};
}

}  // namespace downstage::measurement
