#pragma once

#include "features.hpp"

#include <string>

namespace downstage::segmentation {

/// From here up a region counts as a lesion, and from there up it is possible (SEGMENTATION.md 9.8).
inline constexpr double counts_from = 0.45;
inline constexpr double possible_from = 0.30;

/// How sure it is that the region is a lesion, 0..1 (SEGMENTATION.md 9.7): a product of contrast, size,
/// roundness, distance from the surface, separation and evenness.
[[nodiscard]] double score_of(const Features& features);

/// A sentence on the property that lowers the score most.
[[nodiscard]] std::string weakest_point(const Features& features);

}  // namespace downstage::segmentation
