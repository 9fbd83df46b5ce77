#pragma once

#include "downstage/core/series.hpp"

#include <cstdint>
#include <vector>

namespace downstage::dicom {

struct GeometryOptions {
    bool allow_gaps = false;  ///< measure in spite of missing slices; the verdict then says so
};

/// How a volume is to be built from the slices of a stack: slice k of the volume comes from `from[k]`.
struct StackPlan {
    /// One slice of the volume: a source slice moved in its own plane, or two neighbours weighted.
    struct From {
        std::size_t first{}, second{};  ///< into the stack's `slices`; equal where one source slice serves
        double weight_of_second{};      ///< 0..1
        /// Where the first pixel of the source lies, from voxel (0, 0, k) along +i and +j, never below zero:
        /// voxel i of the volume is pixel i - shift / spacing of the source. Two neighbours are weighted
        /// first.
        double shift_i_mm{}, shift_j_mm{};
    };
    Grid
        grid;  ///< of a tilted stack wider than its slices, so that all of each has room where it is moved to
    std::vector<From> from;
    GeometryPassport passport;
};

/// Judges a stack from ImagePositionPatient and ImageOrientationPatient alone (DICOM PS3.3 C.7.6.2.1.1), and
/// says how to build its volume: i along the rows, j along the columns, k along the slice normal i x j.
///
/// - regular: every slice is within 0.06 mm (positions rounded to one decimal are up to 0.05 mm off) or 1 %
/// of
///   the spacing of its place.
/// - resampled: a tilted stack (drift along a straight line to half a pixel) is sheared back inside its own
///   planes, so that each slice of the volume is one reconstructed slice; slices up to a quarter of the
///   spacing off their place, or spaced more coarsely towards one end, are interpolated linearly.
/// - a gap of two or more times the spacing is filled in and listed in the passport as missing slices, for
/// the
///   caller to refuse where they matter; with `allow_gaps` the verdict says gaps_allowed.
///
/// Throws `Error{input}`, with the positions and millimetres, where no volume can be trusted: fewer than two
/// slices, two images at one place, directions that are not orthogonal, slices that do not stack along a
/// line, spacing more uneven than that.
[[nodiscard]] StackPlan plan_volume(const Stack& stack, const GeometryOptions& options = {});

}  // namespace downstage::dicom
