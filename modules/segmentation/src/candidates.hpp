#pragma once

#include "lesions_patch.hpp"
#include "parenchyma.hpp"

namespace downstage::segmentation {

/// A dark spot of the liver at one level of darkness: not yet a lesion.
struct Candidate {
    Patch spot;
    double radius_mm{};  ///< of the largest ball inside it
};

/// The levels of darkness at which lesions are looked for, in HU (SEGMENTATION.md 9.3).
[[nodiscard]] std::vector<double> levels_hu(double noise_hu);

/// All dark spots of all levels, whole and split at their necks, in a fixed order (SEGMENTATION.md 9.3).
/// Most of them are vessels, fissures and the liver's rind.
[[nodiscard]] std::vector<Candidate> dark_spots(const Parenchyma& tissue, unsigned workers);

/// The radius of the largest ball inside `mask`, counted between voxel centres.
[[nodiscard]] double inscribed_radius_mm(const Mask& mask);

}  // namespace downstage::segmentation
