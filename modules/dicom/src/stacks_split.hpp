#pragma once

#include "stacks_plane.hpp"

#include <vector>

namespace downstage::dicom {

/// Splits the planes of a group into volumes, so that no two of different volumes are stacked together.
///
/// AcquisitionNumber and the times may rightly change from slice to slice of one volume (step and shoot, two
/// breath holds), so they split nothing as long as every position is there once. Where positions repeat:
/// 1. planes that differ in temporal position, echo time, b-value, kernel, thickness or the rest of ImageType
///    are different volumes;
/// 2. what still repeats is taken in the order of AcquisitionNumber, else acquisition time, content time,
///    InstanceNumber: planes join the current volume until a position comes again, then the next volume
///    begins. That explains the repeats only when it gives as many volumes as the fullest position has
///    images;
/// 3. else, where every position has the same number of images (volumes taken in turn at each position), the
///    n-th image of each position in that order belongs to volume n.
/// 4. Where no position repeats, the planes of each temporal position or acquisition are even by themselves
/// and run
///    through one another, those are volumes at shifted positions; unless all of them together are even and
///    each is as thick as the distance to the next, which makes them the halves of one volume.
/// A group that nothing explains comes back whole and `is_mixed`.
[[nodiscard]] std::vector<PlaneGroup> split_repeats(PlaneGroup group);

}  // namespace downstage::dicom
