#include "lesions_bright.hpp"

#include "downstage/imaging/components.hpp"
#include "downstage/imaging/morphology.hpp"

#include "candidates.hpp"
#include "lesions_label.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace downstage::segmentation {

namespace {

constexpr double trunk_opening_mm = 5.0;    // SEGMENTATION.md 6
constexpr double clear_of_trunks_mm = 5.0;  // 14
constexpr double longest = 2.0;             // 14: elongation
// Blood of the aorta runs in the arteries of the liver: a lesion takes up less. Half way between the liver
// and its large vessels parts them.
constexpr double share_of_vessel_brightness = 0.5;

// The rim of a metastasis is a few mm wide; a vessel that passes by covers less than half of a core.
constexpr double rim_begins_within_mm = 3.0;
constexpr double widest_rim_mm = 8.0;
constexpr double least_rim_share = 0.5;
constexpr double ragged_mm = 1.6;  // takes off the vessels that leave a rim

/// The brightness that the largest arteries have over the liver; 0 where none is in view.
double vessel_brightness_hu(const Mask& trunks, const Parenchyma& negative)
{
    std::vector<float> brightness;
    for (std::size_t n = 0; n < trunks.voxels().size(); ++n)
        if (trunks.voxels()[n] != 0) brightness.push_back(negative.darker_hu.voxels()[n]);
    if (brightness.empty()) return 0.0;
    const auto place = brightness.begin() + static_cast<std::ptrdiff_t>(brightness.size() * 9 / 10);
    std::ranges::nth_element(brightness, place);
    return static_cast<double>(*place);
}

/// The bodies of `bright` that lie outside the liver by half: a bright lesion does not.
Mask mostly_outside(const Mask& bright, const Mask& liver)
{
    const LabelMap bodies = imaging::components(bright);
    std::vector<std::ptrdiff_t> balance(bounding_boxes(bodies).size() + 1);
    for (std::size_t n = 0; n < bodies.voxels().size(); ++n)
        balance[bodies.voxels()[n]] += liver.voxels()[n] != 0 ? 1 : -1;
    balance[0] = 1;
    return mask_where(bright.grid(), [&](std::size_t n) { return balance[bodies.voxels()[n]] < 0; });
}

bool touches(const Patch& region, const Mask& mask)
{
    return imaging::count(imaging::both(region.mask, cut(mask, box_of(region)))) > 0;
}

std::vector<Suspect> bright_suspects(const Parenchyma& negative, unsigned workers)
{
    const Mask trunks = bright_trunks(negative, workers);
    const double vessel_hu = vessel_brightness_hu(trunks, negative);
    const Mask near_trunks = imaging::dilate(trunks, clear_of_trunks_mm, workers);

    const Hearing hearing{.tissue = negative, .workers = workers};
    std::vector<Suspect> suspects = suspects_among(dark_spots(negative, workers), hearing);
    std::erase_if(suspects, [&](const Suspect& suspect) {
        const bool is_as_bright =
            vessel_hu > 0.0 && suspect.region.lev_hu > share_of_vessel_brightness * vessel_hu;
        return suspect.features.elongation > longest || is_as_bright ||
               touches(suspect.region.patch, near_trunks);
    });
    return pieces_joined(best_apart(std::move(suspects), negative.grid), hearing);
}

/// The bright rim of a dark core: what is brighter than the liver within 8 mm of it, where that covers most
/// of its surface; empty for a core without a rim. A rim is too thin to be found as a spot of its own.
Mask rim_around(const Mask& core, const VoxelBox& box, const Parenchyma& negative)
{
    const auto brighter_by = static_cast<float>(levels_hu(negative.noise_hu).front());
    const Field brightness = cut(negative.darker_hu, box);
    const Mask liver = cut(negative.liver, box);
    const Mask bright =
        imaging::without(mask_where(core.grid(),
                                    [&](std::size_t n) {
                                        return liver.voxels()[n] != 0 && brightness.voxels()[n] > brighter_by;
                                    }),
                         core);
    const Mask shell = imaging::without(imaging::dilate(core, rim_begins_within_mm, 1), core);
    const auto covered = static_cast<double>(imaging::count(imaging::both(shell, bright)));
    if (covered < least_rim_share * static_cast<double>(imaging::count(shell))) return Mask{core.grid()};
    return imaging::both(bright, imaging::dilate(core, widest_rim_mm, 1));
}

void take_rim(Found& dark, const Parenchyma& negative)
{
    const VoxelBox box = widened(box_of(dark.drawn), widest_rim_mm, negative.grid);
    const Mask core = placed(dark.drawn, box, negative.grid);
    const Mask rim = rim_around(core, box, negative);
    if (imaging::count(rim) == 0) return;
    const Mask whole = imaging::fill_holes_by_slice(imaging::either(core, rim));
    dark.drawn = {.first = box.first, .mask = imaging::largest_component(imaging::open(whole, ragged_mm, 1))};
}

bool touch(const Patch& a, const Patch& b, const Grid& grid)
{
    const SpacingMm& spacing = grid.spacing_mm;
    const double one_voxel_mm = std::max(spacing.i, spacing.j);
    const VoxelBox box = widened(united(box_of(a), box_of(b)), one_voxel_mm, grid);
    const Mask reach = imaging::dilate(placed(a, box, grid), one_voxel_mm, 1);
    return imaging::count(imaging::both(reach, placed(b, box, grid))) > 0;
}

/// Both are one lesion, as sure as the surer of the two.
void unite(Found& one, const Found& other, const Grid& grid)
{
    Patch whole = united(one.drawn, other.drawn, grid);
    whole.mask = imaging::fill_holes_by_slice(whole.mask);
    one.drawn = std::move(whole);
    one.holds_deposits = one.holds_deposits || other.holds_deposits;
    if (chance_of(other.evidence) <= chance_of(one.evidence)) return;
    one.evidence = other.evidence;
    one.features = other.features;
    one.darkness_hu = other.darkness_hu;
}

Found found_from(Suspect suspect, const Parenchyma& negative)
{
    suspect.evidence.source = Source::bright;
    LabelledRegion whole = labelled_region(suspect, {.tissue = negative});
    return {.drawn = std::move(whole.region),
            .features = suspect.features,
            .evidence = suspect.evidence,
            .darkness_hu = -suspect.region.lev_hu,
            .holds_deposits = whole.holds_deposits,
            .diameter_by_network_mm = std::nullopt};
}

}  // namespace

Parenchyma negative_of(Parenchyma tissue)
{
    for (float& hu : tissue.darker_hu.voxels())
        hu = -hu;
    return tissue;
}

Mask bright_trunks(const Parenchyma& negative, unsigned workers)
{
    const auto brighter_by = static_cast<float>(4.0 * negative.noise_hu + 5.0);  // SEGMENTATION.md 6
    const Mask bright = mask_where(
        negative.grid, [&](std::size_t n) { return negative.darker_hu.voxels()[n] > brighter_by; });
    return mostly_outside(imaging::open(bright, trunk_opening_mm, workers), negative.liver);
}

std::vector<Found> united_with_bright(std::vector<Found> dark, const Hearing& hearing)
{
    const Parenchyma negative = negative_of(*hearing.arterial);
    std::vector<Found> found = std::move(dark);
    for (Found& one : found)
        take_rim(one, negative);
    for (Suspect& suspect : bright_suspects(negative, hearing.workers)) {
        Found bright = found_from(std::move(suspect), negative);
        const auto core = std::ranges::find_if(
            found, [&](const Found& one) { return touch(one.drawn, bright.drawn, negative.grid); });
        if (core == found.end())
            found.push_back(std::move(bright));
        else
            unite(*core, bright, negative.grid);
    }
    return found;
}

}  // namespace downstage::segmentation
