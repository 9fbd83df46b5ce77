#include "align_bend.hpp"

#include "downstage/core/parallel.hpp"

#include <algorithm>
#include <cmath>

namespace downstage::imaging {

namespace {

double weight_of(const Match& match)
{
    if (!match.structured) return 0.0;
    const double likeness = std::max(0.0, match.likeness);
    return likeness * likeness * likeness * likeness;
}

/// The weighted mean of the displacements around a place; `prior` is the weight of no displacement.
VectorLps mean_around(const PointLps& place, const std::vector<Match>& matches, double sigma_mm, double prior)
{
    VectorLps sum;
    double weights = prior;
    for (const Match& match : matches) {
        const double away = distance_mm(place, match.centre) / sigma_mm;
        if (away > 3.0) continue;
        const double weight = weight_of(match) * std::exp(-0.5 * away * away);
        sum = sum + weight * match.further_mm;
        weights += weight;
    }
    return weights > 0.0 ? (1.0 / weights) * sum : VectorLps{};
}

/// A block that moves otherwise than its neighbours has found something else that looks like it.
std::vector<Match> agreeing(const std::vector<Match>& matches, double sigma_mm)
{
    constexpr double most_mm = 4.0;
    constexpr double no_prior = 1e-9;
    std::vector<Match> kept;
    for (const Match& match : matches) {
        const VectorLps around = mean_around(match.centre, matches, sigma_mm, no_prior);
        if (length_mm(match.further_mm + (-1.0 * around)) <= most_mm) kept.push_back(match);
    }
    return kept;
}

}  // namespace

Image<VectorLps>
smooth_bend(const Grid& grid, const std::vector<Match>& matches, double sigma_mm, unsigned workers)
{
    constexpr double prior = 0.1;  // of one block that fits perfectly, at the place itself
    const std::vector<Match> kept = agreeing(matches, 1.5 * sigma_mm);
    Image<VectorLps> bend{grid};
    const auto row = static_cast<std::size_t>(grid.size.i);
    const auto slice = row * static_cast<std::size_t>(grid.size.j);
    for_each_index(bend.voxels().size(), workers, [&](std::size_t n) {
        const Index at{static_cast<std::int32_t>(n % row),
                       static_cast<std::int32_t>(n % slice / row),
                       static_cast<std::int32_t>(n / slice)};
        bend.voxels()[n] = mean_around(to_lps(grid, at), kept, sigma_mm, prior);
    });
    return bend;
}

VectorLps bend_at(const Image<VectorLps>& bend_mm, const PointLps& place)
{
    const Grid& grid = bend_mm.grid();
    if (voxel_count(grid) == 0) return {};
    const VoxelPlace at = to_voxel(grid, place);
    const Index low{static_cast<std::int32_t>(std::floor(at.i)),
                    static_cast<std::int32_t>(std::floor(at.j)),
                    static_cast<std::int32_t>(std::floor(at.k))};
    VectorLps sum;
    for (int corner = 0; corner < 8; ++corner) {
        const Index voxel{low.i + (corner & 1), low.j + (corner >> 1 & 1), low.k + (corner >> 2 & 1)};
        if (!contains(grid, voxel)) continue;
        const double weight = (1.0 - std::abs(at.i - voxel.i)) * (1.0 - std::abs(at.j - voxel.j)) *
                              (1.0 - std::abs(at.k - voxel.k));
        sum = sum + weight * bend_mm[voxel];
    }
    return sum;
}

}  // namespace downstage::imaging
