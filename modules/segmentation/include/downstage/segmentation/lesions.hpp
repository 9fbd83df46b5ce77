#pragma once

#include "downstage/core/lesion.hpp"
#include "downstage/core/progress.hpp"
#include "downstage/segmentation/liver.hpp"

#include <vector>

namespace downstage::segmentation {

struct LesionOptions {
    unsigned workers = 0;
    Progress progress;
};

/// Finds lesions darker than the liver around them, and fluid-filled cysts (SEGMENTATION.md 9). `confidence`
/// is its score; 0.45 and up counts, 0.30-0.45 is `possible`.
[[nodiscard]] Segmented find_lesions(const Volume& ct, const Liver& liver, const LesionOptions& options = {});

}  // namespace downstage::segmentation
