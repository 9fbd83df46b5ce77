#include "click_line.hpp"

#include "downstage/imaging/morphology.hpp"

#include "click_region.hpp"
#include "click_rim.hpp"
#include "lesions_label.hpp"
#include "parenchyma.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace downstage::segmentation {

namespace {

PointLps along(const Line& line, double share)
{
    return line.from + share * (line.to - line.from);
}

double length_of(const Line& line)
{
    return distance_mm(line.from, line.to);
}

Lens lens_for(const Line& line, Range range)
{
    const double reach_mm = std::clamp(0.9 * length_of(line) + 20.0, 30.0, 1.5 * reach_limit_mm);
    return {.reach_mm = reach_mm, .voxel_mm = std::clamp(reach_mm / 40.0, 0.8, 2.0), .range = range};
}

/// The longest axis of a lesion bounds it in its slice; across the slices it may be longer.
Mask room_of(const Line& line, const Grid& grid)
{
    const double length_mm = length_of(line);
    const double in_slice_mm = 0.62 * length_mm + 3.0;
    const double across_mm = 0.8 * length_mm + 3.0;
    const PointLps middle = along(line, 0.5);
    Mask room{grid};
    for_each_voxel(grid, [&](const Index& at) {
        const VectorLps arm = to_lps(grid, at) - middle;
        const double reach = std::hypot(arm.x_mm / in_slice_mm, arm.y_mm / in_slice_mm, arm.z_mm / across_mm);
        room[at] = reach <= 1.0 ? 1 : 0;
    });
    return room;
}

/// The median within `radius_mm` of a place.
double density_at(const ClickView& view, const std::vector<PointLps>& places, double radius_mm)
{
    const Grid& grid = view.within.grid();
    std::vector<float> values;
    for_each_voxel(grid, [&](const Index& at) {
        const PointLps here = to_lps(grid, at);
        const bool is_near = std::ranges::any_of(
            places, [&](const PointLps& place) { return distance_mm(here, place) <= radius_mm; });
        if (is_near) values.push_back(view.smoothed_hu[at]);
    });
    return median_of(values);
}

/// What the line says of the densities: its middle part is inside, what follows on its ends outside.
std::vector<Densities> guesses_for(const Line& line, const ClickView& view)
{
    const double length_mm = length_of(line);
    constexpr double beyond_mm = 4.0;
    const double inside_mm = std::clamp(0.12 * length_mm, 1.5, 4.0);
    const double inside_hu =
        density_at(view,
                   {along(line, 0.3), along(line, 0.4), along(line, 0.5), along(line, 0.6), along(line, 0.7)},
                   inside_mm);
    const double first_hu = density_at(view, {along(line, -beyond_mm / length_mm)}, 2.0);
    const double second_hu = density_at(view, {along(line, 1.0 + beyond_mm / length_mm)}, 2.0);
    return {{.inside_hu = inside_hu, .outside_hu = first_hu},
            {.inside_hu = inside_hu, .outside_hu = second_hu},
            {.inside_hu = inside_hu, .outside_hu = 0.5 * (first_hu + second_hu)}};
}

/// A region on a grid of its own.
struct Proposal {
    Patch region;
    Grid grid;
    double contrast_to_noise{};
    bool in_liver{};
};

/// How far the region reaches along the line from its middle; gaps of 2 mm do not count.
double reach_along(const Proposal& proposal, const Line& line, double sign)
{
    constexpr double step_mm = 0.5;
    constexpr double gap_mm = 2.0;
    const double length_mm = length_of(line);
    double reached_mm = 0.0;
    for (double away_mm = 0.0; away_mm < length_mm && away_mm - reached_mm <= gap_mm; away_mm += step_mm) {
        const Index at = nearest(to_voxel(proposal.grid, along(line, 0.5 + sign * away_mm / length_mm)));
        const Index own{
            at.i - proposal.region.first.i, at.j - proposal.region.first.j, at.k - proposal.region.first.k};
        if (contains(proposal.region.mask.grid(), own) && proposal.region.mask[own] != 0)
            reached_mm = away_mm;
    }
    return reached_mm;
}

/// 1 where the region ends where the line ends; less by the share of the line it is off at both ends.
double fit_of(const Proposal& proposal, const Line& line)
{
    const double half_mm = 0.5 * length_of(line);
    const double off_mm = std::abs(reach_along(proposal, line, -1.0) - half_mm) +
                          std::abs(reach_along(proposal, line, 1.0) - half_mm);
    return 1.0 - off_mm / (2.0 * half_mm);
}

void propose(std::vector<Proposal>& proposals, const ClickView& view, const Clicked& clicked)
{
    const auto add = [&](Patch region) {
        proposals.push_back(
            {.region = std::move(region),
             .grid = view.within.grid(),
             .contrast_to_noise = std::abs(clicked.outside_hu - clicked.inside_hu) / view.noise_hu,
             .in_liver = view.in_liver});
    };
    add(clicked.region);
    if (std::optional<Patch> whole = with_rim(view, clicked)) add(std::move(*whole));
}

std::vector<Proposal> proposals_for(const ClickScene& scene, const Line& line)
{
    std::vector<Proposal> proposals;
    for (const Range range : {Range::soft_tissue, Range::with_air}) {
        ClickView view = view_around(scene.ct, scene.liver, along(line, 0.5), lens_for(line, range));
        view.within = imaging::both(view.within, room_of(line, view.within.grid()));
        for (const Densities& guess : guesses_for(line, view)) {
            if (std::abs(guess.outside_hu - guess.inside_hu) < 1.5 * view.noise_hu) continue;
            if (const auto clicked = region_between(view, guess)) propose(proposals, view, *clicked);
        }
    }
    for (const double share : {0.5, 0.3, 0.7})
        if (auto clicked = lesion_around(scene, along(line, share)))
            proposals.push_back({.region = std::move(clicked->region),
                                 .grid = scene.ct.grid(),
                                 .contrast_to_noise = clicked->contrast_to_noise,
                                 .in_liver = clicked->in_liver});
    return proposals;
}

/// Whether most of what lies 3 to 6 mm around a region of the image is air.
bool is_in_air(const Patch& region, const Volume& ct)
{
    constexpr double room_mm = 6.0;
    constexpr std::int16_t air_hu = -400;  // SEGMENTATION.md 3.2
    const VoxelBox box = widened(box_of(region), room_mm, ct.grid());
    const Field away = imaging::distance_mm(placed(region, box, ct.grid()));
    const Volume image = cut(ct, box);
    std::size_t all = 0;
    std::size_t air = 0;
    for (std::size_t n = 0; n < away.voxels().size(); ++n) {
        if (away.voxels()[n] <= 3.0F || static_cast<double>(away.voxels()[n]) > room_mm) continue;
        ++all;
        if (image.voxels()[n] < air_hu) ++air;
    }
    return 2 * air > all;
}

}  // namespace

std::optional<ClickedLesion> lesion_on_line(const ClickScene& scene, const Line& line)
{
    constexpr double least_fit = 0.67;
    std::optional<Proposal> best;
    double best_fit = 0.0;
    for (Proposal& proposal : proposals_for(scene, line)) {
        const double fit = fit_of(proposal, line);
        if (fit < least_fit || fit <= best_fit) continue;
        best_fit = fit;
        best = std::move(proposal);
    }
    if (!best) return std::nullopt;
    ClickedLesion lesion{.region = carried_over(best->region, best->grid, scene.ct.grid()),
                         .contrast_to_noise = best->contrast_to_noise,
                         .in_liver = best->in_liver,
                         .in_lung = false};
    if (imaging::count(lesion.region.mask) == 0) return std::nullopt;
    lesion.in_lung = is_in_air(lesion.region, scene.ct);
    return lesion;
}

}  // namespace downstage::segmentation
