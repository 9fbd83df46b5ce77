#include "downstage/measurement/volume.hpp"

#include <algorithm>

namespace downstage::measurement {

double volume_of_mm3(const Field& share)
{
    double sum = 0.0;
    for (const float part : share.voxels())
        sum += static_cast<double>(part);
    return sum * voxel_volume_mm3(share.grid());
}

double volume_of_mm3(const Mask& mask)
{
    const auto inside = std::ranges::count_if(mask.voxels(), [](std::uint8_t in) { return in != 0; });
    return static_cast<double>(inside) * voxel_volume_mm3(mask.grid());
}

PointLps centroid_of(const Field& share)
{
    const Grid& grid = share.grid();
    VoxelPlace sum;
    double weight = 0.0;
    std::size_t n = 0;
    for (std::int32_t k = 0; k < grid.size.k; ++k)
        for (std::int32_t j = 0; j < grid.size.j; ++j)
            for (std::int32_t i = 0; i < grid.size.i; ++i, ++n) {
                const auto part = static_cast<double>(share.voxels()[n]);
                sum.i += part * i;
                sum.j += part * j;
                sum.k += part * k;
                weight += part;
            }
    return to_lps(grid, VoxelPlace{sum.i / weight, sum.j / weight, sum.k / weight});
}

}  // namespace downstage::measurement
