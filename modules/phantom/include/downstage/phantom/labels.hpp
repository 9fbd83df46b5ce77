#pragma once

#include "downstage/core/image.hpp"
#include "downstage/phantom/scene.hpp"

namespace downstage::phantom {

/// Where a scene's liver and lesions are in a volume: 1 liver with its veins, 2.. the lesions in their order,
/// wherever they fill a voxel by more than half over the slice's thickness. The grid is that of the measured
/// volume; where the patient breathes, its slice k is slice k of the acquisition.
[[nodiscard]] LabelMap truth_labels(const Scene& scene, const Grid& grid, unsigned workers = 0);

/// The liver of a scene on a grid of 2.5 mm, wherever the patient is: for finding a site in it (`region_of`).
[[nodiscard]] Mask liver_mask(const Scene& scene, unsigned workers = 0);

}  // namespace downstage::phantom
