#pragma once

#include "downstage/core/image.hpp"

/// The two operations on a neighbourhood that measuring needs: how far a voxel is from a mask, and a mean
/// over a small Gaussian window. Both are separable and run along rows, so that fifty lesions take a fraction
/// of a second (tests/bench/measurement_bench.cpp).
namespace downstage::measurement {

/// Distance in mm from each voxel's centre to the centre of the nearest voxel of `mask`; `cap_mm` where that
/// is further. Exact up to the cap. `spacing_mm` is given apart from the grid because a band around a lesion
/// counts thick slices as thinner than they are (see occupancy.hpp).
[[nodiscard]] Field distance_to(const Mask& mask, const SpacingMm& spacing_mm, double cap_mm);

/// The field averaged over a Gaussian window of `sd_mm` along each axis. Near the end of the grid the window
/// is cut and its weights add up to one again. A window much narrower than a voxel leaves the field as it is.
[[nodiscard]] Field smoothed(const Field& field, double sd_mm);

}  // namespace downstage::measurement
