#pragma once

#include "downstage/phantom/scene.hpp"

#include <vector>

namespace downstage::phantom {

struct AnatomyOptions {
    bool heart = true;
    bool stomach = true;
    bool liver_veins = false;
};

/// Chest base and upper abdomen of an adult, laid out so that the landmarks of SEGMENTATION.md section 3 are
/// there: trunk 330 x 230 mm, both lungs over their domes, spine and ribs, a liver of about 1.5 l on the
/// right (x < 0). The liver's dome is at z = 78 mm, its lower tip at z = -82 mm; slices should reach from
/// about -100 to +120 mm.
[[nodiscard]] std::vector<Part> upper_abdomen(const AnatomyOptions& options = {});

}  // namespace downstage::phantom
