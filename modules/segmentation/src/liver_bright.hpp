#pragma once

#include "downstage/core/image.hpp"

#include "liver_scene.hpp"

namespace downstage::segmentation {

/// What is too bright for liver and yet belongs to it (SEGMENTATION.md 14): bright pieces that it encloses,
/// such as enhancing tumours and stents; and lipiodol, clips and calcifications, over 250 HU, that it
/// encloses or holds as it holds a tumour at its surface (8.1). The liver itself is not in the answer.
[[nodiscard]] Mask bright_inside(const Mask& liver, const Scene& scene);

}  // namespace downstage::segmentation
