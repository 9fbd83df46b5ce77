#pragma once

#include "align_blocks.hpp"

#include <vector>

namespace downstage::imaging {

/// What is to be added to a bend so that it follows `matches`: their displacements, those that contradict
/// their neighbours left out, smoothed over `sigma_mm` and fading to nothing away from them. On `grid`.
[[nodiscard]] Image<VectorLps>
smooth_bend(const Grid& grid, const std::vector<Match>& matches, double sigma_mm, unsigned workers);

/// The same from pulls: at every place the motion that fits the pulls around it best, all of them together,
/// so that what one block cannot tell another does. At most 3 mm at a time.
[[nodiscard]] Image<VectorLps>
pulled_bend(const Grid& grid, const std::vector<Pull>& pulls, double sigma_mm, unsigned workers);

/// Linear between voxels, nothing outside the grid.
[[nodiscard]] VectorLps bend_at(const Image<VectorLps>& bend_mm, const PointLps& place);

}  // namespace downstage::imaging
