#include "downstage/phantom/shape.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace downstage::phantom {

namespace {

double squared(double value)
{
    return value * value;
}

/// (distance along each axis / half axis) of a place, seen from the centre.
VectorLps
scaled(const PointLps& place, const PointLps& centre, const Axes& axes, const SpacingMm& half_axes_mm)
{
    const VectorLps from_centre = place - centre;
    return {dot(from_centre, axes.i) / half_axes_mm.i,
            dot(from_centre, axes.j) / half_axes_mm.j,
            dot(from_centre, axes.k) / half_axes_mm.k};
}

bool holds(const Ellipsoid& body, const PointLps& place)
{
    const VectorLps u = scaled(place, body.centre, body.axes, body.half_axes_mm);
    return dot(u, u) <= 1.0;
}

bool holds(const CappedCylinder& body, const PointLps& place)
{
    const VectorLps from_centre = place - body.centre;
    const double along_mm =
        std::clamp(dot(from_centre, body.direction), -body.half_length_mm, body.half_length_mm);
    const VectorLps to_line = from_centre + (-along_mm) * body.direction;
    return dot(to_line, to_line) <= squared(body.radius_mm);
}

bool holds(const EllipticCylinder& body, const PointLps& place)
{
    const VectorLps u = scaled(place, body.centre, body.axes, body.half_axes_mm);
    return std::abs(u.z_mm) <= 1.0 && squared(u.x_mm) + squared(u.y_mm) <= 1.0;
}

bool holds(const Band& body, const PointLps& place)
{
    const SpacingMm outer{body.half_axis_i_mm, body.half_axis_j_mm, body.half_height_mm};
    const SpacingMm inner{outer.i - body.thickness_mm, outer.j - body.thickness_mm, outer.k};
    const VectorLps within_outer = scaled(place, body.centre, body.axes, outer);
    const VectorLps within_inner = scaled(place, body.centre, body.axes, inner);
    return std::abs(within_outer.z_mm) <= 1.0 &&
           squared(within_outer.x_mm) + squared(within_outer.y_mm) <= 1.0 &&
           squared(within_inner.x_mm) + squared(within_inner.y_mm) >= 1.0;
}

}  // namespace

Axes turned_axes(double about_x_deg, double about_y_deg, double about_z_deg)
{
    constexpr double rad_per_deg = std::numbers::pi / 180.0;
    const double cx = std::cos(about_x_deg * rad_per_deg);
    const double sx = std::sin(about_x_deg * rad_per_deg);
    const double cy = std::cos(about_y_deg * rad_per_deg);
    const double sy = std::sin(about_y_deg * rad_per_deg);
    const double cz = std::cos(about_z_deg * rad_per_deg);
    const double sz = std::sin(about_z_deg * rad_per_deg);
    return {.i = {cz * cy, sz * cy, -sy},
            .j = {cz * sy * sx - sz * cx, sz * sy * sx + cz * cx, cy * sx},
            .k = {cz * sy * cx + sz * sx, sz * sy * cx - cz * sx, cy * cx}};
}

bool contains(const Shape& shape, const PointLps& place)
{
    return std::visit([&](const auto& body) { return holds(body, place); }, shape);
}

}  // namespace downstage::phantom
