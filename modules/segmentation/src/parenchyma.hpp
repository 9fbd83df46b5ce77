#pragma once

#include "downstage/core/image.hpp"

#include <vector>

namespace downstage::segmentation {

/// The liver on the grid lesions are looked for on, and how much darker every voxel is than the liver tissue
/// around it (SEGMENTATION.md 9.1, 9.2).
struct Parenchyma {
    Grid grid;          ///< the liver's box: 1.5 mm, the native spacing along a coarser axis; LPS order
    Volume image;       ///< HU, not smoothed
    Field smoothed_hu;  ///< the image between -150 and 350 HU, Gaussian of 1.2 mm
    Mask liver;         ///< with its lesions, those in bays of its surface, too
    Field depth_mm;     ///< under the liver's surface; 0 outside
    Field darker_hu;    ///< the liver's local mean minus `smoothed_hu`
    double noise_hu{};  ///< robust sd of `darker_hu` in deep tissue
    double grain_hu{};  ///< the same for `image`
};

/// `ct` and `liver` on one grid in LPS order; `mean_hu` is the mode of deep liver tissue. The liver must not
/// be empty.
[[nodiscard]] Parenchyma
model_parenchyma(const Volume& ct, const Mask& liver, double mean_hu, unsigned workers);

/// The value half of them do not exceed; reorders them. 0 for none.
[[nodiscard]] double median_of(std::vector<float>& values);
/// 1.4826 times the median distance from 0: the sd of normally distributed values; reorders them.
[[nodiscard]] double robust_sd_about_zero(std::vector<float>& values);

}  // namespace downstage::segmentation
