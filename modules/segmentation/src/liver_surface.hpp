#pragma once

#include "downstage/core/image.hpp"

#include "liver_network.hpp"

namespace downstage::segmentation {

/// A liver of the working grid on the grid of the image, through its signed distance: smooth, without the
/// steps of the coarse grid (SEGMENTATION.md 8.5).
[[nodiscard]] Mask fine_surface(const Mask& liver, const Grid& image, unsigned workers);

/// The same for a network's liver that was mended to `liver`: its surface is where the network's probability
/// passes the threshold (TRAINING.md 5.7), and the mended one where that was mended.
[[nodiscard]] Mask
fine_surface(const Mask& liver, const NetworkLiver& network, const Grid& image, unsigned workers);

}  // namespace downstage::segmentation
