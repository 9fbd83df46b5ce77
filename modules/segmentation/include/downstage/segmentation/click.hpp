#pragma once

#include "downstage/core/lesion.hpp"

#include <optional>
#include <vector>

namespace downstage::segmentation {

/// One lesion a click, LPS mm: the region around the click that differs from its surroundings, darker or
/// brighter, its border where 0.4 of the contrast is left. The liver, where it was found and holds the click,
/// bounds the region; elsewhere any organ will do. A region reaches at most 70 mm from its click. Where
/// nothing stands out, or an earlier click gave the same lesion, there is no finding but a notice that names
/// the click. Confidence grows with contrast over noise, from 0.5. Throws `Error{usage}` for a click outside
/// the body or the image, naming it.
[[nodiscard]] Segmented
lesions_at(const Volume& ct, const std::optional<Mask>& liver, const std::vector<PointLps>& clicks);

}  // namespace downstage::segmentation
