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
        double shift_i_mm{}, shift_j_mm{};  ///< in-plane move that undoes the tilt (a property of the place)
    };
    Grid grid;
    std::vector<From> from;
    GeometryPassport passport;
};

/// Judges a stack from ImagePositionPatient and ImageOrientationPatient alone (DICOM PS3.3 C.7.6.2.1.1), and
/// says how to build its volume. A tilted stack is sheared back inside its own planes, so that each slice of
/// the volume is one reconstructed slice; mildly irregular spacing is resampled; missing slices are filled in
/// and listed in the passport, for the caller to refuse where they matter. Throws `Error{input}`, with the
/// positions and millimetres, where no volume can be trusted.
[[nodiscard]] StackPlan plan_volume(const Stack& stack, const GeometryOptions& options = {});

}  // namespace downstage::dicom
