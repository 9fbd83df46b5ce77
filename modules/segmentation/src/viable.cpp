#include "downstage/segmentation/viable.hpp"

#include "downstage/core/parallel.hpp"
#include "downstage/core/text.hpp"
#include "downstage/imaging/components.hpp"
#include "downstage/imaging/morphology.hpp"
#include "downstage/imaging/smooth.hpp"

#include "lesions_patch.hpp"
#include "parenchyma.hpp"

#include <algorithm>
#include <cmath>

namespace downstage::segmentation {

namespace {

constexpr double around_mm = 15.0;        // the liver a lesion is compared with ends there ...
constexpr double from_mm = 3.0;           // ... and begins behind the blur of the border
constexpr std::int16_t deposit_hu = 250;  // SEGMENTATION.md 14
constexpr double blooming_mm = 1.5;       // what a deposit brightens around it

/// A lesion and its surroundings on the arterial image's own grid.
struct Site {
    Field smoothed_hu;
    Mask lesion;
    Mask liver;                         ///< of the surroundings, without any lesion
    Mask deposits;                      ///< of lipiodol, and what they brighten
    std::vector<float> other_phase_hu;  ///< of the lesion, in the image it was found in
};

/// The box of the arterial grid that holds a lesion of the other one, with its surroundings.
VoxelBox box_in_arterial(const ArterialPass& pass, const VoxelBox& box)
{
    const Grid& from = pass.found.lesions.grid();
    const Grid& to = pass.arterial.grid();
    VoxelBox seen{.first = {}, .size = {}};
    for (int corner = 0; corner < 8; ++corner) {
        const Index at{box.first.i + (corner & 1) * (box.size.i - 1),
                       box.first.j + (corner >> 1 & 1) * (box.size.j - 1),
                       box.first.k + (corner >> 2 & 1) * (box.size.k - 1)};
        const Index there = nearest(to_voxel(to, imaging::moved(pass.alignment, to_lps(from, at))));
        const VoxelBox voxel{.first = {std::clamp(there.i, 0, to.size.i - 1),
                                       std::clamp(there.j, 0, to.size.j - 1),
                                       std::clamp(there.k, 0, to.size.k - 1)},
                             .size = {1, 1, 1}};
        seen = corner == 0 ? voxel : united(seen, voxel);
    }
    constexpr double bend_mm = 5.0;  // what a bend may add to the corners
    return widened(seen, around_mm + bend_mm, to);
}

Site site_of(const ArterialPass& pass, std::uint16_t label, const VoxelBox& box)
{
    constexpr double smoothing_mm = 1.0;
    const Volume image = cut(pass.arterial, box);
    const Grid& grid = image.grid();
    const Grid& other = pass.found.lesions.grid();
    const bool is_thick = grid.spacing_mm.k > 2.0;
    Site site{.smoothed_hu =
                  imaging::gaussian(image, {smoothing_mm, smoothing_mm, is_thick ? 0.0 : smoothing_mm}, 1),
              .lesion = Mask{grid},
              .liver = Mask{grid},
              .deposits = Mask{grid},
              .other_phase_hu = {}};
    for_each_voxel(grid, [&](const Index& at) {
        const Index there = nearest(to_voxel(other, imaging::moved_back(pass.alignment, to_lps(grid, at))));
        if (!contains(other, there)) return;
        const std::uint16_t lesion = pass.found.lesions[there];
        const std::int16_t other_hu = pass.found_in[there];
        if (lesion == label) {
            site.lesion[at] = 1;
            site.other_phase_hu.push_back(static_cast<float>(other_hu));
        }
        if (lesion == 0 && pass.found.liver[there] != 0) site.liver[at] = 1;
        if (image[at] > deposit_hu && other_hu > deposit_hu) site.deposits[at] = 1;
    });
    if (imaging::count(site.deposits) > 0) site.deposits = imaging::dilate(site.deposits, blooming_mm, 1);
    return site;
}

struct Surroundings {
    double level_hu{}, noise_hu{};
    std::size_t voxels{};
};

Surroundings surroundings_of(const Site& site)
{
    const Field away = imaging::distance_mm(site.lesion, 1);
    std::vector<float> values;
    for (std::size_t n = 0; n < away.voxels().size(); ++n) {
        const auto away_mm = static_cast<double>(away.voxels()[n]);
        if (site.liver.voxels()[n] != 0 && away_mm >= from_mm && away_mm <= around_mm)
            values.push_back(site.smoothed_hu.voxels()[n]);
    }
    Surroundings found{.level_hu = median_of(values), .noise_hu = 0.0, .voxels = values.size()};
    for (float& value : values)
        value -= static_cast<float>(found.level_hu);
    found.noise_hu = robust_sd_about_zero(values);
    return found;
}

Mask brighter_than(const Site& site, double hu)
{
    return mask_where(site.lesion.grid(), [&](std::size_t n) {
        return site.lesion.voxels()[n] != 0 && site.deposits.voxels()[n] == 0 &&
               static_cast<double>(site.smoothed_hu.voxels()[n]) > hu;
    });
}

/// Without islands that noise makes.
Mask without_specks(const Mask& mask)
{
    constexpr double smallest_ml = 0.03;
    const LabelMap parts =
        imaging::components(mask, {.smallest_ml = smallest_ml, .connectivity = imaging::Connectivity::faces});
    return mask_where(mask.grid(), [&](std::size_t n) { return parts.voxels()[n] != 0; });
}

double median_where(const Field& field, const Mask& mask)
{
    std::vector<float> values;
    for (std::size_t n = 0; n < mask.voxels().size(); ++n)
        if (mask.voxels()[n] != 0) values.push_back(field.voxels()[n]);
    return median_of(values);
}

/// 0.5 where the image crosses the border's density, 0 outside of what is enhancing and its neighbours.
Field membership_of(const Site& site, const Mask& enhancing, double border_hu, double level_hu)
{
    const SpacingMm& spacing = enhancing.grid().spacing_mm;
    const Mask near = imaging::dilate(enhancing, 1.01 * std::max(spacing.i, spacing.j), 1);
    Field membership{enhancing.grid()};
    for (std::size_t n = 0; n < membership.voxels().size(); ++n) {
        if (near.voxels()[n] == 0) continue;
        const double share = 0.5 + 0.5 * (static_cast<double>(site.smoothed_hu.voxels()[n]) - border_hu) /
                                       (level_hu - border_hu);
        const bool may =
            site.lesion.voxels()[n] != 0 && site.deposits.voxels()[n] == 0 && enhancing.voxels()[n] != 0;
        membership.voxels()[n] =
            static_cast<float>(may ? std::clamp(share, 0.5, 1.0) : std::clamp(share, 0.0, 0.499));
    }
    return membership;
}

/// Nothing enhances: has it died, or was it never of the kind that does?
void explain_nothing(ViablePart& part, Site& site)
{
    constexpr double necrotic_hu = 40.0;  // RULES.md has none; unenhanced tumour tissue is 40 to 50 HU
    const double arterial_hu = median_where(site.smoothed_hu, site.lesion);
    const double other_hu = median_of(site.other_phase_hu);
    const bool is_dead =
        imaging::count(site.deposits) > 0 || (arterial_hu < necrotic_hu && other_hu < necrotic_hu);
    part.outcome = is_dead ? ViablePart::Outcome::none_left : ViablePart::Outcome::hypovascular;
    part.why = is_dead ? "no enhancing part is left in the arterial phase"
                       : "the lesion does not enhance more than the liver around it in the arterial phase (" +
                             fixed(arterial_hu, 0) + " HU), so its whole diameter counts, not a viable one";
}

ViablePart viable_part(const ArterialPass& pass, std::uint16_t label, const VoxelBox& box)
{
    ViablePart part{.label = label};
    Site site = site_of(pass, label, box_in_arterial(pass, box));
    const Surroundings around = surroundings_of(site);
    constexpr std::size_t enough = 100;
    if (around.voxels < enough || imaging::count(site.lesion) == 0) {
        part.why = "too little of the lesion or of the liver around it is in view in the arterial phase";
        return part;
    }
    part.noise_hu = around.noise_hu;
    const double least_hu = around.level_hu + std::max(10.0, 2.0 * around.noise_hu);
    const Mask seed = without_specks(brighter_than(site, least_hu));
    if (imaging::count(seed) == 0) {
        explain_nothing(part, site);
        return part;
    }
    const double enhancing_hu = median_where(site.smoothed_hu, seed);
    const double border_hu = std::max(least_hu, 0.5 * (enhancing_hu + around.level_hu));
    const Mask enhancing = without_specks(brighter_than(site, border_hu));
    part.outcome = ViablePart::Outcome::enhancing;
    part.contrast_hu = enhancing_hu - around.level_hu;
    part.membership =
        membership_of(site, imaging::count(enhancing) > 0 ? enhancing : seed, border_hu, enhancing_hu);
    return part;
}

}  // namespace

std::vector<ViablePart> viable_parts(const ArterialPass& pass, unsigned workers)
{
    const std::vector<VoxelBox> boxes = bounding_boxes(pass.found.lesions);
    std::vector<ViablePart> parts(pass.found.findings.size());
    for_each_index(parts.size(), workers, [&](std::size_t n) {
        const std::uint16_t label = pass.found.findings[n].label;
        parts[n] = viable_part(pass, label, boxes.at(label - 1U));
    });
    return parts;
}

}  // namespace downstage::segmentation
