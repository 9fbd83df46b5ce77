#pragma once

#include "downstage/core/image.hpp"

#include "landmarks.hpp"
#include "phase.hpp"

namespace downstage::segmentation {

/// Reads the densities the phase shows in, from a coarse CT, its landmarks and the liver region found in it,
/// whose mode is `liver_hu`.
[[nodiscard]] OrganDensities
organ_densities(const Volume& ct, const Landmarks& landmarks, const Mask& liver, double liver_hu);

}  // namespace downstage::segmentation
