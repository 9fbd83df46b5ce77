#pragma once

#include "align_blocks.hpp"

#include <vector>

namespace downstage::imaging {

/// What is to be added to a bend so that it follows `matches`: their displacements, those that contradict
/// their neighbours left out, smoothed over `sigma_mm` and fading to nothing away from them. On `grid`.
[[nodiscard]] Image<VectorLps>
smooth_bend(const Grid& grid, const std::vector<Match>& matches, double sigma_mm, unsigned workers);

/// Linear between voxels, nothing outside the grid.
[[nodiscard]] VectorLps bend_at(const Image<VectorLps>& bend_mm, const PointLps& place);

}  // namespace downstage::imaging
