#include "downstage/phantom/body.hpp"

#include "downstage/core/error.hpp"
#include "downstage/phantom/noise.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace downstage::phantom {

namespace {

/// Each number as near to its place as 0 and `last` allow.
double within(double value, double last)
{
    return std::clamp(value, 0.0, last);
}

/// The lower of the two samples around a place, and the weight of the upper one.
struct Between {
    std::int32_t lower{}, upper{};
    double weight_of_upper{};
};

Between between(double place, std::int32_t count)
{
    const auto lower = std::min(static_cast<std::int32_t>(place), std::max(count - 2, 0));
    return {lower, std::min(lower + 1, count - 1), place - lower};
}

/// Linear between the samples; `place` lies within the grid.
double sampled(const Field& field, const VoxelPlace& place)
{
    const Size& size = field.grid().size;
    const Between i = between(place.i, size.i);
    const Between j = between(place.j, size.j);
    const Between k = between(place.k, size.k);
    const auto along_i = [&](std::int32_t at_j, std::int32_t at_k) {
        const double a = field[{i.lower, at_j, at_k}];
        const double b = field[{i.upper, at_j, at_k}];
        return a + i.weight_of_upper * (b - a);
    };
    const auto along_j = [&](std::int32_t at_k) {
        const double a = along_i(j.lower, at_k);
        const double b = along_i(j.upper, at_k);
        return a + j.weight_of_upper * (b - a);
    };
    const double a = along_j(k.lower);
    const double b = along_j(k.upper);
    return a + k.weight_of_upper * (b - a);
}

/// An ellipsoid's scaled distance |u| is 1 on its surface; divided by its slope it is millimetres there.
double depth_in(const Ellipsoid& body, const PointLps& place)
{
    const VectorLps from_centre = place - body.centre;
    const auto& h = body.half_axes_mm;
    const VectorLps u{dot(from_centre, body.axes.i) / h.i,
                      dot(from_centre, body.axes.j) / h.j,
                      dot(from_centre, body.axes.k) / h.k};
    const double scaled = length_mm(u);
    const double slope = length_mm({u.x_mm / h.i, u.y_mm / h.j, u.z_mm / h.k});
    if (slope == 0.0) return std::min({h.i, h.j, h.k});
    return scaled * (1.0 - scaled) / slope;
}

double depth_in(const CappedCylinder& body, const PointLps& place)
{
    const VectorLps from_centre = place - body.centre;
    const double along_mm =
        std::clamp(dot(from_centre, body.direction), -body.half_length_mm, body.half_length_mm);
    return body.radius_mm - length_mm(from_centre + (-along_mm) * body.direction);
}

/// The smooth maximum of the balls' own depths: m ln sum exp(d / m).
double depth_in(const Lobes& body, const PointLps& place)
{
    double deepest_mm = -std::numeric_limits<double>::infinity();
    for (const Ball& ball : body.balls)
        deepest_mm = std::max(deepest_mm, ball.radius_mm - distance_mm(place, ball.centre));
    double sum = 0.0;
    for (const Ball& ball : body.balls)
        sum += std::exp((ball.radius_mm - distance_mm(place, ball.centre) - deepest_mm) / body.melt_mm);
    return deepest_mm + body.melt_mm * std::log(sum);
}

double depth_in(const Cast& body, const PointLps& place)
{
    const Grid& grid = body.mould_mm.grid();
    const VectorLps from_centre = (1.0 / body.scale) * (place - body.centre);
    const PointLps in_mould{
        dot(from_centre, body.axes.i), dot(from_centre, body.axes.j), dot(from_centre, body.axes.k)};
    const VoxelPlace at{(in_mould.x_mm - grid.origin.x_mm) / grid.spacing_mm.i,
                        (in_mould.y_mm - grid.origin.y_mm) / grid.spacing_mm.j,
                        (in_mould.z_mm - grid.origin.z_mm) / grid.spacing_mm.k};
    const VoxelPlace nearest_inside{
        within(at.i, grid.size.i - 1), within(at.j, grid.size.j - 1), within(at.k, grid.size.k - 1)};
    const double beyond_mm = length_mm({(at.i - nearest_inside.i) * grid.spacing_mm.i,
                                        (at.j - nearest_inside.j) * grid.spacing_mm.j,
                                        (at.k - nearest_inside.k) * grid.spacing_mm.k});
    return body.scale * (sampled(body.mould_mm, nearest_inside) - beyond_mm);
}

Ball around_it(const Ellipsoid& body)
{
    const auto& h = body.half_axes_mm;
    return {body.centre, std::max({h.i, h.j, h.k})};
}

Ball around_it(const CappedCylinder& body)
{
    return {body.centre, body.half_length_mm + body.radius_mm};
}

/// About the middle of the balls' box.
Ball around_it(const Lobes& body)
{
    if (body.balls.empty()) throw Error{Errc::usage, "a lobed body needs at least one ball"};
    constexpr double far = std::numeric_limits<double>::infinity();
    PointLps low{far, far, far};
    PointLps high{-far, -far, -far};
    for (const auto& [centre, radius_mm] : body.balls) {
        low = {std::min(low.x_mm, centre.x_mm - radius_mm),
               std::min(low.y_mm, centre.y_mm - radius_mm),
               std::min(low.z_mm, centre.z_mm - radius_mm)};
        high = {std::max(high.x_mm, centre.x_mm + radius_mm),
                std::max(high.y_mm, centre.y_mm + radius_mm),
                std::max(high.z_mm, centre.z_mm + radius_mm)};
    }
    const PointLps middle = low + 0.5 * (high - low);
    double reach_mm = 0.0;
    for (const Ball& ball : body.balls)
        reach_mm = std::max(reach_mm, distance_mm(middle, ball.centre) + ball.radius_mm);
    // A smooth maximum is at most m ln n above the maximum.
    return {middle, reach_mm + body.melt_mm * std::log(static_cast<double>(body.balls.size()))};
}

/// Linear interpolation lets the surface reach up to the next sample outside.
Ball around_it(const Cast& body)
{
    const Grid& grid = body.mould_mm.grid();
    const auto& [di, dj, dk] = grid.spacing_mm;
    double reach_mm = -1.0;
    for (std::int32_t k = 0; k < grid.size.k; ++k) {
        Index at{.i = 0, .j = 0, .k = k};
        for (const float depth_mm : body.mould_mm.slice(k)) {
            if (depth_mm > 0.0F) reach_mm = std::max(reach_mm, length_mm(to_lps(grid, at) - PointLps{}));
            if (++at.i == grid.size.i) at = {.i = 0, .j = at.j + 1, .k = k};
        }
    }
    if (reach_mm < 0.0) throw Error{Errc::usage, "a mould must have an inside"};
    return {body.centre, body.scale * (reach_mm + length_mm({di, dj, dk}))};
}

}  // namespace

double depth_mm(const Body& body, const PointLps& place)
{
    return std::visit([&](const auto& one) { return depth_in(one, place); }, body);
}

Ball around(const Body& body)
{
    return std::visit([](const auto& one) { return around_it(one); }, body);
}

Body shifted(const Body& body, const VectorLps& by)
{
    Body result = body;
    if (auto* lobes = std::get_if<Lobes>(&result))
        for (Ball& ball : lobes->balls)
            ball.centre = ball.centre + by;
    else if (auto* cast = std::get_if<Cast>(&result))
        cast->centre = cast->centre + by;
    else if (auto* ellipsoid = std::get_if<Ellipsoid>(&result))
        ellipsoid->centre = ellipsoid->centre + by;
    else if (auto* cylinder = std::get_if<CappedCylinder>(&result))
        cylinder->centre = cylinder->centre + by;
    return result;
}

Lobes lobed(double radius_mm, int lobes, std::uint64_t seed)
{
    constexpr double core = 0.68;      // of the whole radius; lobes then stand out by up to a third
    constexpr double thinnest = 0.30;  // a lobe's own radius, of the whole
    constexpr double thickest = 0.48;
    const NoiseStream random{seed, lobes_stream};
    Lobes body{.balls = {{{}, core * radius_mm}}, .melt_mm = 0.05 * radius_mm};
    for (int n = 0; n < lobes; ++n) {
        const std::uint64_t first = 3 * static_cast<std::uint64_t>(n);
        const double up = 2.0 * even_noise(random, first) - 1.0;
        const double around_rad = 2.0 * std::numbers::pi * even_noise(random, first + 1);
        const double own_mm = radius_mm * (thinnest + (thickest - thinnest) * even_noise(random, first + 2));
        const double flat = std::sqrt(1.0 - up * up);
        const VectorLps direction{flat * std::cos(around_rad), flat * std::sin(around_rad), up};
        body.balls.push_back({PointLps{} + (radius_mm - own_mm) * direction, own_mm});
    }
    return body;
}

}  // namespace downstage::phantom
