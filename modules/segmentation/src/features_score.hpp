#pragma once

#include "features.hpp"

#include <string>

namespace downstage::segmentation {

/// How sure it is that the region is a lesion, 0..1 (SEGMENTATION.md 9.7): a product of contrast, size,
/// roundness, distance from the surface, separation and evenness.
[[nodiscard]] double score_of(const Features& features);

/// A sentence on the property that lowers the score most.
[[nodiscard]] std::string weakest_point(const Features& features);

}  // namespace downstage::segmentation
