#include "align_bend.hpp"

#include "downstage/core/parallel.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace downstage::imaging {

namespace {

double weight_of(const Match& match)
{
    if (!match.structured) return 0.0;
    const double likeness = std::max(0.0, match.likeness);
    return likeness * likeness * likeness * likeness;
}

/// The weighted mean of the displacements around a place, axis by axis; `prior` is the weight of no
/// displacement.
VectorLps mean_around(const PointLps& place, const std::vector<Match>& matches, double sigma_mm, double prior)
{
    VectorLps sum;
    VectorLps weights{prior, prior, prior};
    for (const Match& match : matches) {
        const double away = distance_mm(place, match.centre) / sigma_mm;
        if (away > 3.0) continue;
        const VectorLps weight = (weight_of(match) * std::exp(-0.5 * away * away)) * match.sureness;
        sum = sum + VectorLps{weight.x_mm * match.further_mm.x_mm,
                              weight.y_mm * match.further_mm.y_mm,
                              weight.z_mm * match.further_mm.z_mm};
        weights = weights + weight;
    }
    return {sum.x_mm / weights.x_mm, sum.y_mm / weights.y_mm, sum.z_mm / weights.z_mm};
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

/// The solution of rows x d = right side, by Cramer's rule; the rows are those of a positive matrix.
VectorLps solved(const std::array<VectorLps, 3>& rows, const VectorLps& right)
{
    const VectorLps yz = cross(rows[1], rows[2]);
    const VectorLps zx = cross(rows[2], rows[0]);
    const VectorLps xy = cross(rows[0], rows[1]);
    const double volume = dot(rows[0], yz);
    return (1.0 / volume) * (right.x_mm * yz + right.y_mm * zx + right.z_mm * xy);
}

VectorLps motion_around(const PointLps& place, const std::vector<Pull>& pulls, double sigma_mm)
{
    constexpr double still = 0.01;        // per mm2, for no motion: a fifth of one structured block
    constexpr double still_share = 0.02;  // of what the pulls say, along what none of them tells
    constexpr double most_mm = 3.0;       // grey values say nothing of more
    std::array<VectorLps, 3> rows{};
    VectorLps right;
    for (const Pull& pull : pulls) {
        const double away = distance_mm(place, pull.centre) / sigma_mm;
        if (away > 3.0 || pull.likeness <= 0.0) continue;
        const double weight = pull.likeness * pull.likeness * std::exp(-0.5 * away * away);
        for (std::size_t n = 0; n < 3; ++n)
            rows.at(n) = rows.at(n) + weight * pull.tensor.at(n);
        right = right + weight * pull.pull;
    }
    const double prior = still + still_share * (rows[0].x_mm + rows[1].y_mm + rows[2].z_mm) / 3.0;
    rows[0].x_mm += prior;
    rows[1].y_mm += prior;
    rows[2].z_mm += prior;
    const VectorLps motion = solved(rows, right);
    const double length = length_mm(motion);
    return length > most_mm ? (most_mm / length) * motion : motion;
}

/// `motion_at` of every voxel's place.
template <typename MotionAt>
Image<VectorLps> filled(const Grid& grid, unsigned workers, const MotionAt& motion_at)
{
    Image<VectorLps> bend{grid};
    const auto row = static_cast<std::size_t>(grid.size.i);
    const auto slice = row * static_cast<std::size_t>(grid.size.j);
    for_each_index(bend.voxels().size(), workers, [&](std::size_t n) {
        const Index at{static_cast<std::int32_t>(n % row),
                       static_cast<std::int32_t>(n % slice / row),
                       static_cast<std::int32_t>(n / slice)};
        bend.voxels()[n] = motion_at(to_lps(grid, at));
    });
    return bend;
}

}  // namespace

Image<VectorLps>
smooth_bend(const Grid& grid, const std::vector<Match>& matches, double sigma_mm, unsigned workers)
{
    constexpr double prior = 0.05;  // of one block that fits perfectly, at the place itself
    const std::vector<Match> kept = agreeing(matches, 1.5 * sigma_mm);
    return filled(
        grid, workers, [&](const PointLps& place) { return mean_around(place, kept, sigma_mm, prior); });
}

Image<VectorLps>
pulled_bend(const Grid& grid, const std::vector<Pull>& pulls, double sigma_mm, unsigned workers)
{
    return filled(
        grid, workers, [&](const PointLps& place) { return motion_around(place, pulls, sigma_mm); });
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
