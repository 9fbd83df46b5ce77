#include "liver_edge.hpp"

#include "downstage/imaging/smooth.hpp"

#include "working_grid.hpp"

#include <algorithm>

namespace downstage::segmentation {

namespace {

// SEGMENTATION.md 8.4
constexpr double sigma_voxels = 0.5;
constexpr float dark_hu = -40.0F;        // something that is no soft tissue lies beside
constexpr float very_dark_hu = -300.0F;  // and that is lung or gas
constexpr double fat_hu = -100.0;
constexpr double lung_hu = -500.0;
constexpr std::int32_t reach_in_plane = 2;
constexpr std::int32_t reach_across = 1;

bool has_face_in(const Mask& mask, const Index& at)
{
    const auto set = [&](const Index& to) { return contains(mask.grid(), to) && mask[to] != 0; };
    return set({at.i - 1, at.j, at.k}) || set({at.i + 1, at.j, at.k}) || set({at.i, at.j - 1, at.k}) ||
           set({at.i, at.j + 1, at.k}) || set({at.i, at.j, at.k - 1}) || set({at.i, at.j, at.k + 1});
}

float darkest_around(const Field& hu, const Index& at)
{
    const Size& size = hu.grid().size;
    float darkest = hu[at];
    for (std::int32_t k = std::max(0, at.k - reach_across); k <= std::min(size.k - 1, at.k + reach_across);
         ++k)
        for (std::int32_t j = std::max(0, at.j - reach_in_plane);
             j <= std::min(size.j - 1, at.j + reach_in_plane);
             ++j)
            for (std::int32_t i = std::max(0, at.i - reach_in_plane);
                 i <= std::min(size.i - 1, at.i + reach_in_plane);
                 ++i)
                darkest = std::min(darkest, hu[{i, j, k}]);
    return darkest;
}

/// Whether a voxel holds more liver than the dark thing beside it.
bool is_more_liver(float hu, float darkest_hu, float liver_hu)
{
    if (darkest_hu >= dark_hu) return false;
    const double other_hu = darkest_hu < very_dark_hu ? lung_hu : fat_hu;
    return static_cast<double>(hu) > 0.5 * (static_cast<double>(liver_hu) + other_hu);
}

}  // namespace

Mask with_rim(const Mask& liver, const Scene& scene)
{
    const SpacingMm& spacing = liver.grid().spacing_mm;
    const Field hu =
        imaging::gaussian(scene.tissue.hu,
                          {sigma_voxels * spacing.i, sigma_voxels * spacing.j, sigma_voxels * spacing.k},
                          scene.workers);
    return voxels_where(liver.grid(), scene.workers, [&](const Index& at, std::size_t n) {
        if (liver.voxels()[n] != 0) return true;
        return scene.landmarks.lungs.mask.voxels()[n] == 0 && has_face_in(liver, at) &&
               is_more_liver(hu.voxels()[n], darkest_around(hu, at), scene.mean_hu.voxels()[n]);
    });
}

}  // namespace downstage::segmentation
