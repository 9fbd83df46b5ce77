#include "features_score.hpp"

#include "downstage/core/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>

namespace downstage::segmentation {

namespace {

enum class Property { contrast, size, roundness, surface, separation, evenness };

struct Factor {
    Property property{};
    double value{};
};

/// Small regions of uneven density are fat or bile ducts more often than lesions.
double evenness_of(const Features& f)
{
    constexpr double large_ml = 10.0;
    return f.volume_ml < large_ml ? std::clamp((30.0 - f.sd_hu) / 12.0, 0.2, 1.0) : 1.0;
}

// 9.7
std::array<Factor, 6> factors_of(const Features& f)
{
    return {{{Property::contrast, std::min(1.0, f.contrast / 6.0)},
             {Property::size, std::min(1.0, f.slice_radius_mm / 6.0)},
             {Property::roundness, std::clamp((f.roundness - 0.2) / 0.5, 0.05, 1.0)},
             {Property::surface, 1.0 - 0.7 * std::min(f.surface_share, 0.9)},
             {Property::separation, std::clamp(f.separation, 0.0, 1.0)},
             {Property::evenness, evenness_of(f)}}};
}

std::string percent(double share)
{
    return fixed(100.0 * share, 0) + " %";
}

}  // namespace

double score_of(const Features& features)
{
    const auto factors = factors_of(features);
    const double product = std::transform_reduce(
        factors.begin(), factors.end(), 1.0, std::multiplies<>{}, [](const Factor& f) { return f.value; });
    const double large = 1.0 + 0.1 * std::log10(std::max(features.volume_ml, 0.1));
    return std::min(1.0, product * large);
}

std::string weakest_point(const Features& features)
{
    const auto factors = factors_of(features);
    switch (std::ranges::min_element(factors, {}, &Factor::value)->property) {
    case Property::contrast:
        return "It is only " + fixed(features.darkness_hu, 0) + " HU darker than the liver around it.";
    case Property::size: return "It is small: " + mm_text(features.slice_diameter_mm, 0) + " across.";
    case Property::roundness:
        return "Its shape is irregular, as of a vessel or fissure: it fills " + percent(features.roundness) +
               " of the disc around it.";
    case Property::surface:
        return percent(features.surface_share) +
               " of its outline lies at the liver's surface, where fissures look alike.";
    case Property::separation:
        return "It fades into the liver: the tissue around it has " + percent(1.0 - features.separation) +
               " of its darkness.";
    case Property::evenness: break;
    }
    return "Its density is uneven (sd " + fixed(features.sd_hu, 0) + " HU), as of fat or bile ducts.";
}

}  // namespace downstage::segmentation
