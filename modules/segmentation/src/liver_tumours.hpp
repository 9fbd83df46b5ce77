#pragma once

#include "downstage/core/image.hpp"

#include "liver_scene.hpp"

namespace downstage::segmentation {

/// Tumours at the liver's surface, which no density joins to it, by what they border on (SEGMENTATION.md
/// 8.1): soft tissue near `liver`, split at its necks, each piece freed from what hangs on it and taken where
/// the liver and what bounds a liver hold it. Two rounds, since a tumour may lean on another. The liver
/// itself is not in the answer.
[[nodiscard]] Mask surface_tumours(const Mask& liver, const Scene& scene);

}  // namespace downstage::segmentation
