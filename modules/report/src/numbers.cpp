#include "numbers.hpp"

#include "downstage/core/text.hpp"

#include <cmath>

namespace downstage::report {
namespace {

int decimals_of_ml(double volume_ml)
{
    if (volume_ml < 1.0) return 2;
    return volume_ml < 100.0 ? 1 : 0;
}

}  // namespace

std::string fixed(double value, int decimals)
{
    return std::isfinite(value) ? downstage::fixed(value, decimals) : "not known";
}

std::string with_mm(double length_mm)
{
    if (!std::isfinite(length_mm)) return fixed(length_mm, 1);
    return fixed(from_tenths(to_tenths(length_mm)), 1) + " mm";  // the number that the rules read
}

std::string with_mm(const Interval95& ci95_mm)
{
    return fixed(ci95_mm.low, 1) + " to " + fixed(ci95_mm.high, 1) + " mm";
}

std::string with_ml(double volume_ml)
{
    return fixed(volume_ml, decimals_of_ml(volume_ml)) + " ml";
}

std::string with_ml(const Interval95& ci95_ml)
{
    const int decimals = decimals_of_ml(ci95_ml.high);
    return fixed(ci95_ml.low, decimals) + " to " + fixed(ci95_ml.high, decimals) + " ml";
}

std::string percent(double fraction)
{
    if (fraction < 0.01) return fraction <= 0.0 ? "0 %" : "under 1 %";
    if (fraction > 0.99) return fraction >= 1.0 ? "100 %" : "over 99 %";
    return fixed(100.0 * fraction, 0) + " %";
}

std::string counted(std::size_t count, const std::string& one, const std::string& many)
{
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

}  // namespace downstage::report
