#pragma once

#include "downstage/core/image.hpp"

namespace downstage::imaging {

/// Depth inside a mask in mm: for a voxel inside, the distance from its centre to the nearest centre outside;
/// 0 outside. The edge of the image does not count as outside, so a body cut by the field of view does not
/// shrink there; infinite where nothing is outside. Exact (Felzenszwalb & Huttenlocher, Theory of Computing
/// 8, 2012).
[[nodiscard]] Field depth_mm(const Mask& mask, unsigned workers = 0);
/// Distance from a mask in mm: for a voxel outside, to the nearest centre inside; 0 inside. Infinite for an
/// empty mask.
[[nodiscard]] Field distance_mm(const Mask& mask, unsigned workers = 0);

// Balls of `radius_mm` with the true spacing, from the two distances: erode is depth > r, dilate is distance
// <= r.
[[nodiscard]] Mask erode(const Mask& mask, double radius_mm, unsigned workers = 0);
[[nodiscard]] Mask dilate(const Mask& mask, double radius_mm, unsigned workers = 0);
[[nodiscard]] Mask open(const Mask& mask, double radius_mm, unsigned workers = 0);
/// Padded by the radius, so that it also closes at the border of the image.
[[nodiscard]] Mask close(const Mask& mask, double radius_mm, unsigned workers = 0);

/// Grows `seed` inside `within`, step by step, alternating 6- and 18-neighbours (SEGMENTATION.md 17), by
/// about `reach_mm`: each step is as long as the smallest spacing, and a coarser axis takes part in as many
/// of the steps as its spacing allows.
[[nodiscard]] Mask grow_within(const Mask& seed, const Mask& within, double reach_mm);

/// Fills what cannot be reached from the border: in 3-D (6-neighbours), or slice by slice (4-neighbours).
[[nodiscard]] Mask fill_holes(const Mask& mask);
[[nodiscard]] Mask fill_holes_by_slice(const Mask& mask);
/// The mask and the holes of every plane of voxels along two of its axes, whichever two.
[[nodiscard]] Mask fill_holes_in_planes(const Mask& mask);

[[nodiscard]] Mask both(const Mask& a, const Mask& b);
[[nodiscard]] Mask either(const Mask& a, const Mask& b);
[[nodiscard]] Mask without(const Mask& a, const Mask& b);
[[nodiscard]] std::size_t count(const Mask& mask);
[[nodiscard]] double volume_ml(const Mask& mask);

}  // namespace downstage::imaging
