#pragma once

#include "downstage/core/image.hpp"
#include "downstage/phantom/body.hpp"
#include "downstage/phantom/tone.hpp"

namespace downstage::phantom {

/// A lesion to be painted into an image of a real patient.
struct Overpaint {
    Body body;
    Tone tone;         ///< differences to the liver around
    double edge_mm{};  ///< width of the logistic edge between liver and lesion; 0: as sharp as the slices
};

/// What a lesion was painted against.
struct Surroundings {
    double liver_hu{};  ///< median of the liver around the lesion
    double noise_hu{};  ///< 1 sd of the native noise there, of what is finer than four pixels
};

/// Paints a lesion into `image` (LESION-TRAINING.md 3, TRAINING.md 4.1): where it covers a voxel, averaged
/// over the slice's thickness, the voxel becomes liver around + tone + the native noise, so that vessels
/// inside vanish and noise does not. `liver` (same grid) says where the liver around is measured; slices are
/// taken to be as thick as they are apart. Throws `Error{usage}` where there is no liver around the body.
Surroundings paint_over(Volume& image, const Mask& liver, const Overpaint& lesion);

/// Gives the voxels that the body fills by more than half, over the slice's thickness, this label, and says
/// how many they are.
std::size_t label_body(LabelMap& labels, const Body& body, std::uint16_t label);

}  // namespace downstage::phantom
