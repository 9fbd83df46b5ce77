#pragma once

#include "downstage/core/image.hpp"

namespace downstage::segmentation {

/// The outline of a region in the slice of its largest area (SEGMENTATION.md 9.5). All 0 for an empty mask.
struct SliceShape {
    double radius_mm{};    ///< of the largest disc inside
    double diameter_mm{};  ///< longest, over the outer borders of the pixels
    double roundness{};    ///< area over that of the disc of the longest diameter: 1 is a disc
    double compactness{};  ///< radius of the largest disc inside over that of the disc of equal area
};

[[nodiscard]] SliceShape largest_slice_shape(const Mask& mask);

/// The longest diameter in any slice, over the outer borders of the pixels (RECIST 1.1); 0 for an empty mask.
[[nodiscard]] double longest_diameter_mm(const Mask& mask);

/// Longest over middle axis of the ellipsoid with the same second moments: 1 is a ball or a disc. The middle
/// axis counts as no thinner than 0.6 slice distances, or thick slices would make everything long.
[[nodiscard]] double elongation(const Mask& mask);

}  // namespace downstage::segmentation
