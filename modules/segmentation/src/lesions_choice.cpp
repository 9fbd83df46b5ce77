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

/// What speaks for it, whatever it was refused for.
Suspect described(const Candidate& candidate, Region region, const Hearing& hearing)
{
    const Features features = describe(region, hearing.tissue);
    Evidence evidence{.score = score_of(features), .opinion = std::nullopt, .source = Source::dark};
    // The network was taught that cysts are background, so it is not asked about fluid.
    if (hearing.probability != nullptr && !is_fluid(features, hearing.tissue.grain_hu))
        evidence.opinion = opinion_on(region.patch, *hearing.probability);
    return {.candidate = candidate, .region = std::move(region), .features = features, .evidence = evidence};
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
        order.push_back({{-suspect.evidence.score, -suspect.features.volume_ml, first_voxel(suspect, grid)},
                         order.size()});
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
std::optional<Suspect> joined(const Suspect& a, const Suspect& b, const Hearing& hearing)
{
    const Grid& grid = hearing.tissue.grid;
    if (!boxes_are_near(a, b, grid)) return std::nullopt;
    std::optional<Patch> whole = bridged(a.region.patch, b.region.patch, grid);
    if (!whole) return std::nullopt;
    Candidate candidate{.spot = std::move(*whole), .radius_mm = 0.0};
    candidate.radius_mm = inscribed_radius_mm(candidate.spot.mask);
    std::optional<Region> region = region_of(candidate, hearing.tissue, to_detect);
    if (!region) return std::nullopt;
    Suspect suspect = described(candidate, std::move(*region), hearing);
    suspect.evidence.score = std::max({a.evidence.score, b.evidence.score, suspect.evidence.score});
    return suspect;
}

/// Joins the first pair that belongs together; false when there is none.
bool join_one_pair(std::vector<Suspect>& suspects, const Hearing& hearing)
{
    for (std::size_t a = 0; a < suspects.size(); ++a)
        for (std::size_t b = a + 1; b < suspects.size(); ++b)
            if (std::optional<Suspect> whole = joined(suspects[a], suspects[b], hearing)) {
                suspects[a] = std::move(*whole);
                suspects.erase(suspects.begin() + static_cast<std::ptrdiff_t>(b));
                return true;
            }
    return false;
}

}  // namespace

std::optional<Suspect> suspect_of(const Candidate& candidate, const Hearing& hearing)
{
    std::optional<Region> region = region_of(candidate, hearing.tissue, to_detect);
    if (!region) return std::nullopt;
    Suspect suspect = described(candidate, std::move(*region), hearing);
    if (rejection_of(suspect.features, hearing.tissue.grain_hu)) return std::nullopt;
    const bool is_likely =
        !is_ruled_out(suspect.evidence) && chance_of(suspect.evidence) >= possible_from_chance;
    return is_likely ? std::optional{std::move(suspect)} : std::nullopt;
}

std::vector<Suspect> suspects_among(const std::vector<Candidate>& candidates, const Hearing& hearing)
{
    std::vector<std::optional<Suspect>> heard(candidates.size());
    for_each_index(candidates.size(), hearing.workers, [&](std::size_t n) {
        heard[n] = suspect_of(candidates[n], hearing);
    });
    std::vector<Suspect> suspects;
    for (std::optional<Suspect>& suspect : heard)
        if (suspect) suspects.push_back(std::move(*suspect));
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

std::vector<Suspect> pieces_joined(std::vector<Suspect> suspects, const Hearing& hearing)
{
    while (join_one_pair(suspects, hearing)) {
    }
    sort_best_first(suspects, hearing.tissue.grid);
    return suspects;
}

}  // namespace downstage::segmentation
