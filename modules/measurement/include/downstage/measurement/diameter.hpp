#pragma once

#include "downstage/core/space.hpp"

#include <array>
#include <optional>
#include <span>

/// Straight lengths of a set of boundary points, in patient millimetres: pixels may be oblong, the grid
/// oblique.
namespace downstage::measurement {

/// A straight distance between two places.
struct Chord {
    std::array<PointLps, 2> ends;
    double length_mm{};
    friend bool operator==(const Chord&, const Chord&) = default;
};

struct SectionAxes {
    Chord long_axis;   ///< the longest distance between two points of the section
    Chord short_axis;  ///< the longest chord of the section's convex hull at a right angle to it
};

/// Long and short axis of one section, whose `points` share one slice of `grid` (RECIST 1.1 App. II): convex
/// hull, then rotating calipers (Shamos 1978), so n points take n log n. Empty for fewer than two points.
[[nodiscard]] std::optional<SectionAxes> axes_of_section(const Grid& grid,
                                                         std::span<const VoxelPlace> points);

/// The longest distance between any two `points`. The extreme points along 150 directions are compared, and
/// the best pairs then climb until each end is the furthest from the other: n points take a multiple of n.
/// Short by 1 % at worst before the climb (the angle between neighbouring directions). Empty for
/// fewer than two points.
[[nodiscard]] std::optional<Chord> longest_chord(const Grid& grid, std::span<const VoxelPlace> points);

}  // namespace downstage::measurement
