#pragma once

#include "downstage/core/image.hpp"

namespace downstage::segmentation {

/// The diaphragm as a height map, in slices (SEGMENTATION.md 3.5): for each column with lung its lowest lung
/// slice, carried on smoothly over the other columns. It parts heart and left lobe, which have the same HU.
/// `lungs` must not be empty.
[[nodiscard]] Field diaphragm_height(const Mask& lungs, unsigned workers);

/// What lies under that surface and is not lung.
[[nodiscard]] Mask below_surface(const Field& surface, const Mask& lungs, unsigned workers);

/// How far the lowest lung lies under the dome of the diaphragm. Over 120 mm the "lung" holds bowel gas
/// (SEGMENTATION.md 3.2).
[[nodiscard]] double deepest_under_dome_mm(const Mask& lungs);

}  // namespace downstage::segmentation
