#include "downstage/phantom/site.hpp"

#include "downstage/phantom/noise.hpp"

#include "section.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

namespace downstage::phantom {

namespace {

/// The places of a coarse lattice that lie in the body, or up to `margin_mm` outside.
std::vector<PointLps> places_in(const Body& body, double margin_mm)
{
    constexpr std::int32_t across = 15;  // about 1700 places in a ball: shares are good to 0.01
    Ball ball = around(body);
    ball.radius_mm += margin_mm;
    const Lattice lattice = lattice_about(ball, {0.0, 0.0, 1.0}, across);
    std::vector<PointLps> places;
    for (std::int32_t k = 0; k < across; ++k)
        for (std::int32_t v = 0; v < across; ++v)
            for (std::int32_t u = 0; u < across; ++u) {
                const PointLps place = place_of(lattice, {u * lattice.step_mm, v * lattice.step_mm}, k);
                if (depth_mm(body, place) > -margin_mm) places.push_back(place);
            }
    return places;
}

bool is_free(const std::vector<PointLps>& places,
             const VectorLps& shift,
             std::span<const Body> there_already,
             double gap_mm)
{
    return std::ranges::all_of(there_already, [&](const Body& other) {
        return std::ranges::all_of(
            places, [&](const PointLps& place) { return depth_mm(other, place + shift) < -gap_mm; });
    });
}

/// Stops counting when too many lie outside.
bool lies_well(const std::vector<PointLps>& places,
               const VectorLps& shift,
               const Region& region,
               const SiteRules& rules)
{
    const auto count = static_cast<double>(places.size());
    const double most_outside = (1.0 - rules.smallest_share) * count;
    double outside = 0.0;
    for (const PointLps& place : places) {
        if (!region.holds(place + shift)) outside += 1.0;
        if (outside > most_outside) return false;
    }
    return outside >= (1.0 - rules.largest_share) * count;
}

PointLps any_place(const Region& region, const NoiseStream& random, std::uint64_t n)
{
    const VectorLps across = region.high - region.low;
    return {region.low.x_mm + even_noise(random, 3 * n) * across.x_mm,
            region.low.y_mm + even_noise(random, 3 * n + 1) * across.y_mm,
            region.low.z_mm + even_noise(random, 3 * n + 2) * across.z_mm};
}

}  // namespace

Region region_of(const Mask& mask)
{
    constexpr double far = std::numeric_limits<double>::infinity();
    const Grid& grid = mask.grid();
    Region region{.low = {far, far, far}, .high = {-far, -far, -far}, .holds = {}};
    for (std::int32_t k = 0; k < grid.size.k; ++k)
        for (std::int32_t j = 0; j < grid.size.j; ++j)
            for (std::int32_t i = 0; i < grid.size.i; ++i) {
                if (mask[{i, j, k}] == 0) continue;
                const PointLps at = to_lps(grid, Index{i, j, k});
                region.low = {std::min(region.low.x_mm, at.x_mm),
                              std::min(region.low.y_mm, at.y_mm),
                              std::min(region.low.z_mm, at.z_mm)};
                region.high = {std::max(region.high.x_mm, at.x_mm),
                               std::max(region.high.y_mm, at.y_mm),
                               std::max(region.high.z_mm, at.z_mm)};
            }
    region.holds = [&mask](const PointLps& place) {
        const Index voxel = nearest(to_voxel(mask.grid(), place));
        return contains(mask.grid(), voxel) && mask[voxel] != 0;
    };
    return region;
}

std::optional<VectorLps> find_site(const Body& body,
                                   const Region& region,
                                   std::span<const Body> there_already,
                                   const SiteRules& rules,
                                   std::uint64_t seed)
{
    constexpr std::uint64_t tries = 2000;
    const std::vector<PointLps> places = places_in(body, rules.margin_mm);
    const PointLps centre = around(body).centre;
    const NoiseStream random{seed, site_stream};
    for (std::uint64_t n = 0; n < tries; ++n) {
        const PointLps place = any_place(region, random, n);
        if (!region.holds(place) && rules.smallest_share >= 0.5) continue;
        const VectorLps shift = place - centre;
        if (lies_well(places, shift, region, rules) && is_free(places, shift, there_already, rules.gap_mm))
            return shift;
    }
    return std::nullopt;
}

std::optional<VectorLps> find_site_beside(const Body& body,
                                          const Region& region,
                                          std::span<const Body> there_already,
                                          std::uint64_t seed)
{
    constexpr std::uint64_t tries = 500;
    constexpr double overlap_mm = 0.3;
    constexpr SiteRules rules{.smallest_share = 0.9};
    const std::vector<PointLps> places = places_in(body, 0.0);
    const Ball own = around(body);
    const Ball beside = around(there_already.back());
    const NoiseStream random{seed, site_stream};
    for (std::uint64_t n = 0; n < tries; ++n) {
        const double up = 2.0 * even_noise(random, 2 * n) - 1.0;
        const double turn_rad = 2.0 * std::numbers::pi * even_noise(random, 2 * n + 1);
        const double flat = std::sqrt(1.0 - up * up);
        const VectorLps direction{flat * std::cos(turn_rad), flat * std::sin(turn_rad), up};
        // From where both balls touch inwards, until the bodies do.
        double away_mm = own.radius_mm + beside.radius_mm;
        const auto shift = [&] { return (beside.centre - own.centre) + away_mm * direction; };
        const std::span<const Body> last = there_already.last(1);
        while (away_mm > 0.0 && is_free(places, shift(), last, -overlap_mm))
            away_mm -= overlap_mm;
        away_mm += overlap_mm;
        if (lies_well(places, shift(), region, rules) &&
            is_free(places, shift(), there_already.first(there_already.size() - 1), 0.0))
            return shift();
    }
    return std::nullopt;
}

}  // namespace downstage::phantom
