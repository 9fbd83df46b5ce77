#pragma once

#include "downstage/core/image.hpp"
#include "downstage/core/network.hpp"

#include "pixels.hpp"
#include "plane.hpp"
#include "window.hpp"

#include <optional>
#include <span>

/// One slice as a network is shown it.
namespace downstage::inference {

/// 1 where at least half of the pixel is liver.
[[nodiscard]] Plane mask_pixels(const Mask& liver, std::int32_t k, const Resampling& how);

/// The slice of the scan that all channels are made of.
struct SliceOfScan {
    const Volume* ct = nullptr;
    std::int32_t k{};
    double level_hu{};  ///< of the liver in it
};

/// Clipped, resampled, less the liver's level where the channel wants that, divided, limited: in this order.
/// Beyond the field of the scan stands air, that is, the lower end of `clip_hu`.
[[nodiscard]] Plane density_seen(const SliceOfScan& slice,
                                 const NetworkChannel& channel,
                                 const Resampling& how,
                                 const Window& window);

}  // namespace downstage::inference
