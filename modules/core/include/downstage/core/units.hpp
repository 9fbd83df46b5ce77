#pragma once

#include <cmath>
#include <cstdint>

namespace downstage {

/// Tenths of a millimetre: the whole numbers in which rules decide (RULES.md 0.2, 0.3).
using TenthsMm = std::int64_t;

/// Quantises a length once, to 0.1 mm, half away from zero (RULES.md 0.2).
[[nodiscard]] inline TenthsMm to_tenths(double length_mm)
{
    // 2.25 mm is a half in decimal but 22.499999 in binary; the nudge is far below any measured digit.
    constexpr double decimal_nudge = 1e-9;
    return std::llround(length_mm * 10.0 + std::copysign(decimal_nudge, length_mm));
}
[[nodiscard]] constexpr double from_tenths(TenthsMm tenths)
{
    return static_cast<double>(tenths) / 10.0;
}

[[nodiscard]] constexpr double ml_of_mm3(double mm3)
{
    return mm3 / 1000.0;
}

/// A 95 % interval of a quantity, in the quantity's unit.
struct Interval95 {
    double low{}, high{};
    friend constexpr bool operator==(const Interval95&, const Interval95&) = default;
};

}  // namespace downstage
