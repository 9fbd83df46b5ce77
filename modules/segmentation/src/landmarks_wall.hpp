#pragma once

#include "downstage/core/image.hpp"

#include "landmarks_spine.hpp"

namespace downstage::segmentation {

/// The inside of the trunk's wall (SEGMENTATION.md 3.6), in polar coordinates around the middle of each
/// slice: what lies further in than the outer surface of the muscle less the thickness of the wall, which is
/// measured at the ribs and falls to 6 mm away from them.
[[nodiscard]] Mask
find_inside_wall(const Volume& ct, const Mask& body, const Mask& bone, const Spine& spine, unsigned workers);

}  // namespace downstage::segmentation
