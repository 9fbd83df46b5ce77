#include "paint.hpp"

#include <algorithm>
#include <cmath>

namespace downstage::phantom {

namespace {

/// The values at whole t within the stretch.
std::span<float> covered(const Stretch& stretch, std::span<float> values)
{
    const double last = static_cast<double>(values.size()) - 1.0;
    const double from = std::ceil(std::max(stretch.from, 0.0));
    const double to = std::floor(std::min(stretch.to, last));
    if (to < from) return {};
    return values.subspan(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from) + 1);
}

}  // namespace

void paint(std::span<const Painted> shapes, const Line& line, std::span<float> values)
{
    for (const Painted& painted : shapes)
        for (const Stretch& stretch : crossing(painted.shape, line))
            std::ranges::fill(covered(stretch, values), painted.value);
}

}  // namespace downstage::phantom
