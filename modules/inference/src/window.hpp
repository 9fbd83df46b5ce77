#pragma once

#include "downstage/core/network.hpp"

#include "plane.hpp"

namespace downstage::inference {

/// The rectangle a network is shown, in pixels of the resampled slice; may reach beyond it.
struct Window {
    std::int32_t column{}, row{};  ///< of its first pixel
    std::int32_t columns{}, rows{};
};

/// The size a network takes that is no smaller than `least` and than the network's own least.
[[nodiscard]] std::array<std::int32_t, 2> size_taken(const NetworkInput& input,
                                                     const std::array<std::int32_t, 2>& least);

/// The whole slice, in the middle of a window the network takes.
[[nodiscard]] Window window_around_slice(const NetworkInput& input, const Plane& slice);

/// The network's fixed window, its middle on the middle of the box of what is not 0 in `mask`.
[[nodiscard]] Window window_on_mask(const std::array<std::int32_t, 2>& size, const Plane& mask);

/// What is seen through the window; `beyond` where there is no slice.
[[nodiscard]] Plane seen_through(const Window& window, const Plane& slice, float beyond);

/// The inverse: writes what the window holds to where it lies in the slice; the rest stays.
void put_back(const Plane& seen, const Window& window, Plane& slice);

}  // namespace downstage::inference
