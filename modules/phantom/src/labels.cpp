#include "downstage/phantom/labels.hpp"

#include "downstage/core/parallel.hpp"
#include "downstage/phantom/acquisition.hpp"
#include "downstage/phantom/overpaint.hpp"

#include "displacement.hpp"
#include "liver_of.hpp"
#include "slab.hpp"

#include <algorithm>
#include <limits>
#include <ranges>

namespace downstage::phantom {

namespace {

SliceLattice slice_of(const Grid& grid, std::int32_t k)
{
    return {.first = to_lps(grid, Index{0, 0, k}),
            .across = grid.spacing_mm.i * grid.axes.i,
            .down = grid.spacing_mm.j * grid.axes.j,
            .width = static_cast<std::size_t>(grid.size.i),
            .height = static_cast<std::size_t>(grid.size.j),
            .normal = grid.axes.k,
            .thickness_mm = grid.spacing_mm.k,
            .depths = slab_of(grid).samples};
}

/// One slice of a grid as a grid of its own.
Grid only_slice(const Grid& grid, std::int32_t k)
{
    Grid one = grid;
    one.size.k = 1;
    one.origin = to_lps(grid, Index{0, 0, k});
    return one;
}

}  // namespace

bool is_liver(Tissue tissue)
{
    return tissue == Tissue::liver || tissue == Tissue::liver_vein || tissue == Tissue::liver_portal_vein;
}

ValuedAnatomy liver_indicator(const Scene& scene)
{
    ValuedAnatomy anatomy{
        .shapes = {}, .values = {0.0F}, .mottle = {}, .deformation = scene.deformation, .seed = 0};
    for (const Part& part : scene.anatomy) {
        anatomy.shapes.push_back(part.shape);
        anatomy.values.push_back(is_liver(part.tissue) ? 1.0F : 0.0F);
    }
    return anatomy;
}

LabelMap truth_labels(const Scene& scene, const Grid& grid, unsigned workers)
{
    const ValuedAnatomy liver = liver_indicator(scene);
    LabelMap labels{grid};
    for_each_index(static_cast<std::size_t>(grid.size.k), workers, [&](std::size_t n) {
        const auto k = static_cast<std::int32_t>(n);
        const VectorLps shift = patient_shift(scene.acquisition, k);
        const Plane plane = tissue_plane(liver, slice_of(grid, k), shift);
        LabelMap slice{only_slice(grid, k)};
        std::ranges::transform(plane.values, slice.voxels().begin(), [](float share) {
            return static_cast<std::uint16_t>(share > 0.5F ? 1 : 0);
        });
        for (std::size_t lesion = 0; lesion < scene.lesions.size(); ++lesion)
            label_body(
                slice, shifted(scene.lesions[lesion].shape, shift), static_cast<std::uint16_t>(lesion + 2));
        std::ranges::copy(slice.voxels(), labels.slice(k).begin());
    });
    return labels;
}

Region liver_region(const Scene& scene)
{
    constexpr double far = std::numeric_limits<double>::infinity();
    Region region{.low = {far, far, far}, .high = {-far, -far, -far}, .holds = {}};
    for (const Part& part : scene.anatomy) {
        if (part.tissue != Tissue::liver) continue;
        const auto [centre, radius_mm] = around(part.shape);
        region.low = {std::min(region.low.x_mm, centre.x_mm - radius_mm),
                      std::min(region.low.y_mm, centre.y_mm - radius_mm),
                      std::min(region.low.z_mm, centre.z_mm - radius_mm)};
        region.high = {std::max(region.high.x_mm, centre.x_mm + radius_mm),
                       std::max(region.high.y_mm, centre.y_mm + radius_mm),
                       std::max(region.high.z_mm, centre.z_mm + radius_mm)};
    }
    const Axes axes{.i = scene.acquisition.row_direction,
                    .j = scene.acquisition.column_direction,
                    .k = cross(scene.acquisition.row_direction, scene.acquisition.column_direction)};
    region.holds = [&scene, axes](const PointLps& place) {
        const VectorLps by =
            scene.deformation.sd_mm == 0.0 ? VectorLps{} : displacement(scene.deformation, place, axes);
        for (const Part& part : scene.anatomy | std::views::reverse)
            if (contains(part.shape, place + by)) return is_liver(part.tissue);
        return false;
    };
    return region;
}

}  // namespace downstage::phantom
