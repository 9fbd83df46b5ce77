#pragma once

#include "downstage/core/space.hpp"

#include <string>

namespace downstage::phantom {

/// An ellipsoid of one density, the part every phantom is made of.
struct Ellipsoid {
    std::string name;
    PointLps centre;
    SpacingMm half_axes_mm;
    double hu{};
};

}  // namespace downstage::phantom
