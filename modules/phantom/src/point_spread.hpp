#pragma once

#include <cstddef>
#include <vector>

namespace downstage::phantom {

/// Fine samples a pixel along each side. Odd, so that one lies at the pixel's centre.
constexpr std::size_t samples_a_pixel = 3;

/// How the fine samples around a pixel's centre add up to the pixel along one side. The weights are those of
/// the pixel's width convolved with a Gaussian of `blur_mm` sd; there are 2 `reach` + 1, and their sum is 1.
struct PointSpread {
    std::size_t reach{};
    std::vector<float> weights;
};

[[nodiscard]] PointSpread point_spread(double pixel_mm, double blur_mm);

}  // namespace downstage::phantom
