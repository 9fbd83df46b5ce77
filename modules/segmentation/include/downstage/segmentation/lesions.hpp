#pragma once

#include "downstage/core/lesion.hpp"
#include "downstage/core/progress.hpp"
#include "downstage/core/series.hpp"
#include "downstage/inference/network.hpp"
#include "downstage/segmentation/liver.hpp"

#include <vector>

namespace downstage::segmentation {

struct LesionOptions {
    unsigned workers = 0;
    Progress progress;
    const inference::Network* network = nullptr;  ///< the judge of candidates; none: the score alone
    const Volume* arterial = nullptr;  ///< the arterial pass of the same study, aligned, on the grid of `ct`
    Phase phase{Phase::unknown};       ///< of `ct`
    double least_diameter_mm = 6.0;    ///< smaller findings are not listed
};

/// Finds lesions darker than the liver around them, and fluid-filled cysts (SEGMENTATION.md 9). `confidence`
/// is its score; 0.45 and up counts, 0.30-0.45 is `possible`.
[[nodiscard]] Segmented find_lesions(const Volume& ct, const Liver& liver, const LesionOptions& options = {});

}  // namespace downstage::segmentation
