#include "downstage/evaluation/detection.hpp"

#include <cmath>

namespace downstage::evaluation {

namespace {

bool belongs(double value, const Class& limits)
{
    return value >= limits.from && value < limits.below;  // false for NaN
}

void add(Share& share, bool hit)
{
    ++share.of;
    share.hits += hit ? 1U : 0U;
}

}  // namespace

std::optional<double> fraction(const Share& share)
{
    if (share.of == 0) return std::nullopt;
    return static_cast<double>(share.hits) / static_cast<double>(share.of);
}

Interval95 wilson95(const Share& share)
{
    if (share.of == 0) return {.low = 0.0, .high = 1.0};
    constexpr double z = 1.959964;
    const auto n = static_cast<double>(share.of);
    const double p = static_cast<double>(share.hits) / n;
    const double weight = 1.0 / (1.0 + z * z / n);
    const double centre = weight * (p + z * z / (2.0 * n));
    const double half = weight * z * std::sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n));
    return {.low = std::max(0.0, centre - half), .high = std::min(1.0, centre + half)};
}

Share sensitivity_by_size(std::span<const Detected> lesions, const Class& sizes_mm)
{
    Share share;
    for (const Detected& lesion : lesions)
        if (belongs(lesion.size_mm, sizes_mm)) add(share, lesion.found);
    return share;
}

Share sensitivity_by_contrast(std::span<const Detected> lesions, const Class& contrasts_hu)
{
    Share share;
    for (const Detected& lesion : lesions)
        if (belongs(lesion.contrast_hu, contrasts_hu)) add(share, lesion.found);
    return share;
}

}  // namespace downstage::evaluation
