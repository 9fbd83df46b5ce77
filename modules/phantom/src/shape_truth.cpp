#include "downstage/core/units.hpp"
#include "downstage/phantom/shape.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace downstage::phantom {

namespace {

double squared(double value)
{
    return value * value;
}

VectorLps unit(const VectorLps& a)
{
    return (1.0 / length_mm(a)) * a;
}

/// Any two directions at right angles to `normal` and to each other.
std::pair<VectorLps, VectorLps> plane_of(const VectorLps& normal)
{
    const bool is_near_x = std::abs(normal.x_mm) > 0.9;
    const VectorLps first =
        unit(cross(normal, is_near_x ? VectorLps{0.0, 1.0, 0.0} : VectorLps{1.0, 0.0, 0.0}));
    return {first, cross(normal, first)};
}

/// An ellipsoid is all u with u'Qu <= 1, Q the sum of a a' / h^2 over its axes; this is p'Qr.
double form(const Ellipsoid& body, const VectorLps& p, const VectorLps& r)
{
    return dot(body.axes.i, p) * dot(body.axes.i, r) / squared(body.half_axes_mm.i) +
           dot(body.axes.j, p) * dot(body.axes.j, r) / squared(body.half_axes_mm.j) +
           dot(body.axes.k, p) * dot(body.axes.k, r) / squared(body.half_axes_mm.k);
}

/// A plane through the centre cuts the ellipse of the 2 x 2 matrix that Q becomes in that plane: its half
/// axes are the inverse roots of the eigenvalues.
std::optional<ShapeTruth> truth(const Ellipsoid& body, const VectorLps& slice_normal)
{
    const auto [p, r] = plane_of(slice_normal);
    const double pp = form(body, p, p);
    const double rr = form(body, r, r);
    const double pr = form(body, p, r);
    const double mean = (pp + rr) / 2.0;
    const double half_difference = std::hypot((pp - rr) / 2.0, pr);
    const auto& h = body.half_axes_mm;
    return ShapeTruth{.long_axis_mm = 2.0 / std::sqrt(mean - half_difference),
                      .short_axis_mm = 2.0 / std::sqrt(mean + half_difference),
                      .max_3d_mm = 2.0 * std::max({h.i, h.j, h.k}),
                      .volume_ml = ml_of_mm3(4.0 / 3.0 * std::numbers::pi * h.i * h.j * h.k)};
}

/// Half the chord through the centre at the angle to the cylinder's line that has this sine and cosine.
double half_chord_mm(const CappedCylinder& body, double sine, double cosine)
{
    if (body.radius_mm * cosine <= body.half_length_mm * sine) return body.radius_mm / sine;  // by the side
    return body.half_length_mm * cosine +
           std::sqrt(squared(body.radius_mm) - squared(body.half_length_mm * sine));  // by the cap
}

/// Chords through the centre grow as they turn towards the line, so the longest one within a slice runs along
/// the line's projection; at right angles to that no chord is longer than the cylinder is wide.
std::optional<ShapeTruth> truth(const CappedCylinder& body, const VectorLps& slice_normal)
{
    const double sine = std::abs(dot(body.direction, slice_normal));
    const double cosine = std::sqrt(std::max(0.0, 1.0 - squared(sine)));
    const double r = body.radius_mm;
    const double disc_mm2 = std::numbers::pi * squared(r);
    return ShapeTruth{
        .long_axis_mm = 2.0 * half_chord_mm(body, sine, cosine),
        .short_axis_mm = 2.0 * r,
        .max_3d_mm = 2.0 * (body.half_length_mm + r),
        .volume_ml = ml_of_mm3(disc_mm2 * (2.0 * body.half_length_mm + 4.0 / 3.0 * r)),
    };
}

std::optional<ShapeTruth> truth(const EllipticCylinder& /*body*/, const VectorLps& /*slice_normal*/)
{
    return std::nullopt;
}

std::optional<ShapeTruth> truth(const Band& /*body*/, const VectorLps& /*slice_normal*/)
{
    return std::nullopt;
}

}  // namespace

std::optional<ShapeTruth> truth_of(const Shape& shape, const VectorLps& slice_normal)
{
    return std::visit([&](const auto& body) { return truth(body, slice_normal); }, shape);
}

}  // namespace downstage::phantom
