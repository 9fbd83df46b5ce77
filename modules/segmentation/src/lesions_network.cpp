#include "lesions_network.hpp"

#include "downstage/imaging/components.hpp"
#include "downstage/imaging/morphology.hpp"
#include "downstage/imaging/smooth.hpp"

#include "features_score.hpp"
#include "features_shape.hpp"

#include <algorithm>
#include <utility>

namespace downstage::segmentation {

namespace {

// LESION-TRAINING.md 7.3, 7.4, 7.6 and 8.2
constexpr float inside_from = 0.4F;
constexpr double least_peak = 0.9;
constexpr double peak_percentile = 0.98;
constexpr double smallest_ml = 0.2;
constexpr double shortest_mm = 8.0;
constexpr double thin_slices_mm = 3.0;
constexpr std::int32_t least_thin_slices = 2;
constexpr double least_radius_in_thick_slices_mm = 4.0;
constexpr double fat_percentile = 0.10;
constexpr double large_ml = 15.0;
constexpr double solid_hu = 20.0;
constexpr double surroundings_mm = 8.0;  // more than any feature reads around a region

double percentile_of(std::vector<float> values, double share)
{
    const auto place =
        values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size()));
    std::ranges::nth_element(values, place);
    return static_cast<double>(*place);
}

std::vector<float> values_in(const Patch& region, const Field& field)
{
    const Field here = cut(field, box_of(region));
    std::vector<float> values;
    for (std::size_t n = 0; n < here.voxels().size(); ++n)
        if (region.mask.voxels()[n] != 0) values.push_back(here.voxels()[n]);
    return values;
}

/// Fat of fissures looks like tumour to a network that was trained on HU clipped at 0.
bool holds_fat(const Patch& region, const Parenchyma& tissue)
{
    std::vector<float> hu = values_in(region, tissue.smoothed_hu);
    if (percentile_of(hu, fat_percentile) >= 0.0) return false;
    return imaging::volume_ml(region.mask) <= large_ml || median_of(hu) <= solid_hu;
}

/// A lesion shows in more than one thin slice; in thick ones, where it may not, it must be round.
bool is_more_than_a_streak(const Patch& region)
{
    const Grid& grid = region.mask.grid();
    if (grid.spacing_mm.k <= thin_slices_mm) return grid.size.k >= least_thin_slices;
    return largest_slice_shape(region.mask).radius_mm >= least_radius_in_thick_slices_mm;
}

bool may_be_tumour(const Patch& region, const Hearing& hearing)
{
    return percentile_of(values_in(region, *hearing.probability), peak_percentile) >= least_peak &&
           largest_slice_shape(region.mask).diameter_mm >= shortest_mm && is_more_than_a_streak(region) &&
           !holds_fat(region, hearing.tissue);
}

/// Where the network sees tumour in the liver.
Mask seen_in(const VoxelBox& box, const Hearing& hearing)
{
    const Mask liver = cut(hearing.tissue.liver, box);
    const Field probability = cut(*hearing.probability, box);
    return mask_where(liver.grid(), [&](std::size_t n) {
        return liver.voxels()[n] != 0 && probability.voxels()[n] > inside_from;
    });
}

LabelMap parts_seen(const Hearing& hearing)
{
    const VoxelBox all{.first = {}, .size = hearing.tissue.grid.size};
    return imaging::components(seen_in(all, hearing), {.smallest_ml = smallest_ml});
}

/// The parts that some region of `known` reaches.
std::vector<bool> parts_known(const LabelMap& parts, std::size_t count, const std::vector<Suspect>& known)
{
    std::vector<bool> is_known(count + 1);
    for (const Suspect& suspect : known) {
        const Patch& region = suspect.region.patch;
        for_each_voxel(region.mask.grid(), [&](const Index& at) {
            const Index voxel{region.first.i + at.i, region.first.j + at.j, region.first.k + at.k};
            if (region.mask[at] != 0) is_known[parts[voxel]] = true;
        });
    }
    return is_known;
}

/// With room around it for whatever is read around a region.
Patch with_surroundings(const Patch& spot, const Grid& grid)
{
    const VoxelBox box = widened(box_of(spot), surroundings_mm, grid);
    return {.first = box.first, .mask = placed(spot, box, grid)};
}

Suspect suspect_from(const Patch& spot, const Hearing& hearing)
{
    const Patch patch = with_surroundings(spot, hearing.tissue.grid);
    std::vector<float> darkness = values_in(patch, hearing.tissue.darker_hu);
    Candidate candidate{.spot = patch, .radius_mm = inscribed_radius_mm(patch.mask)};
    Region region{
        .patch = patch, .lev_hu = std::max(1.0, median_of(darkness)), .radius_mm = candidate.radius_mm};
    const Features features = describe(region, hearing.tissue);
    const Evidence evidence{.score = score_of(features),
                            .opinion = opinion_on(region.patch, *hearing.probability),
                            .source = Source::network};
    return {.candidate = std::move(candidate),
            .region = std::move(region),
            .features = features,
            .evidence = evidence};
}

}  // namespace

std::vector<Suspect> seen_by_network_alone(const std::vector<Suspect>& known, const Hearing& hearing)
{
    std::vector<Suspect> suspects;
    if (hearing.probability == nullptr) return suspects;
    const LabelMap parts = parts_seen(hearing);
    const std::vector<VoxelBox> boxes = bounding_boxes(parts);
    const std::vector<bool> is_known = parts_known(parts, boxes.size(), known);
    for (std::size_t n = 0; n < boxes.size(); ++n) {
        if (is_known[n + 1]) continue;
        const Patch spot = patch_of(parts, boxes[n], static_cast<std::uint16_t>(n + 1));
        if (!may_be_tumour(spot, hearing)) continue;
        Suspect suspect = suspect_from(spot, hearing);
        if (chance_of(suspect.evidence) >= possible_from_chance) suspects.push_back(std::move(suspect));
    }
    return suspects;
}

std::optional<double> diameter_by_network_mm(const Patch& region, const Hearing& hearing)
{
    if (hearing.probability == nullptr) return std::nullopt;
    const VoxelBox box = widened(box_of(region), surroundings_mm, hearing.tissue.grid);
    const LabelMap parts = imaging::components(seen_in(box, hearing));
    const Mask own = placed(region, box, hearing.tissue.grid);
    std::vector<bool> is_own(bounding_boxes(parts).size() + 1);
    for (std::size_t n = 0; n < own.voxels().size(); ++n)
        if (own.voxels()[n] != 0) is_own[parts.voxels()[n]] = true;
    is_own[0] = false;
    const double diameter_mm =
        longest_diameter_mm(mask_where(own.grid(), [&](std::size_t n) { return is_own[parts.voxels()[n]]; }));
    return diameter_mm > 0.0 ? std::optional{diameter_mm} : std::nullopt;
}

}  // namespace downstage::segmentation
