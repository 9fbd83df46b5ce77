#pragma once

#include "downstage/core/lesion.hpp"
#include "downstage/core/measurement.hpp"

#include <cstdint>
#include <optional>

namespace downstage::measurement {

struct LesionOptions {
    /// Thickness of a reconstructed slice, for measurability; the slice distance where it is unknown.
    std::optional<double> slice_thickness_mm;
};

/// Measures one lesion of `found` in `image`, in patient space, finer than a voxel. Where the mask is ours,
/// the boundary is where the image crosses half the contrast between lesion and surroundings; where somebody
/// drew the mask, it is the mask's. docs/measurements.md defines every quantity. Throws `Error{internal}` for
/// a label that is not in the map.
[[nodiscard]] LesionMeasurement measure_lesion(const Volume& image,
                                               const Segmented& found,
                                               std::uint16_t label,
                                               const LesionOptions& options = {});

/// Volume of the liver in ml with partial-volume correction at its surface; empty without a liver.
[[nodiscard]] std::optional<double> liver_volume_ml(const Segmented& found);

}  // namespace downstage::measurement
