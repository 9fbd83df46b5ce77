#pragma once

#include "downstage/core/image.hpp"

namespace downstage::imaging {

/// `image` on another grid, linear between voxels; `outside` where the image does not reach.
[[nodiscard]] Volume
resample(const Volume& image, const Grid& grid, std::int16_t outside, unsigned workers = 0);
[[nodiscard]] Field resample(const Field& image, const Grid& grid, float outside, unsigned workers = 0);

/// The label of the nearest voxel; 0 outside.
[[nodiscard]] LabelMap resample_nearest(const LabelMap& labels, const Grid& grid);
[[nodiscard]] Mask resample_nearest(const Mask& mask, const Grid& grid);

/// `mask` on another grid through its signed distance: smooth, without the steps of the coarse grid.
[[nodiscard]] Mask resample_smooth(const Mask& mask, const Grid& grid, unsigned workers = 0);

/// The grid that covers the same box as `grid` with the given spacing; its outer faces coincide to less than
/// a voxel and its first voxel is shifted so that nothing moves (SEGMENTATION.md 2.2).
[[nodiscard]] Grid respaced(const Grid& grid, const SpacingMm& spacing_mm);

struct ShrinkOptions {
    SpacingMm spacing_mm;
    SpacingMm sigma_mm{0.0, 0.0, 0.0};
    std::int16_t low = -1024, high = 3071;  ///< values are clamped to these before they are averaged
    unsigned workers = 0;
};

/// `image` at a coarser spacing on its `respaced` grid, each axis weighted by a Gaussian of its sigma around
/// the new centre, or linear between the two nearest voxels where that sigma is 0. The same as smoothing
/// first and sampling after, but only the samples are computed.
[[nodiscard]] Volume shrink(const Volume& image, const ShrinkOptions& options);

/// The part of an image with lowest voxel `first` and size `size`, at the same place in the patient.
[[nodiscard]] Volume crop(const Volume& image, const Index& first, const Size& size);
[[nodiscard]] Mask crop(const Mask& image, const Index& first, const Size& size);

}  // namespace downstage::imaging
