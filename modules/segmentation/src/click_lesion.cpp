#include "click_lesion.hpp"

#include "downstage/imaging/morphology.hpp"

#include "candidates.hpp"
#include "click_region.hpp"
#include "click_rim.hpp"
#include "lesions_label.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace downstage::segmentation {

namespace {

/// A lesion as one view shows it.
struct Sight {
    Patch region;
    Grid grid;  ///< that of the view
    double contrast_to_noise{};
    bool in_liver{};
    double air_share{};  ///< of what is around it
};

double share_of_air(const std::vector<float>& around)
{
    constexpr float not_tissue_hu = -190.0F;  // the views of soft tissue end at -200 HU
    if (around.empty()) return 0.0;
    const auto air = std::ranges::count_if(around, [](float hu) { return hu < not_tissue_hu; });
    return static_cast<double>(air) / static_cast<double>(around.size());
}

std::optional<double> liver_hu_of(const ClickScene& scene, const ClickView& view)
{
    return scene.liver && view.in_liver ? std::optional{scene.liver->mean_hu} : std::nullopt;
}

bool holds(const Patch& region, const Grid& grid, const PointLps& place)
{
    constexpr double beside_mm = 2.5;  // a click on the border
    const Index at = nearest(to_voxel(grid, place));
    if (!contains(grid, at)) return false;
    const VoxelBox box = widened({.first = at, .size = {1, 1, 1}}, beside_mm, grid);
    const Mask near = placed(region, box, grid);
    return imaging::count(near) > 0;
}

Sight sight_of(const ClickView& view, const Clicked& clicked)
{
    std::optional<Patch> whole;
    const double air_share = share_of_air(densities_around(view, clicked.region));
    constexpr double hardly_any = 0.1;
    if (air_share < hardly_any) whole = with_rim(view, clicked);
    return {.region = whole ? std::move(*whole) : clicked.region,
            .grid = view.within.grid(),
            .contrast_to_noise = std::abs(clicked.outside_hu - clicked.inside_hu) / view.noise_hu,
            .in_liver = view.in_liver,
            .air_share = air_share};
}

/// What is seen at `place`. Where that is a shell, its hollow is looked at instead, and the shell is that
/// one's rim: then a click in the rim and one in the hollow see the same.
std::optional<Sight> look(const ClickScene& scene, const PointLps& place, const Lens& lens)
{
    const ClickView view = view_around(scene.ct, scene.liver, place, lens);
    const std::optional<Clicked> clicked = region_at_click(view, liver_hu_of(scene, view));
    if (!clicked) return std::nullopt;
    if (clicked->hollow_at) {
        const ClickView inner = view_around(scene.ct, scene.liver, *clicked->hollow_at, lens);
        if (const auto core = region_at_click(inner, liver_hu_of(scene, inner))) {
            Sight sight = sight_of(inner, *core);
            if (holds(sight.region, sight.grid, place)) return sight;
        }
    }
    return sight_of(view, *clicked);
}

double farthest_mm(const Sight& sight, const PointLps& from)
{
    double farthest = 0.0;
    for_each_voxel(sight.region.mask.grid(), [&](const Index& at) {
        if (sight.region.mask[at] == 0) return;
        const Index there{
            sight.region.first.i + at.i, sight.region.first.j + at.j, sight.region.first.k + at.k};
        farthest = std::max(farthest, distance_mm(to_lps(sight.grid, there), from));
    });
    return farthest;
}

/// A lens for what is known by now: no wider than it needs to be, and finer for that.
Lens lens_for(const Sight& sight, const PointLps& heart)
{
    constexpr double room_mm = 22.0;  // for the rim and what it is compared with
    constexpr double voxels_to_the_side = 40.0;
    const double reach_mm = std::clamp(farthest_mm(sight, heart) + room_mm, 30.0, reach_limit_mm);
    return {.reach_mm = reach_mm,
            .voxel_mm = std::clamp(reach_mm / voxels_to_the_side, 0.8, wide_lens.voxel_mm),
            .range = wide_lens.range};
}

double dice(const Patch& a, const Patch& b, const Grid& grid)
{
    const VoxelBox box = united(box_of(a), box_of(b));
    const Mask first = placed(a, box, grid);
    const Mask second = placed(b, box, grid);
    const auto total = static_cast<double>(imaging::count(first) + imaging::count(second));
    return total == 0.0 ? 0.0
                        : 2.0 * static_cast<double>(imaging::count(imaging::both(first, second))) / total;
}

ClickedLesion on_image(const Sight& sight, const ClickScene& scene)
{
    constexpr double mostly_air = 0.5;
    return {.region = carried_over(sight.region, sight.grid, scene.ct.grid()),
            .contrast_to_noise = sight.contrast_to_noise,
            .in_liver = sight.in_liver,
            .in_lung = sight.air_share >= mostly_air};
}

/// From the places beside a click that shows nothing itself: a click on the border, or in a rim thinner than
/// the blur. The one that stands out most of those that hold the click.
std::optional<Sight> look_beside(const ClickScene& scene, const PointLps& click, const Lens& lens)
{
    constexpr double beside_mm = 4.0;
    constexpr std::array<VectorLps, 6> ways{
        {{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, 1}, {0, 0, -1}}};
    std::optional<Sight> best;
    for (const VectorLps& way : ways) {
        const PointLps place = click + beside_mm * way;
        if (!contains(scene.ct.grid(), nearest(to_voxel(scene.ct.grid(), place)))) continue;
        std::optional<Sight> sight = look(scene, place, lens);
        if (!sight || !holds(sight->region, sight->grid, click)) continue;
        if (!best || sight->contrast_to_noise > best->contrast_to_noise) best = std::move(sight);
    }
    return best;
}

/// The widest look that shows something; small lesions need a closer one.
std::optional<Sight> first_look(const ClickScene& scene, const PointLps& click, Range range)
{
    constexpr Lens closer{.reach_mm = 30.0, .voxel_mm = 1.0};
    for (Lens lens : {wide_lens, closer}) {
        lens.range = range;
        if (std::optional<Sight> sight = look(scene, click, lens)) return sight;
    }
    Lens lens = wide_lens;
    lens.range = range;
    return look_beside(scene, click, lens);
}

/// Through air everything is seen against it, so the densest place near a click beside the middle of a
/// nodule lies in the nodule.
PointLps densest_near(const ClickScene& scene, const PointLps& click)
{
    constexpr double near_mm = 3.0;
    const Lens lens{.reach_mm = 12.0, .voxel_mm = 1.0, .range = Range::with_air};
    const ClickView view = view_around(scene.ct, scene.liver, click, lens);
    PointLps best = click;
    float densest = -2000.0F;
    for_each_voxel(view.within.grid(), [&](const Index& at) {
        if (static_cast<double>(view.reach_mm[at]) > near_mm || view.smoothed_hu[at] <= densest) return;
        densest = view.smoothed_hu[at];
        best = to_lps(view.within.grid(), at);
    });
    return best;
}

struct FirstSight {
    Sight sight;
    Range range{};
};

std::optional<FirstSight> first_sight(const ClickScene& scene, const PointLps& click)
{
    constexpr double some_air = 0.35;  // more than a lesion under the dome has
    std::optional<Sight> soft = first_look(scene, click, Range::soft_tissue);
    if (!soft || soft->air_share >= some_air)
        if (auto with_air = first_look(scene, densest_near(scene, click), Range::with_air))
            return FirstSight{.sight = std::move(*with_air), .range = Range::with_air};
    if (!soft) return std::nullopt;
    return FirstSight{.sight = std::move(*soft), .range = Range::soft_tissue};
}

}  // namespace

std::optional<ClickedLesion> lesion_around(const ClickScene& scene, const PointLps& click)
{
    constexpr int most_looks = 3;
    constexpr double same = 0.9;  // Dice
    const std::optional<FirstSight> first = first_sight(scene, click);
    if (!first) return std::nullopt;
    Sight sight = first->sight;
    ClickedLesion lesion = on_image(sight, scene);
    for (int looks = 0; looks < most_looks; ++looks) {
        const PointLps heart = heart_of(sight.region, sight.grid);
        Lens lens = lens_for(sight, heart);
        lens.range = first->range;
        std::optional<Sight> again = look(scene, heart, lens);
        if (!again || !holds(again->region, again->grid, click)) break;
        ClickedLesion better = on_image(*again, scene);
        const bool is_same = dice(better.region, lesion.region, scene.ct.grid()) >= same;
        sight = std::move(*again);
        lesion = std::move(better);
        if (is_same) break;
    }
    if (imaging::count(lesion.region.mask) == 0) return std::nullopt;
    return lesion;
}

}  // namespace downstage::segmentation
