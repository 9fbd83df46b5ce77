#pragma once

#include "click_view.hpp"
#include "lesions_patch.hpp"

#include <optional>
#include <vector>

namespace downstage::segmentation {

/// A region around a click, and by how much it stands out.
struct Clicked {
    Patch region;  ///< on the grid of the view, with all that it encloses
    double inside_hu{}, outside_hu{};
    std::optional<PointLps> hollow_at;  ///< where it is a shell: the middle of what it encloses
};

/// The region around the click that differs from its surroundings; its border is where
/// 0.4 of the contrast is left, as for the lesions that are found without a click.
/// `liver_hu` is the mode of liver tissue, where the click is in the liver. Nothing where the surroundings
/// are as dense as the place of the click, or where no border is met within the view.
[[nodiscard]] std::optional<Clicked> region_at_click(const ClickView& view, std::optional<double> liver_hu);

/// The same for densities that are known.
struct Densities {
    double inside_hu{}, outside_hu{};
};
[[nodiscard]] std::optional<Clicked> region_between(const ClickView& view, const Densities& densities);

/// The place deepest inside a region that lies on `grid`.
[[nodiscard]] PointLps heart_of(const Patch& region, const Grid& grid);

/// The densities of what lies 2 to 6 mm around a region, in the order of memory.
[[nodiscard]] std::vector<float> densities_around(const ClickView& view, const Patch& region);

}  // namespace downstage::segmentation
