#pragma once

#include "downstage_test/shapes.hpp"

#include <cmath>
#include <cstdint>
#include <vector>

/// A CT painted body by body, for what finds things in it. Used by tests only.
namespace downstage_test {

/// Something of one density.
struct Body {
    Shape shape;
    double hu{};
};

struct Scanner {
    double blur_mm = 0.8;  ///< in the plane of the slices: sd of a soft kernel's edge
    double noise_hu = 0.0;
    double noise_grain_mm = 0.6;
    std::uint64_t seed = 1;
};

/// Fat everywhere, then the bodies in order, each over those before it; then blur, then noise.
[[nodiscard]] inline Volume
painted(const Grid& grid, const std::vector<Body>& bodies, const Scanner& scanner = {})
{
    constexpr float fat_hu = -100.0F;
    Field clean{grid, fat_hu};
    for (const Body& body : bodies) {
        const Field share = shares_of(grid, body.shape, 3);
        for (std::size_t n = 0; n < clean.voxels().size(); ++n)
            clean.voxels()[n] += share.voxels()[n] * (static_cast<float>(body.hu) - clean.voxels()[n]);
    }
    clean = blurred_in_plane(clean, scanner.blur_mm);
    const bool noisy = scanner.noise_hu > 0.0;
    const Field noise = noisy ? noise_of(grid, scanner.noise_grain_mm, scanner.seed) : Field{grid};
    Volume image{grid};
    for (std::size_t n = 0; n < image.voxels().size(); ++n)
        image.voxels()[n] =
            static_cast<std::int16_t>(std::lround(static_cast<double>(clean.voxels()[n]) +
                                                  scanner.noise_hu * static_cast<double>(noise.voxels()[n])));
    return image;
}

/// The voxels whose centre is inside.
[[nodiscard]] inline downstage::Mask drawn(const Grid& grid, const Shape& shape)
{
    downstage::Mask mask{grid};
    for (std::int32_t k = 0; k < grid.size.k; ++k)
        for (std::int32_t j = 0; j < grid.size.j; ++j)
            for (std::int32_t i = 0; i < grid.size.i; ++i)
                mask[{i, j, k}] = shape.inside(to_lps(grid, Index{i, j, k})) ? 1 : 0;
    return mask;
}

}  // namespace downstage_test
