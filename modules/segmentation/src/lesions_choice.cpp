#include "lesions_choice.hpp"

#include "downstage/core/parallel.hpp"
#include "downstage/imaging/components.hpp"
#include "downstage/imaging/morphology.hpp"

#include "features_score.hpp"
#include "features_shape.hpp"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

namespace downstage::segmentation {

namespace {

constexpr double most_overlap = 0.15;    // 9.7
constexpr double widest_gap_mm = 3.0;    // 12
constexpr double roundest_apart = 0.45;  // 12

std::optional<Suspect> judged(const Candidate& candidate, const Parenchyma& tissue)
{
    std::optional<Region> region = region_of(candidate, tissue, to_detect);
    if (!region) return std::nullopt;
    const Features features = describe(*region, tissue);
    if (rejection_of(features, tissue.grain_hu)) return std::nullopt;
    const double score = score_of(features);
    if (score < possible_from) return std::nullopt;
    return Suspect{
        .candidate = candidate, .region = std::move(*region), .features = features, .score = score};
}

std::size_t first_voxel(const Suspect& suspect, const Grid& grid)
{
    const Mask& mask = suspect.region.patch.mask;
    const auto voxels = mask.voxels();
    const auto place = static_cast<std::size_t>(
        std::ranges::distance(voxels.begin(), std::ranges::find(voxels, std::uint8_t{1})));
    const auto row = static_cast<std::size_t>(mask.grid().size.i);
    const auto slice = row * static_cast<std::size_t>(mask.grid().size.j);
    const Index& first = suspect.region.patch.first;
    return offset_of(grid,
                     {first.i + static_cast<std::int32_t>(place % row),
                      first.j + static_cast<std::int32_t>(place % slice / row),
                      first.k + static_cast<std::int32_t>(place / slice)});
}

/// Best first; ties by volume, then by the first voxel, so that the order never depends on chance.
void sort_best_first(std::vector<Suspect>& suspects, const Grid& grid)
{
    using Rank = std::tuple<double, double, std::size_t>;
    std::vector<std::pair<Rank, std::size_t>> order;
    order.reserve(suspects.size());
    for (const Suspect& suspect : suspects)
        order.push_back(
            {{-suspect.score, -suspect.features.volume_ml, first_voxel(suspect, grid)}, order.size()});
    std::ranges::sort(order);
    std::vector<Suspect> sorted;
    sorted.reserve(suspects.size());
    for (const auto& [rank, place] : order)
        sorted.push_back(std::move(suspects[place]));
    suspects = std::move(sorted);
}

/// The part of a region that others have taken already.
double taken_share(const Patch& region, const Mask& taken)
{
    const Mask theirs = cut(taken, box_of(region));
    return static_cast<double>(imaging::count(imaging::both(region.mask, theirs))) /
           static_cast<double>(std::max<std::size_t>(1, imaging::count(region.mask)));
}

void take(Mask& taken, const Patch& region)
{
    for_each_voxel(region.mask.grid(), [&](const Index& at) {
        if (region.mask[at] != 0)
            taken[{region.first.i + at.i, region.first.j + at.j, region.first.k + at.k}] = 1;
    });
}

/// Both regions and the gap between them; nothing when the gap is too wide, or narrow only at a neck.
std::optional<Patch> bridged(const Patch& a, const Patch& b, const Grid& grid)
{
    const Patch both = united(a, b, grid);
    const VoxelBox box = widened(box_of(both), widest_gap_mm, grid);
    const Mask closed = imaging::close(placed(both, box, grid), 0.5 * widest_gap_mm, 1);
    const double lowest_hill_mm = std::max(1.5, 0.3 * inscribed_radius_mm(closed));  // as in 9.3
    const bool is_one_hill = bounding_boxes(imaging::split_at_necks(closed, lowest_hill_mm, 1)).size() == 1;
    if (!is_one_hill || largest_slice_shape(closed).roundness <= roundest_apart) return std::nullopt;
    return Patch{.first = box.first, .mask = closed};
}

bool boxes_are_near(const Suspect& a, const Suspect& b, const Grid& grid)
{
    const VoxelBox wide = widened(box_of(a.region.patch), widest_gap_mm, grid);
    const VoxelBox other = box_of(b.region.patch);
    const auto meet =
        [](std::int32_t a_first, std::int32_t a_size, std::int32_t b_first, std::int32_t b_size) {
            return a_first < b_first + b_size && b_first < a_first + a_size;
        };
    return meet(wide.first.i, wide.size.i, other.first.i, other.size.i) &&
           meet(wide.first.j, wide.size.j, other.first.j, other.size.j) &&
           meet(wide.first.k, wide.size.k, other.first.k, other.size.k);
}

/// The lesion both are pieces of, as sure as the surer one.
std::optional<Suspect> joined(const Suspect& a, const Suspect& b, const Parenchyma& tissue)
{
    if (!boxes_are_near(a, b, tissue.grid)) return std::nullopt;
    std::optional<Patch> whole = bridged(a.region.patch, b.region.patch, tissue.grid);
    if (!whole) return std::nullopt;
    Candidate candidate{.spot = std::move(*whole), .radius_mm = 0.0};
    candidate.radius_mm = inscribed_radius_mm(candidate.spot.mask);
    std::optional<Region> region = region_of(candidate, tissue, to_detect);
    if (!region) return std::nullopt;
    const Features features = describe(*region, tissue);
    return Suspect{.candidate = std::move(candidate),
                   .region = std::move(*region),
                   .features = features,
                   .score = std::max({a.score, b.score, score_of(features)})};
}

/// Joins the first pair that belongs together; false when there is none.
bool join_one_pair(std::vector<Suspect>& suspects, const Parenchyma& tissue)
{
    for (std::size_t a = 0; a < suspects.size(); ++a)
        for (std::size_t b = a + 1; b < suspects.size(); ++b)
            if (std::optional<Suspect> whole = joined(suspects[a], suspects[b], tissue)) {
                suspects[a] = std::move(*whole);
                suspects.erase(suspects.begin() + static_cast<std::ptrdiff_t>(b));
                return true;
            }
    return false;
}

}  // namespace

std::vector<Suspect>
suspects_among(std::vector<Candidate> candidates, const Parenchyma& tissue, unsigned workers)
{
    std::vector<std::optional<Suspect>> judgements(candidates.size());
    for_each_index(
        candidates.size(), workers, [&](std::size_t n) { judgements[n] = judged(candidates[n], tissue); });
    std::vector<Suspect> suspects;
    for (std::optional<Suspect>& judgement : judgements)
        if (judgement) suspects.push_back(std::move(*judgement));
    return suspects;
}

std::vector<Suspect> best_apart(std::vector<Suspect> suspects, const Grid& grid)
{
    sort_best_first(suspects, grid);
    Mask taken{grid};
    std::vector<Suspect> best;
    for (Suspect& suspect : suspects) {
        if (taken_share(suspect.region.patch, taken) > most_overlap) continue;
        take(taken, suspect.region.patch);
        best.push_back(std::move(suspect));
    }
    return best;
}

std::vector<Suspect> pieces_joined(std::vector<Suspect> suspects, const Parenchyma& tissue)
{
    while (join_one_pair(suspects, tissue)) {
    }
    sort_best_first(suspects, tissue.grid);
    return suspects;
}

}  // namespace downstage::segmentation
