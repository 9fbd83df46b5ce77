#include "section.hpp"

#include <algorithm>
#include <cmath>

namespace downstage::phantom {

namespace {

VectorLps unit(const VectorLps& a)
{
    return (1.0 / length_mm(a)) * a;
}

/// How far from a place of depth `a` to its neighbour of depth `b` the surface lies; 0..1.
double crossing_between(double a, double b)
{
    return a / (a - b);
}

/// Positive where the corner o, a, b turns to the left.
double turn(const Spot& o, const Spot& a, const Spot& b)
{
    return (a.u_mm - o.u_mm) * (b.v_mm - o.v_mm) - (a.v_mm - o.v_mm) * (b.u_mm - o.u_mm);
}

/// One half of a convex hull, of spots in order (Andrew's monotone chain, 1979).
void add_chain(const std::vector<Spot>& spots, std::vector<Spot>& corners)
{
    const std::size_t before = corners.size();
    for (const Spot& spot : spots) {
        while (corners.size() >= before + 2 && turn(corners[corners.size() - 2], corners.back(), spot) <= 0.0)
            corners.pop_back();
        corners.push_back(spot);
    }
    corners.pop_back();  // it begins the other half
}

}  // namespace

double distance_mm(const Spot& a, const Spot& b)
{
    return std::hypot(a.u_mm - b.u_mm, a.v_mm - b.v_mm);
}

Lattice lattice_about(const Ball& ball, const VectorLps& normal, std::int32_t count)
{
    const bool is_near_x = std::abs(normal.x_mm) > 0.9;
    const VectorLps u = unit(cross(normal, is_near_x ? VectorLps{0.0, 1.0, 0.0} : VectorLps{1.0, 0.0, 0.0}));
    const Axes axes{.i = u, .j = cross(normal, u), .k = normal};
    constexpr double room = 1.02;  // so that the surface lies within, not on the outermost places
    const double reach_mm = room * ball.radius_mm;
    return {.corner = ball.centre + (-reach_mm) * axes.i + (-reach_mm) * axes.j + (-reach_mm) * axes.k,
            .axes = axes,
            .step_mm = 2.0 * reach_mm / (count - 1),
            .count = count};
}

PointLps place_of(const Lattice& lattice, const Spot& spot, std::int32_t k)
{
    return lattice.corner + spot.u_mm * lattice.axes.i + spot.v_mm * lattice.axes.j +
           (k * lattice.step_mm) * lattice.axes.k;
}

Section section_of(const Lattice& lattice, const DepthAt& depth_at, std::int32_t k)
{
    Section section{.count = lattice.count, .step_mm = lattice.step_mm, .depths_mm = {}};
    section.depths_mm.reserve(static_cast<std::size_t>(lattice.count) *
                              static_cast<std::size_t>(lattice.count));
    for (std::int32_t v = 0; v < lattice.count; ++v)
        for (std::int32_t u = 0; u < lattice.count; ++u)
            section.depths_mm.push_back(
                depth_at(place_of(lattice, {u * lattice.step_mm, v * lattice.step_mm}, k)));
    return section;
}

Section section_of_distances(const Lattice& lattice, const DepthAt& depth_at, std::int32_t k)
{
    constexpr double sure = 0.7;  // of a depth: sampled ones change by up to a third more than the way
    const double step = lattice.step_mm;
    const auto count = static_cast<std::size_t>(lattice.count);
    Section section{.count = lattice.count, .step_mm = step, .depths_mm = std::vector<double>(count * count)};
    for (std::int32_t v = 0; v < lattice.count; ++v)
        for (std::int32_t u = 0; u < lattice.count;) {
            const double depth = depth_at(place_of(lattice, {u * step, v * step}, k));
            const auto skipped = static_cast<std::int32_t>(sure * std::abs(depth) / step) - 1;
            const std::int32_t next = std::min(u + std::max(skipped, 0) + 1, lattice.count);
            const std::size_t row = static_cast<std::size_t>(v) * count;
            section.depths_mm[row + static_cast<std::size_t>(u)] = depth;
            std::fill(section.depths_mm.begin() + static_cast<std::ptrdiff_t>(row) + u + 1,
                      section.depths_mm.begin() + static_cast<std::ptrdiff_t>(row) + next,
                      std::copysign(step, depth));
            u = next;
        }
    return section;
}

std::vector<Spot> contour(const Section& section)
{
    std::vector<Spot> spots;
    const double step = section.step_mm;
    for (std::int32_t v = 0; v < section.count; ++v)
        for (std::int32_t u = 0; u < section.count; ++u) {
            const double here = section.at(u, v);
            if (u + 1 < section.count && (here > 0.0) != (section.at(u + 1, v) > 0.0))
                spots.push_back({(u + crossing_between(here, section.at(u + 1, v))) * step, v * step});
            if (v + 1 < section.count && (here > 0.0) != (section.at(u, v + 1) > 0.0))
                spots.push_back({u * step, (v + crossing_between(here, section.at(u, v + 1))) * step});
        }
    return spots;
}

std::vector<Spot> hull(std::vector<Spot> spots)
{
    if (spots.size() < 3) return spots;
    const auto place = [](const Spot& spot) { return std::pair{spot.u_mm, spot.v_mm}; };
    std::ranges::sort(spots, {}, place);
    std::vector<Spot> corners;
    add_chain(spots, corners);
    std::ranges::reverse(spots);
    add_chain(spots, corners);
    return corners;
}

double area_mm2(const Section& section)
{
    double places = 0.0;
    for (const double depth : section.depths_mm)
        places += std::clamp(depth / section.step_mm + 0.5, 0.0, 1.0);
    return places * section.step_mm * section.step_mm;
}

}  // namespace downstage::phantom
