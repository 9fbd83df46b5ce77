#pragma once

#include "click_view.hpp"

#include <optional>

namespace downstage::segmentation {

/// What the click lies in, by likeness alone: the connected region whose density differs from the click's by
/// less than a level, the level being the one whose border is steepest before the region runs out into its
/// surroundings. The same for every click in the region. Nothing when it runs out at once, as in plain
/// tissue.
[[nodiscard]] std::optional<Mask> alike_region(const ClickView& view, double inside_hu);

}  // namespace downstage::segmentation
