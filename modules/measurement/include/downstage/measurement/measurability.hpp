#pragma once

#include "downstage/core/units.hpp"

#include <string>

/// RECIST 1.1 measurability of a non-nodal lesion on CT or MR (RULES.md 1.1-1.3).
namespace downstage::measurement {

/// The least longest diameter that is measurable: 10 mm, and twice the slice thickness where that exceeds 5
/// mm.
[[nodiscard]] constexpr TenthsMm least_measurable(TenthsMm slice_thickness)
{
    constexpr TenthsMm ten_mm = 100;
    constexpr TenthsMm thick_slice = 50;
    return slice_thickness > thick_slice ? 2 * slice_thickness : ten_mm;
}
static_assert(least_measurable(10) == 100);  // thin slices do not lower the floor (RULES.md 1.3)
static_assert(least_measurable(50) == 100);
static_assert(least_measurable(51) == 102);
static_assert(least_measurable(80) == 160);

struct Measurability {
    bool measurable{};
    std::string because;  ///< one sentence with the numbers that were compared
};

/// Both lengths are compared in whole tenths of a millimetre; the limit itself is measurable.
[[nodiscard]] Measurability measurability(double longest_diameter_mm, double slice_thickness_mm);

}  // namespace downstage::measurement
