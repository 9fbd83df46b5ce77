#pragma once

#include "downstage/core/lesion.hpp"

namespace downstage::segmentation {

/// A label map that somebody made, on any grid of the same patient space, as if we had found it. With labels
/// 1 and 2 only: 1 is liver, 2 is lesion, and each connected part of 2 is one lesion, largest first, without
/// specks (under two voxels or 0.01 ml: a notice counts them). With any label above 2, or 2 missing and 1
/// smaller than a liver (400 ml): every label is one lesion, in the order of the labels. The findings have
/// labels 1, 2, ... and confidence 1; the liver holds them. Throws `Error{input}` when no label overlaps the
/// image or the mask is empty.
[[nodiscard]] Segmented adopt(const LabelMap& labels, const Grid& image_grid);

}  // namespace downstage::segmentation
