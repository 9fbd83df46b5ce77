#pragma once

#include "downstage/core/space.hpp"

#include <optional>
#include <variant>

/// Bodies with a formula: the shapes that phantoms are made of. LPS, millimetres.
namespace downstage::phantom {

/// Half axes along `axes`. Equal half axes make a ball.
struct Ellipsoid {
    PointLps centre;
    SpacingMm half_axes_mm;
    Axes axes;
    friend bool operator==(const Ellipsoid&, const Ellipsoid&) = default;
};

/// A cylinder with a half ball on each end: all points within `radius_mm` of a straight line, which reaches
/// `half_length_mm` from `centre` to both sides along the unit vector `direction`.
struct CappedCylinder {
    PointLps centre;
    VectorLps direction{0.0, 0.0, 1.0};
    double half_length_mm{};
    double radius_mm{};
    friend bool operator==(const CappedCylinder&, const CappedCylinder&) = default;
};

/// A cylinder over the ellipse of the half axes i and j, with flat ends at the half axis k.
struct EllipticCylinder {
    PointLps centre;
    SpacingMm half_axes_mm;
    Axes axes;
    friend bool operator==(const EllipticCylinder&, const EllipticCylinder&) = default;
};

/// A strip bent into an ellipse: a rib. All points within `half_height_mm` of the plane of axes i and j,
/// inside the ellipse of the half axes and outside the one that is `thickness_mm` smaller.
struct Band {
    PointLps centre;
    double half_axis_i_mm{}, half_axis_j_mm{};
    double thickness_mm{};
    double half_height_mm{};
    Axes axes;
    friend bool operator==(const Band&, const Band&) = default;
};

using Shape = std::variant<Ellipsoid, CappedCylinder, EllipticCylinder, Band>;

/// The standard axes turned about x, then y, then z of the patient, each counter-clockwise seen from its tip.
[[nodiscard]] Axes turned_axes(double about_x_deg, double about_y_deg, double about_z_deg);

/// True on the surface, too.
[[nodiscard]] bool contains(const Shape& shape, const PointLps& place);

/// What a reader with perfect eyes measures on a shape in slices with the normal `slice_normal` (a unit
/// vector).
struct ShapeTruth {
    double long_axis_mm{};   ///< longest chord of any section parallel to the slices
    double short_axis_mm{};  ///< longest chord of the same section at right angles to it
    double max_3d_mm{};      ///< longest chord in any direction
    double volume_ml{};
};

/// Exact for ellipsoids and capped cylinders, which are symmetric about their centre, so that the section
/// through the centre is the largest. Empty for the shapes that only build the body.
[[nodiscard]] std::optional<ShapeTruth> truth_of(const Shape& shape, const VectorLps& slice_normal);

}  // namespace downstage::phantom
