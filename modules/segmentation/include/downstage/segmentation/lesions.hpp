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

/// Finds lesions darker than the liver around them, in arterial scans brighter ones too, and fluid-filled
/// cysts (SEGMENTATION.md 9, 14), judged by the network where there is one (LESION-TRAINING.md 8). The
/// findings stand most likely first; `confidence` is the chance that one is a lesion (docs/accuracy.md): from
/// 0.5 on it counts, below it is `possible`, as is what the network alone sees. Where the network and the
/// contrast disagree by more than 20 % on the diameter of a counted lesion, a notice says so; another counts
/// what is shorter than `least_diameter_mm` and not listed. The same bytes for any number of workers.
[[nodiscard]] Segmented find_lesions(const Volume& ct, const Liver& liver, const LesionOptions& options = {});

}  // namespace downstage::segmentation
