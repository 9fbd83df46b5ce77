#pragma once

#include "downstage/core/image.hpp"
#include "downstage/core/space.hpp"
#include "downstage/phantom/shape.hpp"

#include <variant>
#include <vector>

/// Bodies of lesions: shapes with a formula, lobed ones, and such as readers outlined. LPS, millimetres.
namespace downstage::phantom {

struct Ball {
    PointLps centre;
    double radius_mm{};
    friend bool operator==(const Ball&, const Ball&) = default;
};

/// Balls melted together: the furrows between them are filled up to about `melt_mm` deep.
struct Lobes {
    std::vector<Ball> balls;
    double melt_mm{1.0};
    friend bool operator==(const Lobes&, const Lobes&) = default;
};

/// A body cast from a mould: depths below its surface, sampled on a grid around the mould's own origin. The
/// origin comes to lie at `centre`, the mould's axes along `axes`, everything `scale` times as large.
struct Cast {
    Field mould_mm;  ///< positive inside; its axes are the standard ones
    PointLps centre;
    Axes axes;
    double scale{1.0};
    friend bool operator==(const Cast&, const Cast&) = default;
};

using Body = std::variant<Ellipsoid, CappedCylinder, Lobes, Cast>;

/// How deep a place lies below the surface: negative outside, 0 on the surface. The distance to the surface
/// near it, and growing with that farther off; exact for balls and capped cylinders.
[[nodiscard]] double depth_mm(const Body& body, const PointLps& place);

/// A ball that holds the body. Throws `Error{usage}` for lobes without balls and moulds without an inside.
[[nodiscard]] Ball around(const Body& body);

/// The body shifted as a whole.
[[nodiscard]] Body shifted(const Body& body, const VectorLps& by);

/// A lobed body about the origin: a ball with `lobes` smaller ones on its surface, by `seed`. It lies within
/// `radius_mm` of the origin and reaches that far in at least one direction.
[[nodiscard]] Lobes lobed(double radius_mm, int lobes, std::uint64_t seed);

}  // namespace downstage::phantom
