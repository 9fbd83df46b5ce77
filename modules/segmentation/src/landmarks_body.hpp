#pragma once

#include "downstage/core/image.hpp"

namespace downstage::segmentation {

/// The trunk: the largest body of tissue, filled slice by slice, arms and table left out
/// (SEGMENTATION.md 3.1).
[[nodiscard]] Mask find_body(const Volume& ct, unsigned workers);

/// Bone in the body; bright vessels and calcifications count as bone (SEGMENTATION.md 3.3).
[[nodiscard]] Mask find_bone(const Volume& ct, const Mask& body, unsigned workers);

struct Lungs {
    Mask mask;
    double volume_ml{};
    bool in_view{};  ///< at least 80 ml were found
};

/// The lungs, told from bowel gas by their density, and from the rest by their size and by reaching the top
/// of the image (SEGMENTATION.md 3.2).
[[nodiscard]] Lungs find_lungs(const Volume& ct, const Mask& body, unsigned workers);

}  // namespace downstage::segmentation
