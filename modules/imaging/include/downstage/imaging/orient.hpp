#pragma once

#include "downstage/core/image.hpp"

namespace downstage::imaging {

/// The same voxels with the axes permuted and flipped so that +i is nearest to left, +j to posterior and +k
/// to head. Nothing is resampled; every voxel keeps its place in the patient.
[[nodiscard]] Volume to_lps_order(const Volume& image);
[[nodiscard]] Mask to_lps_order(const Mask& image);
[[nodiscard]] LabelMap to_lps_order(const LabelMap& image);

/// The inverse: `image`, which is in LPS order, with the axes of `grid`, which holds the same voxels in
/// another order.
[[nodiscard]] Mask to_order_of(const Mask& image, const Grid& grid);
[[nodiscard]] LabelMap to_order_of(const LabelMap& image, const Grid& grid);

}  // namespace downstage::imaging
