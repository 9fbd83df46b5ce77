#include "downstage/measurement/diameter.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

namespace downstage::measurement {

namespace {

/// A point of one slice in millimetres along the grid's two axes; the axes are orthogonal unit vectors, so
/// distances are those in the patient.
struct Flat {
    double x_mm{}, y_mm{};
};

Flat operator-(const Flat& a, const Flat& b)
{
    return {a.x_mm - b.x_mm, a.y_mm - b.y_mm};
}

double dot(const Flat& a, const Flat& b)
{
    return a.x_mm * b.x_mm + a.y_mm * b.y_mm;
}

/// Twice the area that b sweeps from a, positive counter-clockwise.
double turn(const Flat& a, const Flat& b)
{
    return a.x_mm * b.y_mm - a.y_mm * b.x_mm;
}

/// One chain of the hull: drops every point that does not turn left.
void extend_chain(std::vector<Flat>& hull, std::size_t chain_start, const Flat& point)
{
    while (hull.size() >= chain_start + 2 &&
           turn(hull.back() - hull[hull.size() - 2], point - hull.back()) <= 0.0)
        hull.pop_back();
    hull.push_back(point);
}

/// Counter-clockwise convex hull without repeated points (Andrew's monotone chain, 1979).
std::vector<Flat> convex_hull(std::vector<Flat> points)
{
    std::ranges::sort(points, [](const Flat& a, const Flat& b) {
        return std::pair{a.x_mm, a.y_mm} < std::pair{b.x_mm, b.y_mm};
    });
    std::vector<Flat> hull;
    for (const Flat& point : points)
        extend_chain(hull, 0, point);
    const std::size_t upper_start = hull.size() - 1;
    for (std::size_t n = points.size() - 1; n-- > 0;)
        extend_chain(hull, upper_start, points[n]);
    if (hull.size() > 1) hull.pop_back();
    return hull;
}

using FlatChord = std::pair<Flat, Flat>;

double squared_length(const FlatChord& chord)
{
    return dot(chord.second - chord.first, chord.second - chord.first);
}

/// Rotating calipers: for each edge the vertex furthest from it only ever moves forward.
FlatChord hull_diameter(const std::vector<Flat>& hull)
{
    FlatChord best{hull.front(), hull.back()};
    const auto offer = [&best](const Flat& a, const Flat& b) {
        if (squared_length({a, b}) > squared_length(best)) best = {a, b};
    };
    const std::size_t count = hull.size();
    std::size_t far = 1;
    for (std::size_t n = 0; n < count; ++n) {
        const Flat edge = hull[(n + 1) % count] - hull[n];
        while (turn(edge, hull[(far + 1) % count] - hull[far]) > 0.0)
            far = (far + 1) % count;
        offer(hull[n], hull[far]);
        offer(hull[(n + 1) % count], hull[far]);
    }
    return best;
}

/// Where the line through `on` at a right angle to `along` meets the hull's edge a-b; empty when it does not.
std::optional<Flat> meeting(const Flat& on, const Flat& along, const Flat& a, const Flat& b)
{
    const double before = dot(a - on, along);
    const double after = dot(b - on, along);
    if ((before < 0.0) == (after < 0.0) && before != 0.0 && after != 0.0) return std::nullopt;
    if (before == after) return a;
    const double share = before / (before - after);
    return Flat{a.x_mm + share * (b.x_mm - a.x_mm), a.y_mm + share * (b.y_mm - a.y_mm)};
}

/// The chord of the hull through `vertex` at a right angle to `along`: the furthest meeting with any edge.
FlatChord chord_through(const Flat& vertex, const Flat& along, const std::vector<Flat>& hull)
{
    FlatChord best{vertex, vertex};
    for (std::size_t n = 0; n < hull.size(); ++n)
        if (const auto end = meeting(vertex, along, hull[n], hull[(n + 1) % hull.size()]))
            if (squared_length({vertex, *end}) > squared_length(best)) best.second = *end;
    return best;
}

/// The width of a convex figure across `along` changes linearly between vertices, so the widest chord passes
/// through one of them.
FlatChord widest_across(const std::vector<Flat>& hull, const Flat& along)
{
    FlatChord widest{hull.front(), hull.front()};
    for (const Flat& vertex : hull) {
        const FlatChord chord = chord_through(vertex, along, hull);
        if (squared_length(chord) > squared_length(widest)) widest = chord;
    }
    return widest;
}

Chord chord_between(const PointLps& a, const PointLps& b)
{
    return {.ends = {a, b}, .length_mm = distance_mm(a, b)};
}

/// Directions over half a ball, evenly spread (Fibonacci lattice); the other half is their opposites.
std::vector<VectorLps> half_ball_directions(int count)
{
    std::vector<VectorLps> directions;
    directions.reserve(static_cast<std::size_t>(count));
    for (int n = 0; n < count; ++n) {
        const double height = (n + 0.5) / count;
        const double across = std::sqrt(1.0 - height * height);
        const double angle = 2.0 * std::numbers::pi * n * std::numbers::phi;
        directions.push_back({across * std::cos(angle), across * std::sin(angle), height});
    }
    return directions;
}

std::size_t furthest_from(const PointLps& point, std::span<const PointLps> points)
{
    const auto away = [&point](const PointLps& other) { return dot(other - point, other - point); };
    return static_cast<std::size_t>(std::ranges::max_element(points, {}, away) - points.begin());
}

/// Walks to the furthest point and back until neither end can be bettered.
Chord climb(Chord chord, std::span<const PointLps> points)
{
    while (true) {
        const PointLps& there = points[furthest_from(chord.ends[0], points)];
        const PointLps& back = points[furthest_from(there, points)];
        const Chord next = chord_between(back, there);
        if (next.length_mm <= chord.length_mm) return chord;
        chord = next;
    }
}

Chord widest_along(const VectorLps& direction, std::span<const PointLps> points)
{
    const auto height = [&direction](const PointLps& point) {
        return direction.x_mm * point.x_mm + direction.y_mm * point.y_mm + direction.z_mm * point.z_mm;
    };
    std::size_t lowest = 0;
    std::size_t highest = 0;
    double low = height(points[0]);
    double high = low;
    for (std::size_t n = 1; n < points.size(); ++n) {
        const double here = height(points[n]);
        if (here < low) {
            low = here;
            lowest = n;
        }
        if (here > high) {
            high = here;
            highest = n;
        }
    }
    return chord_between(points[lowest], points[highest]);
}

}  // namespace

std::optional<SectionAxes> axes_of_section(const Grid& grid, std::span<const VoxelPlace> points)
{
    if (points.size() < 2) return std::nullopt;
    std::vector<Flat> flat;
    flat.reserve(points.size());
    for (const VoxelPlace& point : points)
        flat.push_back({point.i * grid.spacing_mm.i, point.j * grid.spacing_mm.j});
    const std::vector<Flat> hull = convex_hull(std::move(flat));
    const FlatChord longest = hull_diameter(hull);
    const FlatChord across = widest_across(hull, longest.second - longest.first);

    const auto in_patient = [&grid, k = points.front().k](const FlatChord& chord) {
        const auto place = [&](const Flat& point) {
            return to_lps(grid,
                          VoxelPlace{point.x_mm / grid.spacing_mm.i, point.y_mm / grid.spacing_mm.j, k});
        };
        return chord_between(place(chord.first), place(chord.second));
    };
    return SectionAxes{.long_axis = in_patient(longest), .short_axis = in_patient(across)};
}

std::optional<Chord> longest_chord(const Grid& grid, std::span<const VoxelPlace> points)
{
    if (points.size() < 2) return std::nullopt;
    std::vector<PointLps> places;
    places.reserve(points.size());
    for (const VoxelPlace& point : points)
        places.push_back(to_lps(grid, point));

    std::vector<Chord> candidates;
    for (const VectorLps& direction : half_ball_directions(150))
        candidates.push_back(widest_along(direction, places));
    std::ranges::stable_sort(candidates, std::ranges::greater{}, &Chord::length_mm);

    Chord best = candidates.front();
    for (std::size_t n = 0; n < 5; ++n) {
        const Chord climbed = climb(candidates[n], places);
        if (climbed.length_mm > best.length_mm) best = climbed;
    }
    return best;
}

}  // namespace downstage::measurement
