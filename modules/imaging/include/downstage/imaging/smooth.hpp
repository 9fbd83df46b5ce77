#pragma once

#include "downstage/core/image.hpp"

namespace downstage::imaging {

/// Recursive Gaussian; `sigma_mm` per axis, 0 leaves that axis alone, and so does an axis of fewer than four
/// voxels. Beyond its edge the image goes on with the voxel at the edge.
[[nodiscard]] Field gaussian(const Field& image, const SpacingMm& sigma_mm, unsigned workers = 0);
[[nodiscard]] Field gaussian(const Volume& image, const SpacingMm& sigma_mm, unsigned workers = 0);

/// Median of the 3x3x3 neighbourhood.
[[nodiscard]] Volume median3(const Volume& image, unsigned workers = 0);

}  // namespace downstage::imaging
