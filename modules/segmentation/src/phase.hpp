#pragma once

#include "downstage/core/series.hpp"

#include <optional>

namespace downstage::segmentation {

/// What the phase is read from, in HU. Empty: not in view.
struct OrganDensities {
    double liver_hu{};
    std::optional<double> aorta_hu;
    std::optional<double> spleen_hu;
    std::optional<double> kidney_hu;  ///< the brighter part, which is cortex
    std::optional<double> veins_hu;   ///< the brightest tissue inside the liver
};

/// The contrast phase by numbers (SEGMENTATION.md 14). `hinted` is what the tags name: where they agree the
/// confidence rises, where they do not it falls; they decide only between phases that the pixels cannot tell.
[[nodiscard]] PhaseEstimate phase_of(const OrganDensities& densities, Phase hinted);

/// The phase when no pixels say anything: the tags', with little confidence.
[[nodiscard]] PhaseEstimate phase_by_hint(Phase hinted);

}  // namespace downstage::segmentation
