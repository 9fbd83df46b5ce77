#include "lesions_label.hpp"

#include "downstage/imaging/components.hpp"
#include "downstage/imaging/morphology.hpp"
#include "downstage/imaging/resample.hpp"

#include <algorithm>
#include <cmath>

namespace downstage::segmentation {

namespace {

constexpr std::int16_t deposit_hu = 250;       // 14
constexpr double deposits_within_mm = 30.0;    // around a lesion; a larger deposit is not one of its own
constexpr double beside_mm = 6.0;              // the network reads a soft rim about this much farther
constexpr float seen_from_probability = 0.4F;  // LESION-TRAINING.md 7.5
constexpr float not_a_rib_mm = 2.5F;           // what lies at the surface may be a rib in the mask

/// Very bright pieces inside the liver, deep enough to be no bone.
Mask deposits_in(const Parenchyma& tissue, const VoxelBox& box)
{
    const Volume image = cut(tissue.image, box);
    const Field depth = cut(tissue.depth_mm, box);
    return mask_where(image.grid(), [&](std::size_t n) {
        return image.voxels()[n] > deposit_hu && depth.voxels()[n] > not_a_rib_mm;
    });
}

/// The parts of `pieces` that touch `region`.
Mask touching(const Mask& pieces, const Mask& region)
{
    const SpacingMm& spacing = region.grid().spacing_mm;
    const double one_voxel_mm = std::hypot(spacing.i, spacing.j, spacing.k);
    const Mask reach = imaging::dilate(region, one_voxel_mm, 1);
    const LabelMap parts = imaging::components(pieces);
    std::vector<bool> touches(bounding_boxes(parts).size() + 1);
    for (std::size_t n = 0; n < reach.voxels().size(); ++n)
        if (reach.voxels()[n] != 0) touches[parts.voxels()[n]] = true;
    touches[0] = false;
    return mask_where(pieces.grid(), [&](std::size_t n) { return touches[parts.voxels()[n]]; });
}

/// Where a region grows from: its spot, or its region with what the network sees of the same lesion beside
/// it. A large uneven tumour is darkest in one part; the spot of that part alone would leave its rim out.
Candidate heart_of(const Suspect& suspect, const Hearing& hearing)
{
    if (hearing.probability == nullptr) return suspect.candidate;
    const VoxelBox box = widened(box_of(suspect.region.patch), beside_mm, hearing.tissue.grid);
    const Mask region = placed(suspect.region.patch, box, hearing.tissue.grid);
    const Field probability = cut(*hearing.probability, box);
    const Mask liver = cut(hearing.tissue.liver, box);
    const Mask seen = mask_where(region.grid(), [&](std::size_t n) {
        return liver.voxels()[n] != 0 && probability.voxels()[n] > seen_from_probability;
    });
    const Mask beside = imaging::both(seen, imaging::dilate(region, beside_mm, 1));
    Candidate heart{.spot = {.first = box.first, .mask = imaging::either(region, beside)}, .radius_mm = 0.0};
    heart.radius_mm = inscribed_radius_mm(heart.spot.mask);
    return heart;
}

/// The box of voxels of `to` that holds `box` of `from` and one of its voxels around it.
VoxelBox seen_from(const Grid& to, const VoxelBox& box, const Grid& from)
{
    const auto clamped = [&](const Index& at) {
        return Index{std::clamp(at.i, 0, to.size.i - 1),
                     std::clamp(at.j, 0, to.size.j - 1),
                     std::clamp(at.k, 0, to.size.k - 1)};
    };
    VoxelBox seen{.first = {}, .size = {}};
    for (int corner = 0; corner < 8; ++corner) {
        const auto end = [corner](int axis, std::int32_t first, std::int32_t size) {
            return first + ((corner >> axis & 1) != 0 ? size - 1 : 0);
        };
        const Index at{end(0, box.first.i, box.size.i),
                       end(1, box.first.j, box.size.j),
                       end(2, box.first.k, box.size.k)};
        const VoxelBox voxel{.first = clamped(nearest(to_voxel(to, to_lps(from, at)))), .size = {1, 1, 1}};
        seen = corner == 0 ? voxel : united(seen, voxel);
    }
    const SpacingMm& spacing = from.spacing_mm;
    return widened(seen, std::max({spacing.i, spacing.j, spacing.k}), to);
}

}  // namespace

LabelledRegion labelled_region(const Suspect& suspect, const Hearing& hearing)
{
    const Parenchyma& tissue = hearing.tissue;
    const std::optional<Region> grown = region_of(heart_of(suspect, hearing), tissue, to_label);
    const Patch& own = grown ? grown->patch : suspect.region.patch;
    const VoxelBox box = widened(box_of(own), deposits_within_mm, tissue.grid);
    const Mask region = placed(own, box, tissue.grid);
    const Mask deposits = touching(deposits_in(tissue, box), region);
    if (imaging::count(deposits) == 0) return {.region = own, .holds_deposits = false};
    return {.region = {.first = box.first,
                       .mask = imaging::fill_holes_by_slice(imaging::either(region, deposits))},
            .holds_deposits = true};
}

Patch carried_over(const Patch& region, const Grid& from, const Grid& to)
{
    if (same_grid(from, to)) return region;
    const VoxelBox box = seen_from(to, box_of(region), from);
    return {.first = box.first, .mask = imaging::resample_smooth(region.mask, grid_of(box, to), 1)};
}

std::size_t draw(LabelMap& labels, std::uint16_t label, const Patch& region)
{
    std::size_t drawn = 0;
    for_each_voxel(region.mask.grid(), [&](const Index& at) {
        const Index voxel{region.first.i + at.i, region.first.j + at.j, region.first.k + at.k};
        if (region.mask[at] == 0 || labels[voxel] != 0) return;
        labels[voxel] = label;
        ++drawn;
    });
    return drawn;
}

void include(Mask& liver, const LabelMap& lesions)
{
    for (std::size_t n = 0; n < liver.voxels().size(); ++n)
        if (lesions.voxels()[n] != 0) liver.voxels()[n] = 1;
}

}  // namespace downstage::segmentation
