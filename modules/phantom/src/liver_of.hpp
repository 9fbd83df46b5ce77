#pragma once

#include "downstage/phantom/scene.hpp"

#include "tissue_plane.hpp"

namespace downstage::phantom {

/// Tissues that a reader counts to the liver.
[[nodiscard]] bool is_liver(Tissue tissue);

/// The anatomy with 1 for the liver and 0 for everything else.
[[nodiscard]] ValuedAnatomy liver_indicator(const Scene& scene);

/// A grid along the patient's axes that holds the liver, deformed or not; no voxels without one.
[[nodiscard]] Grid liver_grid(const Scene& scene, double spacing_mm);

/// With veins, summed over a lattice of 2 mm in which a place counts in part; deformed as the scene says.
[[nodiscard]] double lattice_liver_volume_ml(const Scene& scene);

}  // namespace downstage::phantom
