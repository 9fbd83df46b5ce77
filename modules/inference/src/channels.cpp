#include "channels.hpp"

#include <algorithm>

namespace downstage::inference {

namespace {

float clipped(double hu, const NetworkChannel& channel)
{
    return static_cast<float>(std::clamp(hu, channel.clip_hu[0], channel.clip_hu[1]));
}

Plane clipped_slice(const SliceOfScan& slice, const NetworkChannel& channel)
{
    const Size& size = slice.ct->grid().size;
    Plane plane{size.i, size.j};
    std::ranges::transform(slice.ct->slice(slice.k), plane.values.begin(), [&](std::int16_t hu) {
        return clipped(hu, channel);
    });
    return plane;
}

}  // namespace

Plane mask_pixels(const Mask& liver, std::int32_t k, const Resampling& how)
{
    const Size& size = liver.grid().size;
    Plane plane{size.i, size.j};
    std::ranges::transform(
        liver.slice(k), plane.values.begin(), [](std::uint8_t voxel) { return voxel != 0 ? 1.0F : 0.0F; });
    // An edge in the middle of a pixel is common (0.75 mm to 1.5 mm); rounding must not decide it.
    constexpr float half = 0.5F - 1e-4F;
    Plane pixels = resampled(plane, how);
    for (float& share : pixels.values)
        share = share >= half ? 1.0F : 0.0F;
    return pixels;
}

Plane density_seen(const SliceOfScan& slice,
                   const NetworkChannel& channel,
                   const Resampling& how,
                   const Window& window)
{
    const Plane pixels = resampled(clipped_slice(slice, channel), how);
    Plane seen = seen_through(window, pixels, static_cast<float>(channel.clip_hu[0]));
    const float level = channel.subtract_liver_level ? static_cast<float>(slice.level_hu) : 0.0F;
    const auto divisor = static_cast<float>(channel.divide_by);
    for (float& value : seen.values) {
        value = (value - level) / divisor;
        if (channel.limit)
            value =
                std::clamp(value, -static_cast<float>(*channel.limit), static_cast<float>(*channel.limit));
    }
    return seen;
}

}  // namespace downstage::inference
