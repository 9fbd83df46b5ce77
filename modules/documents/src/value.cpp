#include "value.hpp"

#include <cmath>

namespace downstage::documents {

Json number(double value, int decimals)
{
    if (!std::isfinite(value)) return nullptr;
    // 20.175 is a half in decimal but 20.1749999 in binary (see core/units.hpp).
    constexpr double decimal_nudge = 1e-9;
    const double scale = std::pow(10.0, decimals);
    const double rounded = std::round(value * scale + std::copysign(decimal_nudge, value)) / scale;
    return rounded == 0.0 ? 0.0 : rounded;  // -0.0 too
}

Json number(const std::optional<double>& value, int decimals)
{
    return value ? number(*value, decimals) : Json(nullptr);
}

Json text(const std::string& text)
{
    return text.empty() ? Json(nullptr) : Json(text);
}

Json text(const std::optional<std::string>& text)
{
    return documents::text(text.value_or(""));
}

Json interval(const Interval95& ci95, int decimals)
{
    if (!std::isfinite(ci95.low) || !std::isfinite(ci95.high)) return nullptr;
    return Json::array({number(ci95.low, decimals), number(ci95.high, decimals)});
}

Json place(const PointLps& point)
{
    if (!std::isfinite(point.x_mm) || !std::isfinite(point.y_mm) || !std::isfinite(point.z_mm))
        return nullptr;
    return Json::array({number(point.x_mm, decimals::mm),
                        number(point.y_mm, decimals::mm),
                        number(point.z_mm, decimals::mm)});
}

Json ends(const std::array<PointLps, 2>& ends)
{
    Json first = place(ends[0]);
    Json second = place(ends[1]);
    if (first.is_null() || second.is_null()) return nullptr;
    return Json::array({std::move(first), std::move(second)});
}

}  // namespace downstage::documents
