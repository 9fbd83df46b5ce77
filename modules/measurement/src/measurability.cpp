#include "downstage/measurement/measurability.hpp"

#include <cstdlib>

namespace downstage::measurement {

namespace {

/// "31.4 mm", from whole tenths, whatever the locale.
std::string in_mm(TenthsMm tenths)
{
    return std::to_string(tenths / 10) + "." + std::to_string(std::abs(tenths % 10)) + " mm";
}

}  // namespace

Measurability measurability(double longest_diameter_mm, double slice_thickness_mm)
{
    const TenthsMm diameter = to_tenths(longest_diameter_mm);
    const TenthsMm thickness = to_tenths(slice_thickness_mm);
    const TenthsMm least = least_measurable(thickness);
    const bool measurable = diameter >= least;
    return {.measurable = measurable,
            .because = "longest diameter " + in_mm(diameter) + (measurable ? " is at least " : " is below ") +
                       in_mm(least) + ", the least for slices of " + in_mm(thickness) + " (RECIST 1.1)"};
}

}  // namespace downstage::measurement
