#pragma once

#include "downstage/phantom/shape.hpp"

#include <array>

namespace downstage::phantom {

/// The places start + t * step.
struct Line {
    PointLps start;
    VectorLps step;
};

/// A stretch of a line, in its parameter t; none where `to` < `from`.
struct Stretch {
    double from{}, to{};
};

/// Where a line runs inside a shape: exact, and at most two stretches, since only a band is hollow.
[[nodiscard]] std::array<Stretch, 2> crossing(const Shape& shape, const Line& line);

}  // namespace downstage::phantom
