#pragma once

#include "downstage/core/space.hpp"
#include "downstage/core/units.hpp"
#include "downstage/measurement/occupancy.hpp"

/// How far a measured length or volume may be from the lesion's true one. The model, its constants and the
/// coverage it reaches are in docs/measurements.md.
namespace downstage::measurement {

/// The measured size of one lesion, taken as an ellipsoid with these three full axes.
struct MeasuredSize {
    double long_axis_mm{}, short_axis_mm{};
    double max_3d_mm{};
    double volume_mm3{};
    double across_slices_mm{};  ///< extent along the slice axis that an ellipsoid of this volume has
};

/// Everything an error depends on.
struct ErrorSources {
    double pixel_mm{};           ///< side of a pixel
    double slice_distance_mm{};  ///< between the centres of neighbouring slices
    Edge edge;
    MeasuredSize size;
};

/// The systematic error and the spread of one quantity, in its own unit.
struct ErrorModel {
    double bias{};  ///< measured minus true, on average
    double sd{};
};

[[nodiscard]] ErrorModel long_axis_error(const ErrorSources& sources);
[[nodiscard]] ErrorModel short_axis_error(const ErrorSources& sources);
[[nodiscard]] ErrorModel max_3d_error(const ErrorSources& sources);
[[nodiscard]] ErrorModel volume_error_mm3(const ErrorSources& sources);

/// The 95 % interval of the true value, never below zero.
[[nodiscard]] Interval95 interval95(double measured, const ErrorModel& error);

}  // namespace downstage::measurement
