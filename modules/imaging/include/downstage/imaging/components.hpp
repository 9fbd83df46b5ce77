#pragma once

#include "downstage/core/image.hpp"

namespace downstage::imaging {

enum class Connectivity { faces, corners };  ///< 6 or 26 neighbours

struct ComponentOptions {
    double smallest_ml = 0.0;  ///< components below this volume are dropped
    Connectivity connectivity = Connectivity::corners;
};

/// Labels the connected parts of `mask`: 1 is the largest, 2 the next (ties: lowest voxel first); an empty
/// mask gives an empty map. Throws `Error{internal}` beyond 65535 parts.
[[nodiscard]] LabelMap components(const Mask& mask, const ComponentOptions& options = {});
[[nodiscard]] Mask with_label(const LabelMap& labels, std::uint16_t label);
[[nodiscard]] Mask largest_component(const Mask& mask, Connectivity connectivity = Connectivity::corners);

/// Splits `mask` along the necks between the hills of its depth: basins of the watershed of its (smoothed)
/// distance map with hills lower than `h_mm` merged (SEGMENTATION.md 8.1, 9.3). Labels ordered as in
/// `components`.
[[nodiscard]] LabelMap split_at_necks(const Mask& mask, double h_mm, unsigned workers = 0);

}  // namespace downstage::imaging
