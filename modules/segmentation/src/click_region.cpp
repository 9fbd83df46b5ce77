#include "click_region.hpp"

#include "downstage/imaging/components.hpp"
#include "downstage/imaging/morphology.hpp"

#include "candidates.hpp"
#include "click_flood.hpp"
#include "lesions_region.hpp"
#include "parenchyma.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace downstage::segmentation {

namespace {

constexpr double at_click_mm = 2.5;     // what is asked for the density of the place, and for the way in
constexpr double least_contrast = 2.0;  // times the noise: below it a border cannot be told from grain
constexpr double border_share = 1.0 - to_label.contrast_fraction;
constexpr int rounds = 4;  // the density of the inside settles in two or three
constexpr double settled_hu = 1.0;
constexpr double room_mm = 8.0;  // around a region, for the operations on it

/// Densities that belong to the region.
struct Window {
    float lowest_hu{}, highest_hu{};
};

/// Up to 0.6 of the contrast, as in `to_label`, towards the surroundings. The other way as far again as the
/// whole contrast, since a lesion may hold a core that differs even more, but what lies beyond is something
/// else: fat, bone.
Window window_of(const Densities& densities)
{
    const double contrast_hu = densities.outside_hu - densities.inside_hu;
    const double border_hu = densities.inside_hu + border_share * contrast_hu;
    const double far_hu =
        densities.inside_hu - std::copysign(std::max(40.0, std::abs(contrast_hu)), contrast_hu);
    return {.lowest_hu = static_cast<float>(std::min(border_hu, far_hu)),
            .highest_hu = static_cast<float>(std::max(border_hu, far_hu))};
}

std::vector<float> values_where(const Field& values, const Mask& mask)
{
    std::vector<float> found;
    for (std::size_t n = 0; n < mask.voxels().size(); ++n)
        if (mask.voxels()[n] != 0) found.push_back(values.voxels()[n]);
    return found;
}

Mask around_click(const ClickView& view)
{
    return mask_where(view.within.grid(), [&](std::size_t n) {
        return view.within.voxels()[n] != 0 && static_cast<double>(view.reach_mm.voxels()[n]) <= at_click_mm;
    });
}

double density_at_click(const ClickView& view)
{
    std::vector<float> values = values_where(view.smoothed_hu, around_click(view));
    return median_of(values);
}

/// The label that most voxels at the click have; 0 for none.
std::uint16_t label_at(const Mask& click, const LabelMap& labels)
{
    std::vector<std::size_t> votes(std::size_t{*std::ranges::max_element(labels.voxels())} + 1);
    for (std::size_t n = 0; n < click.voxels().size(); ++n)
        if (click.voxels()[n] != 0) ++votes[labels.voxels()[n]];
    votes[0] = 0;
    return static_cast<std::uint16_t>(std::ranges::distance(votes.begin(), std::ranges::max_element(votes)));
}

/// The part of `mask` the click lies in, as a patch with room for the operations on it; nothing when the
/// click lies beside it.
std::optional<Patch> part_at_click(const ClickView& view, const Mask& mask)
{
    const LabelMap parts = imaging::components(mask, {.connectivity = imaging::Connectivity::faces});
    const std::uint16_t label = label_at(around_click(view), parts);
    if (label == 0) return std::nullopt;
    const Mask part = imaging::with_label(parts, label);
    const VoxelBox box = widened(bounding_box(part), room_mm, mask.grid());
    return Patch{.first = box.first, .mask = cut(part, box)};
}

/// Cuts off what hangs on by a neck: a vessel, a neighbour, the gallbladder.
std::optional<Patch> without_what_hangs_on(const ClickView& view, Patch part)
{
    const double lowest_hill_mm = std::max(1.5, 0.3 * inscribed_radius_mm(part.mask));  // as in 9.3
    const LabelMap hills = imaging::split_at_necks(part.mask, lowest_hill_mm);
    const std::uint16_t own = label_at(cut(around_click(view), box_of(part)), hills);
    if (own == 0) return std::nullopt;
    const Mask hill = imaging::with_label(hills, own);
    const double opening_mm = std::min(0.4 * inscribed_radius_mm(hill), 4.0);  // as in 9.4
    const Mask round = imaging::largest_component(imaging::open(hill, opening_mm));
    if (imaging::count(round) == 0) return std::nullopt;
    part.mask = imaging::fill_holes_by_slice(round);
    return part;
}

/// What a region encloses without being like it, as a share of the region.
struct Hollow {
    double share{};
    PointLps middle;
};

Hollow hollow_of(const Patch& part, const Mask& filled, const Grid& grid)
{
    const Mask hole = imaging::without(filled, part.mask);
    const std::size_t voxels = imaging::count(hole);
    if (voxels == 0) return {};
    const Patch largest{.first = part.first, .mask = imaging::largest_component(hole)};
    return {.share = static_cast<double>(imaging::count(largest.mask)) /
                     static_cast<double>(imaging::count(part.mask)),
            .middle = heart_of(largest, grid)};
}

struct Grown {
    Patch region;
    std::optional<PointLps> hollow_at;
};

/// What may belong to a region that is known in part: as far around it again as half its radius.
Mask around_known(const ClickView& view, const Patch& known)
{
    constexpr double least_mm = 4.0;  // a first guess may be a few voxels
    const double reach_mm = std::max(least_mm, 0.5 * inscribed_radius_mm(known.mask));
    const VoxelBox box = widened(box_of(known), reach_mm, view.within.grid());
    const Patch near{.first = box.first,
                     .mask = imaging::dilate(placed(known, box, view.within.grid()), reach_mm)};
    const VoxelBox whole{.first = {0, 0, 0}, .size = view.within.grid().size};
    return imaging::both(placed(near, whole, view.within.grid()), view.within);
}

std::optional<Grown> grown(const ClickView& view, const Window& window, const Mask& within)
{
    constexpr double least_hollow = 0.15;  // of a shell; a vessel or a speck in a lesion is less
    constexpr double sheet_mm = 1.5;       // what two tissues have between them is as thin as the blur
    const Mask alike = mask_where(view.within.grid(), [&](std::size_t n) {
        const float hu = view.smoothed_hu.voxels()[n];
        return within.voxels()[n] != 0 && hu > window.lowest_hu && hu < window.highest_hu;
    });
    std::optional<Patch> part = part_at_click(view, imaging::open(alike, sheet_mm));
    if (!part) part = part_at_click(view, alike);
    if (!part) return std::nullopt;
    Mask filled = imaging::fill_holes_by_slice(part->mask);
    const Hollow hollow = hollow_of(*part, filled, view.within.grid());
    part->mask = std::move(filled);
    std::optional<Patch> round = without_what_hangs_on(view, std::move(*part));
    if (!round) return std::nullopt;
    const bool is_shell = hollow.share >= least_hollow;
    return Grown{.region = std::move(*round),
                 .hollow_at = is_shell ? std::optional{hollow.middle} : std::nullopt};
}

double density_inside(const ClickView& view, const Patch& region)
{
    const Field values = cut(view.smoothed_hu, box_of(region));
    const Mask inside = imaging::erode(region.mask, std::min(2.5, 0.5 * inscribed_radius_mm(region.mask)));
    std::vector<float> hu = values_where(values, imaging::count(inside) > 0 ? inside : region.mask);
    return median_of(hu);
}

/// The density of what lies around a region and resembles it most: where a lesion lies between liver and fat,
/// that is the liver, and its border to the liver is the one that is hard to find.
double density_around(const ClickView& view, const Patch& region, double inside_hu)
{
    constexpr double share = 0.35;
    std::vector<float> values = densities_around(view, region);
    if (values.empty()) return inside_hu;
    const auto inside = static_cast<float>(inside_hu);
    const auto chosen =
        values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size()));
    std::ranges::nth_element(values, chosen, {}, [&](float hu) { return std::abs(hu - inside); });
    return static_cast<double>(*chosen);
}

/// What is known of a region before it is grown.
struct Guess {
    Densities densities;
    std::optional<Patch> part;
};

/// What the click lies in before any surroundings are known.
std::optional<Guess> first_guess(const ClickView& view, std::optional<double> liver_hu)
{
    const double inside_hu = density_at_click(view);
    if (liver_hu)
        return Guess{.densities = {.inside_hu = inside_hu, .outside_hu = *liver_hu}, .part = std::nullopt};
    const std::optional<Mask> alike = alike_region(view, inside_hu);
    if (!alike) return std::nullopt;
    const VoxelBox box = widened(bounding_box(*alike), room_mm, alike->grid());
    Patch region{.first = box.first, .mask = cut(*alike, box)};
    const double median_hu = density_inside(view, region);
    const double outside_hu = density_around(view, region, median_hu);
    return Guess{.densities = {.inside_hu = median_hu, .outside_hu = outside_hu}, .part = std::move(region)};
}

bool stands_out(const Densities& densities, double noise_hu)
{
    return std::abs(densities.outside_hu - densities.inside_hu) >= least_contrast * noise_hu;
}

bool reaches_the_end(const ClickView& view, const Patch& region)
{
    const Field reach = cut(view.reach_mm, box_of(region));
    for (std::size_t n = 0; n < reach.voxels().size(); ++n)
        if (region.mask.voxels()[n] != 0 && static_cast<double>(reach.voxels()[n]) > view.limit_mm - 2.0)
            return true;
    return false;
}

/// Grows the region and asks for its densities again until they stay.
std::optional<Clicked> settled(const ClickView& view, const Guess& guess, std::optional<double> liver_hu)
{
    Densities densities = guess.densities;
    std::optional<Grown> region;
    std::optional<Patch> known = guess.part;
    for (int round = 0; round < rounds; ++round) {
        if (!stands_out(densities, view.noise_hu)) return std::nullopt;
        region = grown(view, window_of(densities), known ? around_known(view, *known) : view.within);
        if (!region) return std::nullopt;
        if (region->hollow_at) break;
        if (known) known = region->region;
        const double inside_hu = density_inside(view, region->region);
        const double outside_hu = liver_hu ? *liver_hu : density_around(view, region->region, inside_hu);
        const bool is_settled = std::abs(inside_hu - densities.inside_hu) < settled_hu &&
                                std::abs(outside_hu - densities.outside_hu) < settled_hu;
        densities = Densities{.inside_hu = inside_hu, .outside_hu = outside_hu};
        if (is_settled) break;
    }
    if (reaches_the_end(view, region->region)) return std::nullopt;
    return Clicked{.region = std::move(region->region),
                   .inside_hu = densities.inside_hu,
                   .outside_hu = densities.outside_hu,
                   .hollow_at = region->hollow_at};
}

}  // namespace

PointLps heart_of(const Patch& region, const Grid& grid)
{
    const Field depth = imaging::depth_mm(region.mask);
    const auto deepest = static_cast<std::size_t>(
        std::ranges::distance(depth.voxels().begin(), std::ranges::max_element(depth.voxels())));
    const auto row = static_cast<std::size_t>(depth.grid().size.i);
    const auto slice = row * static_cast<std::size_t>(depth.grid().size.j);
    return to_lps(grid,
                  Index{region.first.i + static_cast<std::int32_t>(deepest % row),
                        region.first.j + static_cast<std::int32_t>(deepest % slice / row),
                        region.first.k + static_cast<std::int32_t>(deepest / slice)});
}

std::vector<float> densities_around(const ClickView& view, const Patch& region)
{
    constexpr double nearest_mm = 2.0;  // out of the blur of the border
    constexpr double farthest_mm = 6.0;
    const VoxelBox box = widened(box_of(region), farthest_mm, view.within.grid());
    const Field distance = imaging::distance_mm(placed(region, box, view.within.grid()));
    const Mask within = cut(view.within, box);
    const Mask shell = mask_where(distance.grid(), [&](std::size_t n) {
        const auto away_mm = static_cast<double>(distance.voxels()[n]);
        return within.voxels()[n] != 0 && away_mm > nearest_mm && away_mm <= farthest_mm;
    });
    return values_where(cut(view.smoothed_hu, box), shell);
}

std::optional<Clicked> region_at_click(const ClickView& view, std::optional<double> liver_hu)
{
    const std::optional<Guess> guess = first_guess(view, liver_hu);
    return guess ? settled(view, *guess, liver_hu) : std::nullopt;
}

std::optional<Clicked> region_between(const ClickView& view, const Densities& densities)
{
    std::optional<Grown> region = grown(view, window_of(densities), view.within);
    if (!region || reaches_the_end(view, region->region)) return std::nullopt;
    return Clicked{.region = std::move(region->region),
                   .inside_hu = densities.inside_hu,
                   .outside_hu = densities.outside_hu,
                   .hollow_at = region->hollow_at};
}

}  // namespace downstage::segmentation
