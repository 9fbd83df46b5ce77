#include "downstage/phantom/body_truth.hpp"

#include "downstage/core/units.hpp"

#include "section.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace downstage::phantom {

namespace {

/// A straight line between two places of one section.
struct Chord {
    Spot from, to;
    double length_mm{};
    std::int32_t section{};
};

Chord longest_between(const std::vector<Spot>& corners, std::int32_t section)
{
    Chord longest{.from = {}, .to = {}, .section = section};
    for (std::size_t a = 0; a < corners.size(); ++a)
        for (std::size_t b = a + 1; b < corners.size(); ++b)
            if (const double mm = distance_mm(corners[a], corners[b]); mm > longest.length_mm)
                longest = {corners[a], corners[b], mm, section};
    return longest;
}

/// First and last surface along the line at right angles to the chord, through the place at `along_mm`.
double width_at(const Lattice& lattice, const DepthAt& depth_at, const Chord& chord, double along_mm)
{
    const double cosine = (chord.to.u_mm - chord.from.u_mm) / chord.length_mm;
    const double sine = (chord.to.v_mm - chord.from.v_mm) / chord.length_mm;
    const double step = lattice.step_mm;
    const std::int32_t reach = lattice.count;
    double first = std::numeric_limits<double>::infinity();
    double last = -first;
    double before = -1.0;
    for (std::int32_t n = -reach; n <= reach; ++n) {
        const double across_mm = n * step;
        const Spot spot{chord.from.u_mm + along_mm * cosine - across_mm * sine,
                        chord.from.v_mm + along_mm * sine + across_mm * cosine};
        const double here = depth_at(place_of(lattice, spot, chord.section));
        if (n > -reach && (here > 0.0) != (before > 0.0)) {
            const double at_mm = across_mm - step * here / (here - before);
            first = std::min(first, at_mm);
            last = std::max(last, at_mm);
        }
        before = here;
    }
    return std::max(last - first, 0.0);
}

double longest_across(const Lattice& lattice, const DepthAt& depth_at, const Chord& chord)
{
    double longest_mm = 0.0;
    const auto steps = static_cast<int>(chord.length_mm / lattice.step_mm);
    for (int n = 0; n <= steps; ++n)
        longest_mm = std::max(longest_mm, width_at(lattice, depth_at, chord, n * lattice.step_mm));
    return longest_mm;
}

double longest_in_space(const Lattice& lattice, const std::vector<std::vector<Spot>>& corners)
{
    std::vector<PointLps> places;
    for (std::int32_t k = 0; k < lattice.count; ++k)
        for (const Spot& spot : corners[static_cast<std::size_t>(k)])
            places.push_back(place_of(lattice, spot, k));
    double longest_mm2 = 0.0;
    for (std::size_t a = 0; a < places.size(); ++a)
        for (std::size_t b = a + 1; b < places.size(); ++b) {
            const VectorLps chord = places[a] - places[b];
            longest_mm2 = std::max(longest_mm2, dot(chord, chord));
        }
    return std::sqrt(longest_mm2);
}

ShapeTruth measured(const Body& body, const VectorLps& slice_normal)
{
    constexpr std::int32_t places_across = 121;
    const Lattice lattice = lattice_about(around(body), slice_normal, places_across);
    const DepthAt depth_at = [&body](const PointLps& place) { return depth_mm(body, place); };
    std::vector<std::vector<Spot>> corners;
    Chord longest;
    double volume_mm3 = 0.0;
    for (std::int32_t k = 0; k < lattice.count; ++k) {
        const Section section = section_of_distances(lattice, depth_at, k);
        corners.push_back(hull(contour(section)));
        volume_mm3 += area_mm2(section) * lattice.step_mm;
        if (const Chord chord = longest_between(corners.back(), k); chord.length_mm > longest.length_mm)
            longest = chord;
    }
    return {.long_axis_mm = longest.length_mm,
            .short_axis_mm = longest.length_mm > 0.0 ? longest_across(lattice, depth_at, longest) : 0.0,
            .max_3d_mm = longest_in_space(lattice, corners),
            .volume_ml = ml_of_mm3(volume_mm3)};
}

/// Half a step into the outside is allowed: both ends lie on the surface.
bool stays_inside(const Lattice& lattice, const DepthAt& depth_at, const Chord& chord)
{
    const auto parts = std::max(2, static_cast<int>(std::ceil(chord.length_mm / lattice.step_mm)));
    for (int n = 1; n < parts; ++n) {
        const double share = static_cast<double>(n) / parts;
        const Spot spot{chord.from.u_mm + share * (chord.to.u_mm - chord.from.u_mm),
                        chord.from.v_mm + share * (chord.to.v_mm - chord.from.v_mm)};
        if (depth_at(place_of(lattice, spot, chord.section)) < -0.5 * lattice.step_mm) return false;
    }
    return true;
}

/// The longest chord of one section that is longer than `than_mm` and leaves the inside nowhere.
double longest_inside(const Lattice& lattice, const DepthAt& depth_at, const Section& section, Chord best)
{
    const std::vector<Spot> spots = contour(section);
    for (std::size_t a = 0; a < spots.size(); ++a)
        for (std::size_t b = a + 1; b < spots.size(); ++b) {
            const Chord chord{spots[a], spots[b], distance_mm(spots[a], spots[b]), best.section};
            if (chord.length_mm > best.length_mm && stays_inside(lattice, depth_at, chord)) best = chord;
        }
    return best.length_mm;
}

}  // namespace

ShapeTruth truth_of(const Body& body, const VectorLps& slice_normal)
{
    std::optional<ShapeTruth> by_formula;
    if (const auto* ellipsoid = std::get_if<Ellipsoid>(&body))
        by_formula = truth_of(Shape{*ellipsoid}, slice_normal);
    if (const auto* cylinder = std::get_if<CappedCylinder>(&body))
        by_formula = truth_of(Shape{*cylinder}, slice_normal);
    return by_formula ? *by_formula : measured(body, slice_normal);
}

ViableTruth viable_truth(const Ball& around, const DepthAt& depth_at, const VectorLps& slice_normal)
{
    constexpr std::int32_t places_across = 61;
    const Lattice lattice = lattice_about(around, slice_normal, places_across);
    ViableTruth truth;
    double volume_mm3 = 0.0;
    for (std::int32_t k = 0; k < lattice.count; ++k) {
        const Section section = section_of(lattice, depth_at, k);
        volume_mm3 += area_mm2(section) * lattice.step_mm;
        truth.long_axis_mm =
            longest_inside(lattice,
                           depth_at,
                           section,
                           {.from = {}, .to = {}, .length_mm = truth.long_axis_mm, .section = k});
    }
    truth.volume_ml = ml_of_mm3(volume_mm3);
    return truth;
}

}  // namespace downstage::phantom
