#pragma once

#include "downstage/core/image.hpp"

#include <cstdint>
#include <vector>

/// Where a soft membership crosses one half: points on the lesion's boundary, finer than a voxel.
namespace downstage::measurement {

/// The points of slice `k` at which `membership` crosses 0.5 between two neighbouring pixels, placed by
/// linear interpolation: the vertices that marching squares would join. For a mask of zeros and ones they lie
/// half way between pixel centres. Empty where the slice holds nothing.
[[nodiscard]] std::vector<VoxelPlace> section_points(const Field& membership, std::int32_t k);

/// The crossings of all slices and those between slices: points on the whole surface.
[[nodiscard]] std::vector<VoxelPlace> surface_points(const Field& membership);

}  // namespace downstage::measurement
