#pragma once

#include "downstage/core/image.hpp"

namespace downstage::segmentation {

/// `liver` with the notches and tunnels that lesions leave in it, since they are darker than liver: what
/// holes of a plane or bays up to 18 mm wide enclose, as far as it is soft tissue and no bile, fluid or fat
/// (SEGMENTATION.md 8.2). `mean_hu` is the mode of liver tissue.
[[nodiscard]] Mask
with_bays_filled(const Mask& liver, const Field& smoothed_hu, double mean_hu, unsigned workers);

}  // namespace downstage::segmentation
