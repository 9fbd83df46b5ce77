#include "crossing.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace downstage::phantom {

namespace {

constexpr double far = std::numeric_limits<double>::infinity();
constexpr Stretch nowhere{far, -far};
constexpr Stretch everywhere{-far, far};

bool is_empty(const Stretch& stretch)
{
    return stretch.to < stretch.from;
}

Stretch both(const Stretch& a, const Stretch& b)
{
    return {std::max(a.from, b.from), std::min(a.to, b.to)};
}

/// From the start of the first to the end of the last; for stretches that touch or overlap.
Stretch joined(const Stretch& a, const Stretch& b)
{
    if (is_empty(a)) return b;
    if (is_empty(b)) return a;
    return {std::min(a.from, b.from), std::max(a.to, b.to)};
}

/// Where |p + t s|^2 <= 1.
Stretch within_unit(const VectorLps& p, const VectorLps& s)
{
    const double a = dot(s, s);
    const double b = dot(p, s);
    const double c = dot(p, p) - 1.0;
    if (a == 0.0) return c <= 0.0 ? everywhere : nowhere;
    const double discriminant = b * b - a * c;
    if (discriminant < 0.0) return nowhere;
    const double root = std::sqrt(discriminant);
    return {(-b - root) / a, (-b + root) / a};
}

/// Where |p + t s| <= 1, for numbers.
Stretch within_unit(double p, double s)
{
    return within_unit(VectorLps{p, 0.0, 0.0}, VectorLps{s, 0.0, 0.0});
}

/// A line in the coordinates of a body: along its axes, in units of its half axes, from its centre.
Line in_body(const Line& line, const PointLps& centre, const Axes& axes, const SpacingMm& half_axes_mm)
{
    const VectorLps from_centre = line.start - centre;
    const auto coordinates = [&](const VectorLps& v) {
        return VectorLps{dot(v, axes.i) / half_axes_mm.i,
                         dot(v, axes.j) / half_axes_mm.j,
                         dot(v, axes.k) / half_axes_mm.k};
    };
    const VectorLps start = coordinates(from_centre);
    return {{start.x_mm, start.y_mm, start.z_mm}, coordinates(line.step)};
}

Stretch within_cylinder(const Line& line)
{
    const Stretch between_ends = within_unit(line.start.z_mm, line.step.z_mm);
    const Stretch within_wall = within_unit(VectorLps{line.start.x_mm, line.start.y_mm, 0.0},
                                            VectorLps{line.step.x_mm, line.step.y_mm, 0.0});
    return both(between_ends, within_wall);
}

Stretch within_ball(const Line& line, const PointLps& centre, double radius_mm)
{
    return within_unit((1.0 / radius_mm) * (line.start - centre), (1.0 / radius_mm) * line.step);
}

std::array<Stretch, 2> crossing_of(const Ellipsoid& body, const Line& line)
{
    const Line in = in_body(line, body.centre, body.axes, body.half_axes_mm);
    return {within_unit(in.start - PointLps{}, in.step), nowhere};
}

std::array<Stretch, 2> crossing_of(const EllipticCylinder& body, const Line& line)
{
    return {within_cylinder(in_body(line, body.centre, body.axes, body.half_axes_mm)), nowhere};
}

std::array<Stretch, 2> crossing_of(const CappedCylinder& body, const Line& line)
{
    const VectorLps reach = body.half_length_mm * body.direction;
    Stretch inside = joined(within_ball(line, body.centre + reach, body.radius_mm),
                            within_ball(line, body.centre + (-1.0) * reach, body.radius_mm));
    if (body.half_length_mm > 0.0) {
        const VectorLps from_centre = line.start - body.centre;
        const auto beside = [&](const VectorLps& v) {
            return (1.0 / body.radius_mm) * (v + (-dot(v, body.direction)) * body.direction);
        };
        const Stretch wall = within_unit(beside(from_centre), beside(line.step));
        const Stretch between_ends = within_unit(dot(from_centre, body.direction) / body.half_length_mm,
                                                 dot(line.step, body.direction) / body.half_length_mm);
        inside = joined(inside, both(wall, between_ends));
    }
    return {inside, nowhere};
}

std::array<Stretch, 2> crossing_of(const Band& body, const Line& line)
{
    const SpacingMm outer{body.half_axis_i_mm, body.half_axis_j_mm, body.half_height_mm};
    const SpacingMm inner{outer.i - body.thickness_mm, outer.j - body.thickness_mm, outer.k};
    const Stretch filled = within_cylinder(in_body(line, body.centre, body.axes, outer));
    const Stretch hollow = within_cylinder(in_body(line, body.centre, body.axes, inner));
    if (is_empty(hollow)) return {filled, nowhere};
    return {Stretch{filled.from, hollow.from}, Stretch{hollow.to, filled.to}};
}

}  // namespace

std::array<Stretch, 2> crossing(const Shape& shape, const Line& line)
{
    return std::visit([&](const auto& body) { return crossing_of(body, line); }, shape);
}

}  // namespace downstage::phantom
