#pragma once

#include "downstage/core/image.hpp"

#include "intensity.hpp"
#include "landmarks.hpp"

namespace downstage::segmentation {

/// What the steps from a first outline to the whole liver look at besides the outline itself, all of it on
/// one grid.
struct Scene {
    const Tissue& tissue;
    const Landmarks& landmarks;
    Intensity intensity;
    Field mean_hu;  ///< the liver's density from place to place
    Mask bright;    ///< enhanced neighbours that are not liver (SEGMENTATION.md 6)
    Mask bounds;    ///< where no liver can be: wall, lung, above the diaphragm, the place of other organs
    unsigned workers{};
};

/// Where no liver can be: what a tumour at the liver's surface leans on from without.
[[nodiscard]] Mask bounds_of(const Landmarks& landmarks, unsigned workers);

}  // namespace downstage::segmentation
