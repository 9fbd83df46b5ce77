#pragma once

#include "downstage/core/image.hpp"
#include "downstage/segmentation/liver.hpp"

#include "landmarks.hpp"

#include <cstdint>
#include <variant>
#include <vector>

namespace downstage::segmentation {

/// The image as the search for the liver looks at it, on the working grid.
struct Tissue {
    Volume hu;      ///< as it is, for densities beyond soft tissue
    Volume smooth;  ///< clipped to [-200, 300] HU, 3x3x3 median: the `s` of SEGMENTATION.md
    Mask soft;      ///< soft tissue where a liver may be
};
[[nodiscard]] Tissue find_tissue(const Volume& ct, const Landmarks& landmarks, unsigned workers);

/// Soft tissue by its density alone: neither fat, nor bone, nor metal.
[[nodiscard]] bool is_soft(std::int16_t smooth_hu);

/// The same tissue in a part of its grid.
[[nodiscard]] Tissue cropped(const Tissue& tissue, const Box& box);

/// The density of the liver: mode and width of its histogram, in HU.
struct Intensity {
    double mean_hu{};    ///< the `mu` of SEGMENTATION.md
    double spread_hu{};  ///< 1 sd, 8..16: its `sg`
};

/// Read from tissue deep inside the right side (SEGMENTATION.md 4). No liver when there is too little of it,
/// or when its density is no liver's in any phase.
[[nodiscard]] std::variant<Intensity, NoLiver>
find_intensity(const Tissue& tissue, const Landmarks& landmarks, unsigned workers);

/// Highest peak of a histogram of 1-HU bins, the first of which counts `first_hu`, and its width on the
/// narrower side: the other one holds vessels or tumour.
[[nodiscard]] Intensity mode_of(const std::vector<double>& counts, double first_hu);

}  // namespace downstage::segmentation
