#pragma once

#include "downstage_test/shapes.hpp"

#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>

/// Lesions drawn at random, with their true sizes: what coverage of an interval is counted over. Tests only.
namespace downstage_test {

/// One simulated study of one lesion.
struct RandomLesion {
    Volume image;
    downstage::Segmented found;
    double long_axis_mm{}, short_axis_mm{}, max_3d_mm{}, volume_mm3{};
    double contrast_hu{}, noise_hu{}, slice_mm{};
};

struct RandomLesionOptions {
    double least_mm = 8.0, greatest_mm = 60.0;
    bool drawn = false;  ///< the label is the true body, voxel by voxel, as a careful reader draws it
};

/// An ellipsoid of random size (even on a logarithmic scale), axes, direction and place on the grid; contrast
/// 25-60 HU of either sign, noise 8-20 HU of random grain, slices 1-5 mm, pixels 0.6-0.9 mm, scanner blur
/// 0.3-0.9 mm; the label is up to 1 mm too large or too small. The same seed gives the same lesion.
[[nodiscard]] inline RandomLesion random_lesion(std::uint64_t seed, const RandomLesionOptions& options = {})
{
    std::mt19937_64 random{seed};
    const auto between = [&random](double low, double high) {
        // Not uniform_real_distribution: every standard library draws its own numbers with that.
        constexpr double steps = 9007199254740992.0;  // 2^53
        return low + (high - low) * static_cast<double>(random() >> 11U) / steps;
    };
    const double longest_mm = std::exp(between(std::log(options.least_mm), std::log(options.greatest_mm)));
    const double slice_mm = between(1.0, 5.0);
    const Grid grid = grid_about(longest_mm + 20.0, between(0.6, 0.9), slice_mm);
    const Ellipsoid body{.centre = {between(-0.5, 0.5), between(-0.5, 0.5), slice_mm * between(-0.5, 0.5)},
                         .half_mm = {0.5 * longest_mm,
                                     0.5 * longest_mm * between(0.6, 1.0),
                                     0.5 * longest_mm * between(0.6, 1.0)},
                         .frame =
                             turned(between(0.0, 2.0 * std::numbers::pi), std::acos(between(-1.0, 1.0)))};
    // The long axis lies level in `turned`; half of the bodies stand on another one.
    Ellipsoid stood = body;
    if (random() % 2 == 0) std::swap(stood.half_mm[0], stood.half_mm[2]);
    const Shape shape = shape_of(stood);

    const double contrast_hu = between(25.0, 60.0) * (random() % 4 == 0 ? 1.0 : -1.0);
    const Tissue tissue{.lesion_hu = 110.0 + contrast_hu,
                        .liver_hu = 110.0,
                        .noise_hu = between(8.0, 20.0),
                        .noise_grain_mm = between(0.0, 0.6),
                        .seed = random()};
    const Field sharp = shares_of(grid, shape, 4);
    RandomLesion lesion{.image = image_of(blurred_in_plane(sharp, between(0.3, 0.9)), tissue),
                        .found = found_in_liver(sharp)};
    const double label_error_mm = options.drawn ? 0.0 : between(-1.0, 1.0);
    lesion.found.mask_is_truth = options.drawn;
    for (std::int32_t k = 0; k < grid.size.k; ++k)
        for (std::int32_t j = 0; j < grid.size.j; ++j)
            for (std::int32_t i = 0; i < grid.size.i; ++i)
                lesion.found.lesions[{i, j, k}] =
                    shape.depth_mm(to_lps(grid, Index{i, j, k})) >= label_error_mm ? 1 : 0;

    const SectionTruth section = section_through_centre(stood, {1.0, 0.0, 0.0}, {0.0, 1.0, 0.0});
    lesion.long_axis_mm = section.long_mm;
    lesion.short_axis_mm = section.short_mm;
    lesion.max_3d_mm = 2.0 * std::ranges::max(stood.half_mm);
    lesion.volume_mm3 = shape.volume_mm3;
    lesion.contrast_hu = contrast_hu;
    lesion.noise_hu = tissue.noise_hu;
    lesion.slice_mm = slice_mm;
    return lesion;
}

}  // namespace downstage_test
