#pragma once

#include "downstage/core/lesion.hpp"
#include "downstage/core/measurement.hpp"

#include <cstdint>
#include <optional>
#include <vector>

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

/// Measures every finding of `found`, in the order of its findings. Reads the liver and the label map once
/// for all of them, so it is much quicker than one `measure_lesion` after another. The same bytes for any
/// number of workers.
[[nodiscard]] std::vector<LesionMeasurement> measure_all(const Volume& image,
                                                         const Segmented& found,
                                                         const LesionOptions& options = {},
                                                         unsigned workers = 1);

/// Volume of the liver in ml with partial-volume correction at its surface; empty without a liver.
[[nodiscard]] std::optional<double> liver_volume_ml(const Segmented& found);

}  // namespace downstage::measurement
