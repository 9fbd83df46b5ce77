#pragma once

#include "downstage/core/image.hpp"

#include <optional>

namespace downstage::evaluate_app {

/// How far the surfaces of two masks are from each other, in mm, both ways together.
struct SurfaceDistance {
    double mean_mm{};
    double percentile_95_mm{};
};

/// From the centre of every surface voxel of either mask (a face of it lies outside) to the nearest surface
/// voxel of the other one. Empty when one of the masks is.
[[nodiscard]] std::optional<SurfaceDistance>
surface_distance(const Mask& a, const Mask& b, unsigned workers = 0);

}  // namespace downstage::evaluate_app
