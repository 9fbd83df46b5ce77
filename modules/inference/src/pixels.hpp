#pragma once

#include "downstage/core/space.hpp"

#include "plane.hpp"

#include <vector>

/// From the pixels of a scan to those of a network, in the plane of the slice (TRAINING.md 5.3).
namespace downstage::inference {

/// What one new pixel takes of the old ones along one axis: `weights` from pixel `first` on. They sum to 1.
struct Taps {
    std::int32_t first{};
    std::vector<float> weights;
};

/// The taps of every new pixel along one axis.
using AxisTaps = std::vector<Taps>;

struct AxisChange {
    std::int32_t size{};  ///< old pixels
    double from_mm{}, to_mm{};
};

/// How many pixels of `to_mm` cover the old ones.
[[nodiscard]] std::int32_t covering(const AxisChange& change);

/// Linear between the two nearest old centres, both rows of pixels beginning at the same outer face; where
/// pixels grow by more than a quarter, after a Gaussian of sigma 0.45 (factor - 1) old pixels. Beyond the
/// field the outermost pixel goes on.
[[nodiscard]] AxisTaps taps_of(const AxisChange& change);

/// How the slices of one grid become slices of the network.
struct Resampling {
    AxisTaps columns, rows;
};

[[nodiscard]] Resampling resampling_to(double pixel_mm, const Grid& grid);
[[nodiscard]] Plane resampled(const Plane& slice, const Resampling& how);

/// The grid of the resampled slices: `grid` with square pixels of `pixel_mm` in plane.
[[nodiscard]] Grid repixelled(const Grid& grid, double pixel_mm);

}  // namespace downstage::inference
