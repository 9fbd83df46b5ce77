#include "downstage/phantom/tone.hpp"

#include "downstage/phantom/noise.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace downstage::phantom {

namespace {

/// The lattice point below a coordinate, and the weight of the one above, eased so that slopes are smooth.
struct Cell {
    std::int64_t lower{};
    double weight_of_upper{};
};

Cell cell_of(double coordinate)
{
    const double lower = std::floor(coordinate);
    const double t = coordinate - lower;
    return {static_cast<std::int64_t>(lower), t * t * (3.0 - 2.0 * t)};
}

/// Even over (-1, 1), by lattice point.
double lattice_value(std::uint64_t seed, std::int64_t x, std::int64_t y, std::int64_t z)
{
    constexpr double step = 1.0 / 9007199254740992.0;  // 2^-53
    const std::uint64_t bits =
        mixed(mixed(mixed(seed ^ static_cast<std::uint64_t>(x)) ^ static_cast<std::uint64_t>(y)) ^
              static_cast<std::uint64_t>(z));
    return 2.0 * static_cast<double>(bits >> 11U) * step - 1.0;
}

double between(double a, double b, double weight_of_b)
{
    return a + weight_of_b * (b - a);
}

/// Smooth between the points of a lattice turned out of the patient's axes, so that slices show no rows.
double value_noise(std::uint64_t seed, const VectorLps& at)
{
    // Orthonormal: the rows (2 1 2) / 3, (-2 2 1) / 3 and (-1 -2 2) / 3.
    const Cell x = cell_of((2.0 * at.x_mm + at.y_mm + 2.0 * at.z_mm) / 3.0);
    const Cell y = cell_of((-2.0 * at.x_mm + 2.0 * at.y_mm + at.z_mm) / 3.0);
    const Cell z = cell_of((-at.x_mm - 2.0 * at.y_mm + 2.0 * at.z_mm) / 3.0);
    const auto along_x = [&](std::int64_t at_y, std::int64_t at_z) {
        return between(lattice_value(seed, x.lower, at_y, at_z),
                       lattice_value(seed, x.lower + 1, at_y, at_z),
                       x.weight_of_upper);
    };
    const auto along_y = [&](std::int64_t at_z) {
        return between(along_x(y.lower, at_z), along_x(y.lower + 1, at_z), y.weight_of_upper);
    };
    return between(along_y(z.lower), along_y(z.lower + 1), z.weight_of_upper);
}

/// Of even numbers over (-1, 1), variance 1/3, weighted by s and 1 - s with s = 3t^2 - 2t^3 in each of three
/// directions: the mean over t of s^2 + (1 - s)^2 is 26/35.
const double sd_of_value_noise = std::sqrt(std::pow(26.0 / 35.0, 3.0) / 3.0);

bool is_speck(const Specks& specks, std::uint64_t seed, const PointLps& place)
{
    // The noise, bounded and bell-shaped, exceeds z sd as often as a normal number does, within a tenth:
    // counted from Winitzki's approximation of the inverse error function (2008).
    const double x = 1.0 - 2.0 * std::clamp(specks.share, 1e-6, 1.0 - 1e-6);
    constexpr double a = 0.147;
    const double logarithm = std::log(1.0 - x * x);
    const double first = 2.0 / (std::numbers::pi * a) + logarithm / 2.0;
    const double inverse_erf = std::copysign(std::sqrt(std::sqrt(first * first - logarithm / a) - first), x);
    return texture_at({.seed = mixed(seed ^ 3U), .scale_mm = specks.size_mm}, place) >
           std::numbers::sqrt2 * inverse_erf;
}

/// How deep a place lies in the core; negative outside.
double depth_in_core_mm(const Core& core, std::uint64_t seed, double depth_mm, const PointLps& place)
{
    constexpr double wobble_scale = 3.0;  // hills of the border, in heights of the wobble
    if (core.wobble_mm == 0.0) return depth_mm - core.below_mm;
    const Texture wobble{.seed = mixed(seed ^ 2U), .scale_mm = wobble_scale * core.wobble_mm};
    return depth_mm - core.below_mm + core.wobble_mm * texture_at(wobble, place);
}

}  // namespace

double texture_at(const Texture& texture, const PointLps& place)
{
    return value_noise(texture.seed, (1.0 / texture.scale_mm) * (place - PointLps{})) / sd_of_value_noise;
}

double coverage(double depth_mm, double edge_mm)
{
    if (edge_mm == 0.0) return depth_mm > 0.0 ? 1.0 : 0.0;
    constexpr double edges = 6.0;  // beyond six widths less than 0.3 % are left
    if (depth_mm < -edges * edge_mm) return 0.0;
    return 1.0 / (1.0 + std::exp(-depth_mm / edge_mm));
}

double tone_at(const Tone& tone, double depth_mm, const PointLps& place)
{
    if (tone.specks && is_speck(*tone.specks, tone.seed, place)) return tone.specks->hu;
    double hu = tone.hu;
    if (tone.rim && depth_mm < tone.rim->width_mm) hu = tone.rim->hu;
    if (tone.core && depth_in_core_mm(*tone.core, tone.seed, depth_mm, place) > 0.0) hu = tone.core->hu;
    if (tone.texture_hu == 0.0) return hu;
    const Texture texture{.seed = mixed(tone.seed ^ 1U), .scale_mm = tone.texture_mm};
    return hu + tone.texture_hu * texture_at(texture, place);
}

double viable_depth_mm(const Tone& tone, double depth_mm, const PointLps& place)
{
    double viable_mm = depth_mm;
    if (tone.core) viable_mm = std::min(viable_mm, -depth_in_core_mm(*tone.core, tone.seed, depth_mm, place));
    if (tone.specks && is_speck(*tone.specks, tone.seed, place))
        viable_mm = std::min(viable_mm, -tone.specks->size_mm / 2.0);
    return viable_mm;
}

}  // namespace downstage::phantom
