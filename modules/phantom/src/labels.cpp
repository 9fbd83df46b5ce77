#include "downstage/phantom/labels.hpp"

#include "downstage/core/parallel.hpp"
#include "downstage/core/units.hpp"
#include "downstage/phantom/acquisition.hpp"
#include "downstage/phantom/overpaint.hpp"

#include "liver_of.hpp"
#include "slab.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

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

Grid liver_grid(const Scene& scene, double spacing_mm)
{
    constexpr double far = std::numeric_limits<double>::infinity();
    const double room_mm = 3.0 * scene.deformation.sd_mm;
    PointLps low{far, far, far};
    PointLps high{-far, -far, -far};
    for (const Part& part : scene.anatomy) {
        if (part.tissue != Tissue::liver) continue;
        const auto [centre, radius_mm] = around(part.shape);
        const double reach_mm = radius_mm + room_mm;
        low = {std::min(low.x_mm, centre.x_mm - reach_mm),
               std::min(low.y_mm, centre.y_mm - reach_mm),
               std::min(low.z_mm, centre.z_mm - reach_mm)};
        high = {std::max(high.x_mm, centre.x_mm + reach_mm),
                std::max(high.y_mm, centre.y_mm + reach_mm),
                std::max(high.z_mm, centre.z_mm + reach_mm)};
    }
    if (high.x_mm < low.x_mm) return {};
    const auto count = [&](double from, double to) {
        return static_cast<std::int32_t>(std::ceil((to - from) / spacing_mm)) + 1;
    };
    return {.size = {count(low.x_mm, high.x_mm), count(low.y_mm, high.y_mm), count(low.z_mm, high.z_mm)},
            .spacing_mm = {spacing_mm, spacing_mm, spacing_mm},
            .origin = low,
            .axes = {}};
}

double lattice_liver_volume_ml(const Scene& scene)
{
    constexpr double spacing_mm = 2.0;
    const ValuedAnatomy liver = liver_indicator(scene);
    const Grid grid = liver_grid(scene, spacing_mm);
    double voxels = 0.0;
    for (std::int32_t k = 0; k < grid.size.k; ++k)
        for (const float share : tissue_plane(liver, slice_of(grid, k), {}).values)
            voxels += double{share};
    return ml_of_mm3(voxels * voxel_volume_mm3(grid));
}

Mask liver_mask(const Scene& scene, unsigned workers)
{
    constexpr double spacing_mm = 2.5;
    Scene still = scene;
    still.acquisition.breathing.step_mm = 0.0;
    still.lesions.clear();
    const Grid grid = liver_grid(scene, spacing_mm);
    const LabelMap labels = truth_labels(still, grid, workers);
    Mask mask{grid};
    std::ranges::transform(labels.voxels(), mask.voxels().begin(), [](std::uint16_t label) {
        return static_cast<std::uint8_t>(label);
    });
    return mask;
}

}  // namespace downstage::phantom
