#pragma once

#include "downstage/core/image.hpp"

#include "liver_scene.hpp"

namespace downstage::segmentation {

/// Holes of axial, coronal and sagittal planes and bays up to 18 mm wide, as far as they hold soft tissue
/// that is no fluid: tumours at the surface and vessels come in, fat of the fissures and bile stay out
/// (SEGMENTATION.md 8.2). Bright neighbours stay out, too. Ends with the holes of the whole.
[[nodiscard]] Mask soft_filled(const Mask& liver, const Scene& scene);

}  // namespace downstage::segmentation
