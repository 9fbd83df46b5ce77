#pragma once

#include "downstage/core/image.hpp"
#include "downstage/core/measurement.hpp"

namespace downstage::measurement {

/// Mean and standard deviation in HU of the voxels of `inside` that lie more than 1.5 mm below its boundary,
/// where the surroundings no longer mix in; of all of them where the lesion has no such voxels.
[[nodiscard]] Attenuation attenuation_of(const Field& hu, const Mask& inside);

}  // namespace downstage::measurement
