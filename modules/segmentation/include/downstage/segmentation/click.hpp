#pragma once

#include "downstage/core/lesion.hpp"

#include <optional>
#include <vector>

namespace downstage::segmentation {

/// One lesion a click, LPS mm: the region around the click that differs from its surroundings. The liver,
/// where it was found, bounds the region; without it any organ will do. Throws `Error{usage}` for a click
/// outside the body or the image, naming it.
[[nodiscard]] Segmented
lesions_at(const Volume& ct, const std::optional<Mask>& liver, const std::vector<PointLps>& clicks);

}  // namespace downstage::segmentation
