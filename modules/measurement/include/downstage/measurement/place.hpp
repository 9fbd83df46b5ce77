#pragma once

#include "downstage/core/image.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

/// Where in the liver a lesion is.
namespace downstage::measurement {

/// What is read of a liver once and for all of its lesions.
struct LiverShape {
    std::vector<PointLps> surface;  ///< centres of the liver voxels that have a face to the outside
    PointLps least, greatest;       ///< corners of the liver's box along the patient's axes
    double half_voxel_mm{};         ///< from a surface voxel's centre to the surface itself, on average
};

/// Empty for a mask without a voxel. The end of the image is no surface: nobody has seen it. Nor are the
/// walls of holes in a slice: they are veins that were left out.
[[nodiscard]] std::optional<LiverShape> shape_of_liver(const Mask& mask);

/// Shortest distance from the lesion's boundary `points` to the liver's surface; 0 at the capsule.
[[nodiscard]] std::optional<double> distance_to_surface_mm(std::span<const PointLps> points,
                                                           const LiverShape& liver);

/// Words for a place, by thirds of the liver's box from right to left and from top to bottom, and by depth:
/// "right part, upper third, at the capsule". No anatomical segment: that would need the vessels.
[[nodiscard]] std::string
place_in_words(const PointLps& centre, const LiverShape& liver, std::optional<double> depth_mm);

}  // namespace downstage::measurement
