#pragma once

#include "downstage/core/space.hpp"

#include <cstdint>
#include <optional>

namespace downstage::phantom {

/// A smooth random quantity in space of mean 0 and sd 1, whose hills are about `scale_mm` wide.
struct Texture {
    std::uint64_t seed{};
    double scale_mm{4.0};
};

[[nodiscard]] double texture_at(const Texture& texture, const PointLps& place);

/// A shell just below the surface.
struct Rim {
    double width_mm{};
    double hu{};
};

/// What died: all that lies deeper than `below_mm`, with a border that wobbles by `wobble_mm` (1 sd).
struct Core {
    double below_mm{};
    double wobble_mm{};
    double hu{};
};

/// Dense specks: calcification, lipiodol. They fill the given share of the body.
struct Specks {
    double share{};
    double size_mm{3.0};
    double hu{};
};

/// How dense a lesion is inside, in one phase. Absolute HU in a phantom; differences to the liver around
/// where a lesion is painted into a real one.
struct Tone {
    double hu{};
    std::optional<Rim> rim;
    std::optional<Core> core;
    std::optional<Specks> specks;
    double texture_hu{};  ///< 1 sd of the mottle over all of it
    double texture_mm{4.0};
    std::uint64_t seed{};
};

/// How much of a place a lesion covers: 0 or 1, or in between within a logistic edge of this width.
[[nodiscard]] double coverage(double depth_mm, double edge_mm);

/// The density at a place that lies `depth_mm` below the surface. Specks win over the core, the core over the
/// rim.
[[nodiscard]] double tone_at(const Tone& tone, double depth_mm, const PointLps& place);

/// Below the surface of what lives: negative in core and specks, too. Millimetres.
[[nodiscard]] double viable_depth_mm(const Tone& tone, double depth_mm, const PointLps& place);

}  // namespace downstage::phantom
