#pragma once

#include "downstage/core/image.hpp"

#include <optional>
#include <vector>

namespace downstage::segmentation {

/// The patient's own axes: for every slice, the column of the spine's midline and the row of its front.
struct Spine {
    std::vector<double> midline_i;
    std::vector<double> front_j;
};

/// Bone in the middle and rear of the body, smoothed over slices (SEGMENTATION.md 3.4); empty when no slice
/// has any.
[[nodiscard]] std::optional<Spine> find_spine(const Mask& bone, const Mask& body);

/// How far to the left of the spine's midline a voxel lies: the `x` of SEGMENTATION.md.
[[nodiscard]] double left_of_spine_mm(const Spine& spine, const Grid& grid, const Index& at);

/// How far behind the front of the spine a voxel lies: the `y` of SEGMENTATION.md.
[[nodiscard]] double behind_spine_front_mm(const Spine& spine, const Grid& grid, const Index& at);

/// The 1st to 99th percentile of the columns and rows that `mask` covers in slice k; empty when it covers
/// none.
struct Extent {
    double low_i{}, high_i{}, low_j{}, high_j{};
};
[[nodiscard]] std::optional<Extent> extent_in_slice(const Mask& mask, std::int32_t k);

/// The value below which `fraction` of the values lie (nearest rank); the values must not be empty.
[[nodiscard]] double quantile(std::vector<double> values, double fraction);

}  // namespace downstage::segmentation
