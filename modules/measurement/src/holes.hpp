#pragma once

#include "downstage/core/image.hpp"

namespace downstage::measurement {

/// `mask` with the holes of each slice filled: what the border of the slice does not reach over faces. Veins
/// that were left out of a liver are such holes, and their walls are not its surface.
[[nodiscard]] Mask without_holes(Mask mask);

}  // namespace downstage::measurement
