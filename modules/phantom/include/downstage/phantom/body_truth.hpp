#pragma once

#include "downstage/phantom/body.hpp"

#include <functional>

namespace downstage::phantom {

/// How deep a place lies in something; see `depth_mm`.
using DepthAt = std::function<double(const PointLps&)>;

/// What a reader with perfect eyes measures on a body in slices with the normal `slice_normal` (a unit
/// vector): by formula where there is one, else on a lattice of about 120 points across, whose contours are
/// interpolated: lengths are then good to about 0.5 % of the body's size, volumes to 1 %.
[[nodiscard]] ShapeTruth truth_of(const Body& body, const VectorLps& slice_normal);

/// The part of a lesion that lives.
struct ViableTruth {
    double long_axis_mm{};  ///< longest straight line within one slice that leaves it nowhere (mRECIST)
    double volume_ml{};
};

/// Of all places within `around` whose `depth_at` is positive. On a lattice of about 60 points across.
[[nodiscard]] ViableTruth
viable_truth(const Ball& around, const DepthAt& depth_at, const VectorLps& slice_normal);

}  // namespace downstage::phantom
