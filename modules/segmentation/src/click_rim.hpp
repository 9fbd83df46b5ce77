#pragma once

#include "click_region.hpp"

#include <optional>

namespace downstage::segmentation {

/// A core with the rim around it: the bright one of a lesion that enhances at its border, or the living
/// tissue around a necrosis. A rim differs from what lies 10 to 20 mm away on most sides of the core, and
/// ends before that. Nothing when there is none.
[[nodiscard]] std::optional<Patch> with_rim(const ClickView& view, const Clicked& core);

}  // namespace downstage::segmentation
