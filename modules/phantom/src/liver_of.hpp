#pragma once

#include "downstage/phantom/scene.hpp"

#include "tissue_plane.hpp"

namespace downstage::phantom {

/// Tissues that a reader counts to the liver.
[[nodiscard]] bool is_liver(Tissue tissue);

/// The anatomy with 1 for the liver and 0 for everything else.
[[nodiscard]] ValuedAnatomy liver_indicator(const Scene& scene);

}  // namespace downstage::phantom
