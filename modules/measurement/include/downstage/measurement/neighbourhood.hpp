#pragma once

#include "downstage/core/lesion.hpp"

#include <cstdint>
#include <map>

/// One lesion cut out of its image, with as much of its surroundings as its measurement reads.
namespace downstage::measurement {

/// A box of voxels; both corners belong to it.
struct Box {
    Index first, last;
    friend constexpr bool operator==(const Box&, const Box&) = default;
};

/// The tight box of every label of the map, in one pass.
[[nodiscard]] std::map<std::uint16_t, Box> boxes_of_labels(const LabelMap& labels);

/// A lesion and its surroundings on one small grid, which reaches `reach_mm` beyond the label on every side
/// and at least one voxel further: also beyond the image, where nothing is readable.
struct Neighbourhood {
    Field hu;
    Mask label;     ///< the lesion as it was found or drawn
    Mask readable;  ///< liver tissue of this lesion or of its surroundings: not outside the liver, not
                    ///< another finding, not outside the image
    Index corner;   ///< the voxel of the whole image that is voxel {0, 0, 0} here; may be negative
};

/// Cuts the lesion `label`, whose box is `box`, out of `image`. Without a liver in `found` all of the image
/// that is no other finding is readable.
[[nodiscard]] Neighbourhood neighbourhood_of(
    const Volume& image, const Segmented& found, std::uint16_t label, const Box& box, double reach_mm);

}  // namespace downstage::measurement
