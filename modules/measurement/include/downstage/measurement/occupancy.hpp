#pragma once

#include "downstage/measurement/neighbourhood.hpp"

/// How much of each voxel is lesion. Everything else is measured on this.
namespace downstage::measurement {

enum class BoundarySource {
    image,       ///< found again in the image at half the contrast, near the label
    drawn_mask,  ///< somebody drew it: the mask is the truth
    found_mask,  ///< the label as it was found: the image shows too little contrast to better it
};

/// What is known of the boundary that was found; the errors of all lengths and volumes follow from it.
struct Edge {
    BoundarySource source{BoundarySource::found_mask};
    double contrast_hu{};   ///< inside minus outside; negative for a dark lesion
    double noise_hu{};      ///< sd of the surroundings, by their median deviation
    double blur_mm{};       ///< sd of the edge's own blur: scanner, reconstruction, voxel
    double smoothing_mm{};  ///< sd of the window that the boundary was read through
    double noise{};         ///< sd of `Occupancy::membership` from noise, as a share of the contrast
    double level{};         ///< sd of the contrast itself from noise, as a share of it
};

struct Occupancy {
    Field share;  ///< the part of each voxel that is lesion; its sum is the volume. With noise single voxels
                  ///< near the boundary fall below 0 or above 1, so that the sum stays unbiased
    Field membership;  ///< crosses 0.5 at the boundary; read through a window as wide as the noise asks for
    Mask inside;       ///< voxels whose membership is at least 0.5
    Edge edge;
};

/// How far around the label `occupancy_of` reads, so the `reach_mm` its neighbourhood must have.
inline constexpr double surroundings_mm = 9.0;

/// The boundary where the image crosses half the contrast between the lesion's outer part and the liver
/// around it, searched from 2.5 mm inside the label to 3.5 mm outside of it: a label that is a voxel too
/// large or too small gives the same answer. Never outside the liver and never in another finding. Bright and
/// dark lesions alike. Where the contrast is lost in noise it is the label.
[[nodiscard]] Occupancy occupancy_of(const Neighbourhood& cut);

/// The mask itself: its boundary lies half way between the centres of voxels inside and outside.
[[nodiscard]] Occupancy occupancy_of_drawn(const Neighbourhood& cut);

}  // namespace downstage::measurement
