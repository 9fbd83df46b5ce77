#include "liver_shape.hpp"

#include "downstage/imaging/morphology.hpp"

#include "liver_bright.hpp"
#include "liver_edge.hpp"
#include "liver_fill.hpp"
#include "liver_tumours.hpp"
#include "working_grid.hpp"

#include <utility>

namespace downstage::segmentation {

namespace {

// SEGMENTATION.md 7c
constexpr TrunkCutOptions shape_cut{.erode_mm = 9.0, .regrow_mm = 14.0};
constexpr double closing_mm = 5.0;
constexpr std::int16_t fat_hu = -15;

// SEGMENTATION.md 8.3
constexpr TrunkCutOptions last_cut{.erode_mm = 7.0, .regrow_mm = 11.0};

}  // namespace

std::optional<Outline>
find_outline(const Tissue& tissue, const Landmarks& landmarks, const Intensity& intensity, unsigned workers)
{
    auto core = find_core(tissue, landmarks, intensity, workers);
    if (!core) return std::nullopt;
    Outline outline{.core = *std::move(core), .bright = {}, .liver = {}};
    outline.bright = bright_neighbours(tissue, outline.core.mean_hu, intensity.spread_hu, workers);
    outline.liver = shape_of(outline.core, outline.bright, tissue, landmarks, workers);
    return outline;
}

Mask shape_of(
    const Core& core, const Mask& bright, const Tissue& tissue, const Landmarks& landmarks, unsigned workers)
{
    const Mask trunk = trunk_cut(imaging::without(core.mask, bright), landmarks.spine, shape_cut, workers);
    const Mask closed = imaging::close(trunk, closing_mm, workers);
    const Mask liver = voxels_where(trunk.grid(), workers, [&](const Index&, std::size_t n) {
        const bool allowed = landmarks.inside_wall.voxels()[n] != 0 &&
                             landmarks.below_diaphragm.voxels()[n] != 0 && bright.voxels()[n] == 0 &&
                             tissue.smooth.voxels()[n] > fat_hu;
        return trunk.voxels()[n] != 0 || (closed.voxels()[n] != 0 && allowed);
    });
    return imaging::fill_holes(liver);
}

Mask completed(const Mask& trunk, const Scene& scene)
{
    Mask liver = imaging::either(trunk, surface_tumours(trunk, scene));
    liver = imaging::without(liver, scene.bright);
    liver = imaging::either(liver, bright_inside(liver, scene));
    liver = soft_filled(liver, scene);
    liver = trunk_cut(liver, scene.landmarks.spine, last_cut, scene.workers);
    return with_rim(liver, scene);
}

}  // namespace downstage::segmentation
