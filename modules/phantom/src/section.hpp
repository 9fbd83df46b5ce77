#pragma once

#include "downstage/phantom/body_truth.hpp"

#include <cstdint>
#include <vector>

namespace downstage::phantom {

/// A place in a section, millimetres along its two directions.
struct Spot {
    double u_mm{}, v_mm{};
};

[[nodiscard]] double distance_mm(const Spot& a, const Spot& b);

/// A cube of places about a ball, cut into sections along one axis.
struct Lattice {
    PointLps corner;
    Axes axes;  ///< k is the sections' normal
    double step_mm{};
    std::int32_t count{};  ///< of places along each axis
};

[[nodiscard]] Lattice lattice_about(const Ball& ball, const VectorLps& normal, std::int32_t count);
[[nodiscard]] PointLps place_of(const Lattice& lattice, const Spot& spot, std::int32_t k);

/// Depths in one section: v rows of u.
struct Section {
    std::int32_t count{};
    double step_mm{};
    std::vector<double> depths_mm;
    [[nodiscard]] double at(std::int32_t u, std::int32_t v) const
    {
        return depths_mm[static_cast<std::size_t>(v) * static_cast<std::size_t>(count) +
                         static_cast<std::size_t>(u)];
    }
};

[[nodiscard]] Section section_of(const Lattice& lattice, const DepthAt& depth_at, std::int32_t k);

/// The same where depths are distances: no place is asked whose depth its neighbour's already tells the sign
/// of; such places hold a depth that is too small, but of at least a step.
[[nodiscard]] Section section_of_distances(const Lattice& lattice, const DepthAt& depth_at, std::int32_t k);

/// Where the surface crosses the section's lattice lines, linear between its places.
[[nodiscard]] std::vector<Spot> contour(const Section& section);

/// The corners of the smallest convex polygon about the spots.
[[nodiscard]] std::vector<Spot> hull(std::vector<Spot> spots);

/// Area of what is inside: a place near the surface counts in part.
[[nodiscard]] double area_mm2(const Section& section);

}  // namespace downstage::phantom
