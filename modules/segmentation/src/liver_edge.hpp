#pragma once

#include "downstage/core/image.hpp"

#include "liver_scene.hpp"

namespace downstage::segmentation {

/// The rim of the liver that is half fat or half lung in its voxels, and that smoothing took for either: face
/// neighbours of `liver` beside something dark whose own density is past the middle between both
/// (SEGMENTATION.md 8.4). Without it the surface lies 0.7 voxel too deep.
[[nodiscard]] Mask with_rim(const Mask& liver, const Scene& scene);

}  // namespace downstage::segmentation
