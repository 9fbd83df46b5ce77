#pragma once

#include "downstage/core/image.hpp"

namespace downstage::measurement {

/// Sum of the shares of all voxels times the volume of one. Voxels cut by the boundary count with the part
/// that is inside, so thick slices do not bias it.
[[nodiscard]] double volume_of_mm3(const Field& share);

/// Voxels times the volume of one. A mask's surface voxels are in or out by their centres, so what is lost at
/// one is won at another: over a surface of many voxels no partial-volume term remains.
[[nodiscard]] double volume_of_mm3(const Mask& mask);

/// The centre of the shares, LPS mm.
[[nodiscard]] PointLps centroid_of(const Field& share);

}  // namespace downstage::measurement
