#pragma once

#include "downstage/core/image.hpp"
#include "downstage/phantom/acquisition.hpp"
#include "downstage/phantom/scene.hpp"

#include <cstdint>
#include <vector>

namespace downstage::phantom {

/// A slice as the scanner gives it: rows of pixels in HU.
struct RenderedSlice {
    Cut cut;
    std::vector<std::int16_t> hu;
};

/// All slices of one pass of a scene. A pixel is the mean density over its square (3 x 3 samples) and over
/// the slice's thickness (a sample every 0.75 mm, 4 to 16), blurred by the point spread, plus noise that
/// depends on seed, pass and pixel alone: the same bytes for any number of `workers` (0: one a processor).
/// Throws `Error{usage}` as `cuts` does, and for a pass that the scene does not have.
[[nodiscard]] std::vector<RenderedSlice> render(const Scene& scene, std::size_t pass, unsigned workers = 0);

/// The slices of one pass stacked into a volume. Throws `Error{usage}` where no grid holds them: with a tilt,
/// missing, duplicated or irregular slices.
[[nodiscard]] Volume render_volume(const Scene& scene, std::size_t pass, unsigned workers = 0);

}  // namespace downstage::phantom
