#include "downstage/report/window.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace downstage::report {
namespace {

/// Mean over every third liver voxel in each direction of the plane: a window needs no more.
std::optional<double> mean_liver_hu(const Volume& image, const Segmented& found)
{
    if (found.liver.voxels().empty() || found.liver.grid().size != image.grid().size) return std::nullopt;
    constexpr std::int32_t stride = 3;
    const bool has_lesions = found.lesions.grid().size == image.grid().size;
    const Size& size = image.grid().size;
    std::int64_t sum = 0;
    std::int64_t count = 0;
    for (std::int32_t k = 0; k < size.k; ++k)
        for (std::int32_t j = 0; j < size.j; j += stride)
            for (std::int32_t i = 0; i < size.i; i += stride) {
                const Index at{i, j, k};
                if (found.liver[at] == 0 || (has_lesions && found.lesions[at] != 0)) continue;
                sum += image[at];
                ++count;
            }
    if (count == 0) return std::nullopt;
    return static_cast<double>(sum) / static_cast<double>(count);
}

}  // namespace

Window window_for(const Volume& image, const Segmented& found)
{
    constexpr double width_around_liver_hu = 260.0;
    constexpr Window abdominal{.centre_hu = 60.0, .width_hu = 350.0};
    const std::optional<double> liver_hu = mean_liver_hu(image, found);
    return liver_hu ? Window{.centre_hu = *liver_hu, .width_hu = width_around_liver_hu} : abdominal;
}

std::uint8_t grey(const Window& window, double hu)
{
    const double fraction = (hu - window.centre_hu) / window.width_hu + 0.5;
    return static_cast<std::uint8_t>(std::lround(255.0 * std::clamp(fraction, 0.0, 1.0)));
}

}  // namespace downstage::report
