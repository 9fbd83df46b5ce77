#pragma once

#include "downstage/core/lesion.hpp"

namespace downstage::segmentation {

/// A label map that somebody made, on any grid of the same patient space, as if we had found it. With labels
/// 1 and 2 only: 1 is liver, 2 is lesion, and each connected part of 2 is one lesion. With any label above 2,
/// or 2 missing and 1 smaller than a liver: every label is one lesion. Throws `Error{input}` when it does not
/// overlap the image or is empty.
[[nodiscard]] Segmented adopt(const LabelMap& labels, const Grid& image_grid);

}  // namespace downstage::segmentation
