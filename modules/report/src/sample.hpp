#pragma once

#include "downstage/core/image.hpp"
#include "downstage/report/view.hpp"
#include "downstage/report/window.hpp"

#include <opencv2/core.hpp>

#include <cstdint>
#include <functional>

/// Pictures of a volume through a view: voxels to pixels, whatever the orientation of the grid.
namespace downstage::report {

/// 8-bit grey; cubic within the slices, linear across them; black outside the volume.
[[nodiscard]] cv::Mat grey_picture(const Volume& image, const View& view, const Window& window);

/// True for the voxel with this offset (see `offset_of`).
using IsIn = std::function<bool(std::size_t)>;

/// 8-bit coverage, 0 to 255: how much of a set of voxels a pixel lies in, linear between voxel centres. Its
/// edge at 128 is the outline of the set.
[[nodiscard]] cv::Mat coverage_picture(const Grid& grid, const View& view, const IsIn& is_in);

}  // namespace downstage::report
