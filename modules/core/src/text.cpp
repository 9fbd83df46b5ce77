#include "downstage/core/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace downstage {

std::string fixed(double value, int decimals)
{
    // The longest double has 309 digits before the point.
    std::array<char, 400> digits{};
    const auto written = std::to_chars(digits.data(),
                                       digits.data() + digits.size(),
                                       value,
                                       std::chars_format::fixed,
                                       std::clamp(decimals, 0, 17));
    const std::string text{digits.data(), written.ptr};
    const bool is_zero =
        text.find_first_of("123456789in") == std::string::npos;  // "in": infinity and nan are none
    return is_zero && text.starts_with('-') ? text.substr(1) : text;
}

std::string mm_text(double length_mm, int decimals)
{
    return fixed(length_mm, decimals) + " mm";
}

std::string place_text(const PointLps& place, int decimals)
{
    return "(" + fixed(place.x_mm, decimals) + ", " + fixed(place.y_mm, decimals) + ", " +
           fixed(place.z_mm, decimals) + ")";
}

}  // namespace downstage
