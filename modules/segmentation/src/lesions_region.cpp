#include "lesions_region.hpp"

#include "downstage/imaging/components.hpp"
#include "downstage/imaging/morphology.hpp"

#include <algorithm>

namespace downstage::segmentation {

namespace {

// 9.4
constexpr double rim_mm = 2.5;  // the blur of the rim stays out of the level
constexpr double opening_per_radius = 0.4;
constexpr double largest_opening_mm = 4.0;
constexpr double core_per_radius = 0.3;

Mask deeper_than(const Field& depth_mm, double limit_mm)
{
    const auto limit = static_cast<float>(limit_mm);
    return mask_where(depth_mm.grid(), [&](std::size_t n) { return depth_mm.voxels()[n] > limit; });
}

double level_inside(const Field& depth_mm, const Field& darker_hu, double radius_mm)
{
    const auto rim = static_cast<float>(std::min(rim_mm, 0.5 * radius_mm));
    std::vector<float> inside;
    for (std::size_t n = 0; n < depth_mm.voxels().size(); ++n)
        if (depth_mm.voxels()[n] > rim) inside.push_back(darker_hu.voxels()[n]);
    return median_of(inside);
}

/// The part of `mask` that hangs together with the voxel at `place` in memory.
Mask part_at(const Mask& mask, std::size_t place)
{
    const LabelMap parts = imaging::components(mask);
    return imaging::with_label(parts, parts.voxels()[place]);
}

}  // namespace

std::optional<Region> region_of(const Candidate& candidate, const Parenchyma& tissue, const Reach& reach)
{
    const VoxelBox box = widened(box_of(candidate.spot), reach.distance_mm + largest_opening_mm, tissue.grid);
    const Mask spot = placed(candidate.spot, box, tissue.grid);
    const Field darker_hu = cut(tissue.darker_hu, box);
    const Field depth = imaging::depth_mm(spot, 1);
    const double lev_hu = level_inside(depth, darker_hu, candidate.radius_mm);
    if (lev_hu <= 0.0) return std::nullopt;

    const auto level = static_cast<float>(reach.contrast_fraction * lev_hu);
    const Mask dark = mask_where(spot.grid(), [&](std::size_t n) { return darker_hu.voxels()[n] > level; });
    const Mask near = imaging::dilate(spot, reach.distance_mm, 1);
    const Mask reached = imaging::both(imaging::both(dark, near), cut(tissue.liver, box));
    const double opening_mm = std::min(opening_per_radius * candidate.radius_mm, largest_opening_mm);
    const Mask core = deeper_than(depth, core_per_radius * candidate.radius_mm);
    const Mask rounded = imaging::either(imaging::open(reached, opening_mm, 1), core);

    const auto centre = static_cast<std::size_t>(
        std::ranges::distance(depth.voxels().begin(), std::ranges::max_element(depth.voxels())));
    return Region{
        .patch = {.first = box.first, .mask = imaging::fill_holes_by_slice(part_at(rounded, centre))},
        .lev_hu = lev_hu,
        .radius_mm = candidate.radius_mm};
}

}  // namespace downstage::segmentation
