#pragma once

#include "downstage/core/measurement.hpp"
#include "downstage/dicom/read.hpp"
#include "downstage/imaging/align.hpp"
#include "downstage/pipeline/choose.hpp"

#include "find.hpp"

#include <optional>
#include <vector>

namespace downstage::pipeline {

/// The stack of the study that the looks call arterial, the surest first; nothing when there is none.
[[nodiscard]] std::optional<std::size_t> arterial_stack(const Choice& choice);

/// Everything that the viable diameters of a study depend on.
struct ViableInput {
    const Volume& measured_in;    ///< the series that was measured
    Phase phase{Phase::unknown};  ///< of it
    const Found& found;
    const Volume* arterial = nullptr;  ///< another series, the arterial pass; none where there is none
};

/// Fills `viable_diameter_mm` of every measurement, or says why it is empty: measured in the arterial pass on
/// its own grid, or in the measured series where that is the arterial one itself. `measurements` stand in the
/// order of the findings.
void add_viable(std::vector<LesionMeasurement>& measurements, const ViableInput& input, unsigned workers);

}  // namespace downstage::pipeline
