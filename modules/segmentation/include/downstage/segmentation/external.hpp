#pragma once

#include "downstage/core/lesion.hpp"

namespace downstage::segmentation {

/// A label map that somebody made, on any grid of the same patient space, as if we had found it. Label 1 is
/// the liver where the highest label is 2, or where it is as large as a liver (400 ml) and has every other
/// label inside the box around it. With 1 and 2 only, each connected part of 2 is one lesion, largest first,
/// without specks (under two voxels or 0.01 ml: a notice counts them). With labels above 2, every label but
/// the liver's is one lesion, in the order of the labels; so our own segmentation.nii.gz gives its lesions
/// back. The findings have labels 1, 2, ... and confidence 1; the liver holds them. Throws `Error{input}`
/// when no label overlaps the image or the mask is empty.
[[nodiscard]] Segmented adopt(const LabelMap& labels, const Grid& image_grid);

}  // namespace downstage::segmentation
