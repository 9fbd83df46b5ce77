#pragma once

#include "downstage/core/space.hpp"

#include <string>

namespace downstage {

/// `value` with `decimals` digits after the point, the same in every locale; never "-0.0".
[[nodiscard]] std::string fixed(double value, int decimals);

/// "31.4 mm".
[[nodiscard]] std::string mm_text(double length_mm, int decimals = 1);

/// "(-12.5, 34.0, 56.5)": LPS mm.
[[nodiscard]] std::string place_text(const PointLps& place, int decimals = 1);

}  // namespace downstage
