#pragma once

#include "downstage/core/space.hpp"
#include "downstage/core/units.hpp"
#include "downstage/measurement/diameter.hpp"
#include "downstage/measurement/occupancy.hpp"

/// How far a length or volume that was read may be from the lesion's true one. The model follows from how a
/// boundary is read; its few constants were fitted to simulated lesions and tried on others. The model, the
/// constants and the coverage they reach are in docs/measurements.md.
namespace downstage::measurement {

/// The lesion's size as it was read, before any correction.
struct ReadSize {
    double long_axis_mm{}, short_axis_mm{};
    double max_3d_mm{};
    double volume_mm3{};
};

/// Everything an error depends on.
struct ErrorSources {
    double pixel_mm{};           ///< side of a pixel
    double slice_distance_mm{};  ///< between the centres of neighbouring slices
    Edge edge;
    ReadSize size;
};

/// The error of one length.
struct LengthError {
    double reading_mm{};  ///< read minus shown, on average: blur and window shorten, noise lengthens
    double missed_mm{};   ///< what lies between slices: true minus shown, on average; of a mask also its
                          ///< staircase
    double sd_mm{};       ///< spread of what remains
};

[[nodiscard]] LengthError long_axis_error(const ErrorSources& sources);
[[nodiscard]] LengthError short_axis_error(const ErrorSources& sources);
[[nodiscard]] LengthError max_3d_error(const ErrorSources& sources);

/// Spread of the volume. It has no systematic part: shares of voxels add up without one.
[[nodiscard]] double volume_sd_mm3(const ErrorSources& sources);

/// The chord without its reading error: both ends are moved along its own line by half of it.
[[nodiscard]] Chord corrected(const Chord& read, const LengthError& error);

/// The 95 % interval of the lesion's true length, from the corrected one. It reaches further up than down
/// where slices are thick: the longest section may lie between two of them.
[[nodiscard]] Interval95 interval95(double corrected_mm, const LengthError& error);

/// The 95 % interval of a value without systematic error; never below zero.
[[nodiscard]] Interval95 interval95(double value, double sd);

}  // namespace downstage::measurement
