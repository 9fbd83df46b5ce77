#pragma once

#include "downstage/core/image.hpp"
#include "downstage/core/progress.hpp"
#include "downstage/inference/network.hpp"

#include "lesions_patch.hpp"

#include <vector>

namespace downstage::segmentation {

/// What the lesion network says of a region: how likely its voxels are tumour (LESION-TRAINING.md 8).
struct Opinion {
    double mean{};  ///< over the region
    double peak{};  ///< 95th percentile
};

/// What a network is shown. `ct` and `liver` on one grid in LPS order; the liver must not be empty.
struct Showing {
    const Volume& ct;
    const Mask& liver;
    unsigned workers = 0;
    Progress progress;
};

/// The liver's density in each slice, half from the slice itself and half from the whole liver, so that a
/// slice full of tumour keeps its level (LESION-TRAINING.md 7.1).
[[nodiscard]] std::vector<double> slice_levels_hu(const Volume& ct, const Mask& liver);

/// The network's probability of tumour in and at the liver, on `grid`; smoothed over thin slices, where a
/// lesion must show in more than one (LESION-TRAINING.md 7.1, 7.2).
[[nodiscard]] Field
tumour_probability(const inference::Network& network, const Showing& showing, const Grid& grid);

/// Both 0 for an empty region. `probability` is on the grid that `region` is a patch of.
[[nodiscard]] Opinion opinion_on(const Patch& region, const Field& probability);

}  // namespace downstage::segmentation
