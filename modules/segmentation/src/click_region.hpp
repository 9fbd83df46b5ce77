#pragma once

#include "click_view.hpp"
#include "lesions_patch.hpp"

#include <optional>

namespace downstage::segmentation {

/// A region around a click, and by how much it stands out.
struct Clicked {
    Patch region;  ///< on the grid of the view
    double inside_hu{}, outside_hu{};
};

/// The region around the click that differs from its surroundings; its border is where
/// 0.4 of the contrast is left, as for the lesions that are found without a click.
/// `liver_hu` is the mode of liver tissue, where the click is in the liver. Nothing where the surroundings
/// are as dense as the place of the click, or where no border is met within the view.
[[nodiscard]] std::optional<Clicked> region_at_click(const ClickView& view, std::optional<double> liver_hu);

}  // namespace downstage::segmentation
