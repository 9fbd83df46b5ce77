#include "click_view.hpp"

#include "downstage/core/error.hpp"
#include "downstage/core/text.hpp"
#include "downstage/imaging/components.hpp"
#include "downstage/imaging/morphology.hpp"
#include "downstage/imaging/resample.hpp"
#include "downstage/imaging/smooth.hpp"

#include "lesions_patch.hpp"
#include "parenchyma.hpp"
#include "parenchyma_bays.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

namespace downstage::segmentation {

namespace {

constexpr double fine_mm = 1.2;       // a tenth of the smallest lesion that is measured for a trial
constexpr double smoothing_mm = 1.2;  // as for the search, SEGMENTATION.md 9.1

Error outside(const PointLps& click, const std::string& what)
{
    return {Errc::usage,
            "--seed " + fixed(click.x_mm, 0) + "," + fixed(click.y_mm, 0) + "," + fixed(click.z_mm, 0) +
                " lies outside the " + what};
}

/// The body in one slice: its largest piece without the table, and all that it encloses.
Mask body_in(const Volume& slice)
{
    constexpr std::int16_t air_hu = -300;  // SEGMENTATION.md 3.1
    constexpr double table_mm = 4.0;       // tables and blankets are thinner than twice this
    const Mask dense = mask_where(slice.grid(), [&](std::size_t n) { return slice.voxels()[n] > air_hu; });
    return imaging::fill_holes_by_slice(imaging::largest_component(imaging::open(dense, table_mm)));
}

void check_click(const Volume& ct, const PointLps& click)
{
    const Index at = nearest(to_voxel(ct.grid(), click));
    if (!contains(ct.grid(), at)) throw outside(click, "image");
    const Size& size = ct.grid().size;
    const Mask body = body_in(cut(ct, {.first = {0, 0, at.k}, .size = {size.i, size.j, 1}}));
    if (body[{at.i, at.j, 0}] == 0) throw outside(click, "body");
}

Grid fine_grid(const Grid& box)
{
    return imaging::respaced(box,
                             {std::max(fine_mm, box.spacing_mm.i),
                              std::max(fine_mm, box.spacing_mm.j),
                              std::max(fine_mm, box.spacing_mm.k)});
}

/// Thick slices are left as they are: smoothing over them would reach past a small lesion.
SpacingMm smoothing_on(const Grid& grid)
{
    const auto along = [](double spacing_mm) { return spacing_mm > 2.0 * fine_mm ? 0.0 : smoothing_mm; };
    return {along(grid.spacing_mm.i), along(grid.spacing_mm.j), along(grid.spacing_mm.k)};
}

Volume without_extremes(const Volume& image)
{
    constexpr std::int16_t lowest_hu = -200;  // gas must not smear over the lesion beside it
    constexpr std::int16_t highest_hu = 400;
    Volume result = image;
    for (std::int16_t& hu : result.voxels())
        hu = std::clamp(hu, lowest_hu, highest_hu);
    return result;
}

/// From the differences of soft tissue over 5 mm, which is more than the grain of the noise and less than
/// most of what anatomy varies over.
double noise_of(const Field& smoothed_hu)
{
    constexpr double lag_mm = 5.0;
    constexpr float softest_hu = -20.0F;
    constexpr float hardest_hu = 250.0F;
    constexpr double least_hu = 3.0;  // the texture of tissue itself, where an image holds no noise
    const Grid& grid = smoothed_hu.grid();
    const auto lag = static_cast<std::int32_t>(std::lround(lag_mm / grid.spacing_mm.i));
    const auto is_soft = [&](float hu) { return hu > softest_hu && hu < hardest_hu; };
    std::vector<float> differences;
    for_each_voxel(grid, [&](const Index& at) {
        if (at.i + lag >= grid.size.i) return;
        const float here = smoothed_hu[at];
        const float there = smoothed_hu[{at.i + lag, at.j, at.k}];
        if (is_soft(here) && is_soft(there)) differences.push_back(here - there);
    });
    return std::max(least_hu, robust_sd_about_zero(differences) / std::numbers::sqrt2);
}

Field distances_from(const PointLps& place, const Grid& grid)
{
    Field distances{grid};
    std::size_t n = 0;
    for_each_voxel(grid, [&](const Index& at) {
        distances.voxels()[n++] = static_cast<float>(distance_mm(to_lps(grid, at), place));
    });
    return distances;
}

/// The liver in the view, with the notches that lesions leave in it.
Mask liver_around(const KnownLiver& liver, const VoxelBox& box, const Field& smoothed_hu)
{
    const Mask mask = imaging::resample_smooth(cut(liver.mask, box), smoothed_hu.grid());
    return with_bays_filled(mask, smoothed_hu, liver.mean_hu, 0);
}

}  // namespace

ClickView view_around(const Volume& ct, const std::optional<KnownLiver>& liver, const PointLps& click)
{
    check_click(ct, click);
    const Index at = nearest(to_voxel(ct.grid(), click));
    const VoxelBox box = widened({.first = at, .size = {1, 1, 1}}, reach_limit_mm, ct.grid());
    const Volume near = without_extremes(cut(ct, box));
    const Grid grid = fine_grid(near.grid());

    ClickView view{.smoothed_hu = imaging::gaussian(imaging::resample(near, grid, -1024), smoothing_on(grid)),
                   .within = {},
                   .reach_mm = distances_from(click, grid),
                   .in_liver = false,
                   .noise_hu = 0.0};
    view.noise_hu = noise_of(view.smoothed_hu);
    view.within = mask_where(grid, [&](std::size_t n) {
        return static_cast<double>(view.reach_mm.voxels()[n]) <= reach_limit_mm;
    });
    if (!liver) return view;
    const Mask own = liver_around(*liver, box, view.smoothed_hu);
    const Index in_view = nearest(to_voxel(grid, click));
    view.in_liver = contains(grid, in_view) && own[in_view] != 0;
    if (view.in_liver) view.within = imaging::both(view.within, own);
    return view;
}

}  // namespace downstage::segmentation
