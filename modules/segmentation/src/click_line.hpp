#pragma once

#include "downstage/segmentation/click.hpp"

#include "click_lesion.hpp"

#include <optional>

namespace downstage::segmentation {

/// The lesion that `line` is the longest axis of: of the regions around its middle, the one whose ends along
/// the line are nearest to the line's own. Nothing where the best of them is off by more than a third of the
/// line.
[[nodiscard]] std::optional<ClickedLesion> lesion_on_line(const ClickScene& scene, const Line& line);

}  // namespace downstage::segmentation
