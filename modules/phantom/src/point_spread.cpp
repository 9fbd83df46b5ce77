#include "point_spread.hpp"

#include <cmath>
#include <numbers>
#include <numeric>

namespace downstage::phantom {

namespace {

double normal_distribution(double z)
{
    return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

/// The pixel's width, blurred, at a distance from the pixel's centre; 1 deep inside a wide pixel.
double blurred_width(double at_mm, double pixel_mm, double blur_mm)
{
    const double half_mm = pixel_mm / 2.0;
    if (blur_mm == 0.0) return std::abs(at_mm) < half_mm ? 1.0 : 0.0;
    return normal_distribution((at_mm + half_mm) / blur_mm) -
           normal_distribution((at_mm - half_mm) / blur_mm);
}

}  // namespace

PointSpread point_spread(double pixel_mm, double blur_mm)
{
    constexpr double tail = 4.0;  // beyond 4 sd lies less than a ten-thousandth
    const double step_mm = pixel_mm / static_cast<double>(samples_a_pixel);
    PointSpread spread;
    spread.reach = static_cast<std::size_t>(std::ceil((pixel_mm / 2.0 + tail * blur_mm) / step_mm));
    std::vector<double> weights;
    for (std::size_t n = 0; n <= 2 * spread.reach; ++n) {
        const double at_mm = (static_cast<double>(n) - static_cast<double>(spread.reach)) * step_mm;
        weights.push_back(blurred_width(at_mm, pixel_mm, blur_mm));
    }
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (const double weight : weights)
        spread.weights.push_back(static_cast<float>(weight / sum));
    return spread;
}

}  // namespace downstage::phantom
