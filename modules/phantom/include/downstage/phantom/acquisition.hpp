#pragma once

#include "downstage/phantom/scene.hpp"

#include <cstdint>
#include <vector>

namespace downstage::phantom {

/// One slice to be taken.
struct Cut {
    std::int32_t place{};  ///< 0-based along the slice normal, counting missing slices
    std::int32_t copy{};   ///< 0, or 1 for the second of a duplicated slice
    PointLps position;     ///< centre of the first pixel
    std::int32_t instance_number{};
    VectorLps patient_shift;  ///< how far the patient's breath has moved him by then
};

/// The directions of all slices: i along a row, j along a column, k the slice normal. With a gantry tilt j
/// and k are turned about i by the tilt, while slices still follow each other as without it.
[[nodiscard]] Axes slice_axes(const Acquisition& acquisition);

/// How far the patient's breath has moved him when the slice at this place is taken.
[[nodiscard]] VectorLps patient_shift(const Acquisition& acquisition, std::int32_t place);

/// The slices of one pass, by place. Where they follow each other and how they are numbered depends on the
/// acquisition alone, so every pass has the same. Throws `Error{usage}` for sizes and spacings that are not
/// positive, directions that are not perpendicular, and slices that are not there.
[[nodiscard]] std::vector<Cut> cuts(const Acquisition& acquisition);

}  // namespace downstage::phantom
