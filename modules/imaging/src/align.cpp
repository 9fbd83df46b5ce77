#include "downstage/imaging/align.hpp"

#include "downstage/core/parallel.hpp"
#include "downstage/core/text.hpp"
#include "downstage/imaging/morphology.hpp"
#include "downstage/imaging/resample.hpp"
#include "downstage/imaging/smooth.hpp"

#include "align_bend.hpp"
#include "align_blocks.hpp"
#include "align_rigid.hpp"

#include <algorithm>
#include <cmath>

namespace downstage::imaging {

namespace {

constexpr double coarse_mm = 3.0;
constexpr double around_mm = 12.0;  // of the organ: its border is what tells most

/// Soft tissue only: neither gas, which moves, nor bone, whose breathing differs from the liver's.
Field coarse(const Volume& image, unsigned workers)
{
    constexpr std::int16_t low_hu = -150;
    constexpr std::int16_t high_hu = 250;
    const SpacingMm& native = image.grid().spacing_mm;
    const auto spacing = [](double native_mm) { return std::max(coarse_mm, native_mm); };
    const auto sigma = [](double native_mm) { return native_mm < 2.0 ? 1.3 : 0.0; };
    const Volume shrunk = shrink(image,
                                 {.spacing_mm = {spacing(native.i), spacing(native.j), spacing(native.k)},
                                  .sigma_mm = {sigma(native.i), sigma(native.j), sigma(native.k)},
                                  .low = low_hu,
                                  .high = high_hu,
                                  .workers = workers});
    // Between voxels the images are read linearly; what is smooth over a voxel survives that.
    constexpr double smooth_mm = 2.5;
    return gaussian(shrunk, {smooth_mm, smooth_mm, smooth_mm}, workers);
}

struct Span {
    Index first;
    Size size;
};

/// The box of what is set; of no size when nothing is.
Span span_of(const Mask& mask)
{
    const Grid& grid = mask.grid();
    Index low{grid.size.i, grid.size.j, grid.size.k};
    Index high{-1, -1, -1};
    for (std::int32_t k = 0; k < grid.size.k; ++k)
        for (std::int32_t j = 0; j < grid.size.j; ++j)
            for (std::int32_t i = 0; i < grid.size.i; ++i) {
                if (mask[{i, j, k}] == 0) continue;
                low = {std::min(low.i, i), std::min(low.j, j), std::min(low.k, k)};
                high = {std::max(high.i, i), std::max(high.j, j), std::max(high.k, k)};
            }
    if (high.k < 0) return {};
    return {.first = low, .size = {high.i - low.i + 1, high.j - low.j + 1, high.k - low.k + 1}};
}

Field cropped(const Field& image, const Span& span)
{
    Grid grid = image.grid();
    grid.origin = to_lps(image.grid(), span.first);
    grid.size = span.size;
    Field part{grid};
    for (std::int32_t k = 0; k < grid.size.k; ++k)
        for (std::int32_t j = 0; j < grid.size.j; ++j)
            for (std::int32_t i = 0; i < grid.size.i; ++i)
                part[{i, j, k}] = image[{span.first.i + i, span.first.j + j, span.first.k + k}];
    return part;
}

/// Centres of blocks on a regular lattice, where the voxel takes part.
std::vector<PointLps> centres_in(const Mask& mask)
{
    constexpr double lattice_mm = 13.5;
    const Grid& grid = mask.grid();
    const auto every = [](double spacing_mm) {
        return std::max(1, static_cast<int>(std::lround(lattice_mm / spacing_mm)));
    };
    std::vector<PointLps> centres;
    for (std::int32_t k = 0; k < grid.size.k; k += every(grid.spacing_mm.k))
        for (std::int32_t j = 0; j < grid.size.j; j += every(grid.spacing_mm.j))
            for (std::int32_t i = 0; i < grid.size.i; i += every(grid.spacing_mm.i))
                if (mask[{i, j, k}] != 0) centres.push_back(to_lps(grid, Index{i, j, k}));
    return centres;
}

Pair prepared(const AlignInput& input, unsigned workers)
{
    const Field fixed = coarse(input.fixed, workers);
    Mask near = dilate(resample_nearest(input.where, fixed.grid()), around_mm, workers);
    if (input.ignored != nullptr) near = without(near, resample_nearest(*input.ignored, fixed.grid()));
    const Span span = span_of(near);
    Pair pair{.fixed = cropped(fixed, span),
              .moving = coarse(input.moving, workers),
              .taking_part = crop(near, span.first, span.size),
              .centres = {}};
    pair.centres = centres_in(pair.taking_part);
    return pair;
}

Mapping mapping_of(const Alignment& alignment)
{
    return [&alignment](const PointLps& place) { return moved(alignment, place); };
}

double least_sure(const Match& match)
{
    return std::min({match.sureness.x_mm, match.sureness.y_mm, match.sureness.z_mm});
}

std::vector<Pairing> pairings_of(const std::vector<Match>& matches)
{
    std::vector<Pairing> pairings;
    for (const Match& match : matches)
        if (match.structured && match.likeness > 0.0 && least_sure(match) > 0.0)
            pairings.push_back({.from = match.centre,
                                .to = match.thought_at + match.further_mm,
                                .weight = std::pow(match.likeness, 4) * least_sure(match)});
    return pairings;
}

constexpr std::size_t fewest_blocks = 12;

/// Blocks are searched for ever closer to where the last motion puts them.
void fit_rigid(Alignment& alignment, const Pair& pair, unsigned workers)
{
    alignment.rigid.shift_mm = best_shift(pair, workers);
    for (const Search& search : {Search{9.0, 3.0}, Search{6.0, 3.0}, Search{3.0, 1.5}, Search{3.0, 1.5}}) {
        const auto pairings = pairings_of(match_blocks(pair, mapping_of(alignment), search, workers));
        if (pairings.size() < fewest_blocks) return;
        alignment.rigid = fitted_to(pairings, alignment.rigid);
    }
}

Grid bend_grid(const Grid& fixed)
{
    constexpr double bend_mm = 6.0;
    return respaced(fixed, {bend_mm, bend_mm, bend_mm});
}

void add(Image<VectorLps>& bend, const Image<VectorLps>& more)
{
    for (std::size_t n = 0; n < more.voxels().size(); ++n)
        bend.voxels()[n] = bend.voxels()[n] + more.voxels()[n];
}

/// First from where blocks are found again, then ever finer from their grey values.
void fit_bend(Alignment& alignment, const Pair& original, unsigned workers)
{
    Pair pair = original;
    pair.fixed = toned(original, mapping_of(alignment));
    constexpr double first_sigma_mm = 16.0;
    alignment.bend_mm = Image<VectorLps>{bend_grid(pair.fixed.grid())};
    const Grid& grid = alignment.bend_mm.grid();
    const auto matches =
        match_blocks(pair, mapping_of(alignment), {.reach_mm = 8.0, .step_mm = 2.0}, workers);
    add(alignment.bend_mm, smooth_bend(grid, matches, first_sigma_mm, workers));
    for (const double sigma_mm : {16.0, 14.0, 12.0, 12.0, 10.0, 10.0}) {
        pair.fixed = toned(original, mapping_of(alignment));
        const auto pulls = pulls_on_blocks(pair, mapping_of(alignment), workers);
        add(alignment.bend_mm, pulled_bend(grid, pulls, sigma_mm, workers));
    }
}

double median_of(std::vector<double> values)
{
    if (values.empty()) return 0.0;
    std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2));
    return values[values.size() / 2];
}

double overlap_of(const AlignInput& input, const Alignment& alignment, unsigned workers)
{
    const Mask carried = carried_to(input.moving_where->grid(), input.where, alignment, workers);
    const auto both_count = static_cast<double>(count(both(carried, *input.moving_where)));
    const auto total = static_cast<double>(count(carried) + count(*input.moving_where));
    return total > 0.0 ? 2.0 * both_count / total : 0.0;
}

/// The two limits part pairs of one patient from pairs of two and from shifts that were not found
/// (docs/accuracy.md, alignment).
void judge(AlignmentQuality& quality)
{
    constexpr double least_likeness = 0.5;
    constexpr double most_disagreement_mm = 2.5;
    quality.good =
        quality.block_likeness >= least_likeness && quality.disagreement_mm <= most_disagreement_mm;
    quality.why = "blocks of the two images correlate by " + fixed(quality.block_likeness, 2) + " and lie " +
                  mm_text(quality.disagreement_mm) + " from where they fit best";
}

void check(Alignment& alignment, const Pair& pair, unsigned workers)
{
    const auto matches =
        match_blocks(pair, mapping_of(alignment), {.reach_mm = 4.0, .step_mm = 2.0}, workers);
    std::vector<double> likenesses;
    std::vector<double> distances_mm;
    for (const Match& match : matches) {
        if (!match.structured) continue;
        likenesses.push_back(match.likeness);
        distances_mm.push_back(length_mm(match.further_mm));
    }
    alignment.quality.block_likeness = median_of(std::move(likenesses));
    alignment.quality.disagreement_mm = median_of(std::move(distances_mm));
    alignment.quality.likeness_after = likeness(pair, mapping_of(alignment));
    judge(alignment.quality);
}

}  // namespace

Alignment align(const AlignInput& input, unsigned workers)
{
    Alignment alignment;
    alignment.quality.why = "nothing of the organ is in view";
    if (count(input.where) == 0) return alignment;
    const Pair pair = prepared(input, workers);
    if (pair.centres.size() < fewest_blocks) return alignment;
    alignment.quality.likeness_before = likeness(pair, mapping_of(alignment));
    fit_rigid(alignment, pair, workers);
    alignment.quality.likeness_rigid = likeness(pair, mapping_of(alignment));
    fit_bend(alignment, pair, workers);
    check(alignment, pair, workers);
    if (input.moving_where != nullptr) alignment.quality.overlap = overlap_of(input, alignment, workers);
    return alignment;
}

PointLps moved(const Alignment& alignment, const PointLps& fixed)
{
    return apply(alignment.rigid, fixed) + bend_at(alignment.bend_mm, fixed);
}

PointLps moved_back(const Alignment& alignment, const PointLps& moving)
{
    constexpr int most_rounds = 20;
    constexpr double near_enough_mm = 0.01;
    PointLps fixed = undo(alignment.rigid, moving);
    for (int round = 0; round < most_rounds; ++round) {
        const PointLps next = undo(alignment.rigid, moving + (-1.0 * bend_at(alignment.bend_mm, fixed)));
        const double step_mm = distance_mm(next, fixed);
        fixed = next;
        if (step_mm < near_enough_mm) break;
    }
    return fixed;
}

Volume brought_to(const Grid& fixed,
                  const Volume& moving,
                  const Alignment& alignment,
                  std::int16_t outside,
                  unsigned workers)
{
    const Field source{moving.grid(), std::vector<float>(moving.voxels().begin(), moving.voxels().end())};
    Volume result{fixed, outside};
    for_each_index(static_cast<std::size_t>(fixed.size.k), workers, [&](std::size_t slice) {
        const auto k = static_cast<std::int32_t>(slice);
        for (std::int32_t j = 0; j < fixed.size.j; ++j)
            for (std::int32_t i = 0; i < fixed.size.i; ++i) {
                const PointLps there = moved(alignment, to_lps(fixed, Index{i, j, k}));
                if (!contains(moving.grid(), nearest(to_voxel(moving.grid(), there)))) continue;
                result[{i, j, k}] = static_cast<std::int16_t>(std::lround(sample(source, there)));
            }
    });
    return result;
}

Mask carried_to(const Grid& moving, const Mask& fixed, const Alignment& alignment, unsigned workers)
{
    Mask result{moving};
    for_each_index(static_cast<std::size_t>(moving.size.k), workers, [&](std::size_t slice) {
        const auto k = static_cast<std::int32_t>(slice);
        for (std::int32_t j = 0; j < moving.size.j; ++j)
            for (std::int32_t i = 0; i < moving.size.i; ++i) {
                const PointLps place = moved_back(alignment, to_lps(moving, Index{i, j, k}));
                const Index at = nearest(to_voxel(fixed.grid(), place));
                if (contains(fixed.grid(), at)) result[{i, j, k}] = fixed[at];
            }
    });
    return result;
}

}  // namespace downstage::imaging
