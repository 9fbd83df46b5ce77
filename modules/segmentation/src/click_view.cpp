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

constexpr double smoothing_mm = 1.2;  // as for the search, SEGMENTATION.md 9.1

Error outside(const std::string& option, const std::string& what)
{
    return {Errc::usage, option + " lies outside the " + what};
}

constexpr double table_mm = 4.0;  // tables and blankets are thinner than twice this

/// The body in one slice: its largest piece, without what is thinner than twice `thin_mm`, and all that it
/// encloses.
Mask body_in(const Volume& slice, double thin_mm)
{
    constexpr std::int16_t air_hu = -300;  // SEGMENTATION.md 3.1
    const Mask dense = mask_where(slice.grid(), [&](std::size_t n) { return slice.voxels()[n] > air_hu; });
    return imaging::fill_holes_by_slice(imaging::largest_component(imaging::open(dense, thin_mm)));
}

/// Thick slices are left as they are: smoothing over them would reach past a small lesion.
SpacingMm smoothing_on(const SpacingMm& native_mm)
{
    constexpr double thick_mm = 2.4;
    const auto along = [](double spacing_mm) { return spacing_mm > thick_mm ? 0.0 : smoothing_mm; };
    return {along(native_mm.i), along(native_mm.j), along(native_mm.k)};
}

/// The image as the lens shows it.
Field seen_through(const Lens& lens, const Volume& near)
{
    const SpacingMm& native = near.grid().spacing_mm;
    const auto along = [&](double spacing_mm) { return std::max(lens.voxel_mm, spacing_mm); };
    const Volume seen =
        imaging::shrink(near,
                        {.spacing_mm = {along(native.i), along(native.j), along(native.k)},
                         .sigma_mm = smoothing_on(native),
                         .low = static_cast<std::int16_t>(lens.range == Range::with_air ? -1024 : -200),
                         .high = 400,
                         .workers = 0});
    return {seen.grid(), std::vector<float>(seen.voxels().begin(), seen.voxels().end())};
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

/// The body in the slices of a view, without its skin; coarsely, since the slices are wanted whole.
Mask body_around(const Volume& ct, const VoxelBox& box, const Grid& view)
{
    constexpr double coarse_mm = 4.0;
    constexpr double film_mm = 2.0;  // a thin wall of the chest must not be opened: the lung would leak out
    constexpr double skin_mm = 6.0;  // its outermost voxels hold the air of the room, too
    const Grid& grid = ct.grid();
    const VoxelBox slices{.first = {0, 0, box.first.k}, .size = {grid.size.i, grid.size.j, box.size.k}};
    const Volume near = cut(ct, slices);
    const Volume coarse = imaging::shrink(
        near, {.spacing_mm = {coarse_mm, coarse_mm, std::max(coarse_mm, grid.spacing_mm.k)}, .workers = 0});
    Mask body{coarse.grid()};
    for (std::int32_t k = 0; k < coarse.grid().size.k; ++k) {
        const Volume slice =
            cut(coarse, {.first = {0, 0, k}, .size = {coarse.grid().size.i, coarse.grid().size.j, 1}});
        std::ranges::copy(body_in(slice, film_mm).voxels(), body.slice(k).begin());
    }
    return imaging::resample_nearest(imaging::erode(body, skin_mm), view);
}

/// Air, and what is embedded in it: nodules, vessels. A nodule on the wall is a bay of the lung, its border
/// to the wall the line that the lung would have there.
Mask lung_around(const Field& smoothed_hu, const Mask& body)
{
    constexpr float air_hu = -400.0F;   // SEGMENTATION.md 3.2
    constexpr double widest_mm = 15.0;  // half the width of the widest bay
    const Mask air = mask_where(smoothed_hu.grid(), [&](std::size_t n) {
        return smoothed_hu.voxels()[n] < air_hu && body.voxels()[n] != 0;
    });
    return imaging::close(air, widest_mm);
}

/// The liver in the view, with the notches that lesions leave in it.
Mask liver_around(const KnownLiver& liver, const VoxelBox& box, const Field& smoothed_hu)
{
    const Mask mask = imaging::resample_smooth(cut(liver.mask, box), smoothed_hu.grid());
    return with_bays_filled(mask, smoothed_hu, liver.mean_hu, 0);
}

}  // namespace

void check_inside_body(const Volume& ct, const PointLps& place, const std::string& option)
{
    const Index at = nearest(to_voxel(ct.grid(), place));
    if (!contains(ct.grid(), at)) throw outside(option, "image");
    const Size& size = ct.grid().size;
    const Mask body = body_in(cut(ct, {.first = {0, 0, at.k}, .size = {size.i, size.j, 1}}), table_mm);
    if (body[{at.i, at.j, 0}] == 0) throw outside(option, "body");
}

ClickView
view_around(const Volume& ct, const std::optional<KnownLiver>& liver, const PointLps& click, const Lens& lens)
{
    const Index at = nearest(to_voxel(ct.grid(), click));
    const VoxelBox box = widened({.first = at, .size = {1, 1, 1}}, lens.reach_mm, ct.grid());
    Field seen = seen_through(lens, cut(ct, box));
    ClickView view{.smoothed_hu = std::move(seen),
                   .within = {},
                   .reach_mm = {},
                   .limit_mm = lens.reach_mm,
                   .in_liver = false,
                   .noise_hu = 0.0};
    const Grid& grid = view.smoothed_hu.grid();
    view.reach_mm = distances_from(click, grid);
    view.noise_hu = noise_of(view.smoothed_hu);
    view.within = mask_where(
        grid, [&](std::size_t n) { return static_cast<double>(view.reach_mm.voxels()[n]) <= lens.reach_mm; });
    if (lens.range == Range::with_air)
        view.within = imaging::both(view.within, lung_around(view.smoothed_hu, body_around(ct, box, grid)));
    if (!liver) return view;
    const Mask own = liver_around(*liver, box, view.smoothed_hu);
    const Index in_view = nearest(to_voxel(grid, click));
    view.in_liver = contains(grid, in_view) && own[in_view] != 0;
    if (view.in_liver) view.within = imaging::both(view.within, own);
    return view;
}

}  // namespace downstage::segmentation
