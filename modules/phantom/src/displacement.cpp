#include "displacement.hpp"

#include "downstage/phantom/noise.hpp"
#include "downstage/phantom/tone.hpp"

#include <cmath>

namespace downstage::phantom {

namespace {

/// Long hills with shorter ones of a third of their height on them.
double hills(const Deformation& deformation, const PointLps& place, std::uint64_t direction)
{
    constexpr double shorter = 0.4;
    constexpr double lower = 0.3;
    const std::uint64_t seed = mixed(deformation.seed ^ (deformation_stream + direction));
    return deformation.sd_mm *
           (texture_at({.seed = seed, .scale_mm = deformation.scale_mm}, place) +
            lower * texture_at({.seed = mixed(seed), .scale_mm = shorter * deformation.scale_mm}, place));
}

float between(float a, float b, double weight_of_b)
{
    return a + static_cast<float>(weight_of_b) * (b - a);
}

/// Linear between four values; beyond the plane its edge goes on.
float sampled(const Plane& plane, double x, double y)
{
    const auto last_x = static_cast<double>(plane.width - 1);
    const auto last_y = static_cast<double>(plane.height - 1);
    x = std::clamp(x, 0.0, last_x);
    y = std::clamp(y, 0.0, last_y);
    const auto left = static_cast<std::size_t>(x);
    const auto top = static_cast<std::size_t>(y);
    const std::size_t right = std::min(left + 1, plane.width - 1);
    const std::size_t bottom = std::min(top + 1, plane.height - 1);
    const double to_right = x - static_cast<double>(left);
    const double to_bottom = y - static_cast<double>(top);
    return between(between(plane.row(top)[left], plane.row(top)[right], to_right),
                   between(plane.row(bottom)[left], plane.row(bottom)[right], to_right),
                   to_bottom);
}

/// Displacements in lattice steps, known every `every` values; smooth, so that lines between them will do.
struct Coarse {
    std::size_t every{};
    Plane across, down;
};

Coarse coarse(const SliceLattice& slice, const Deformation& deformation, const VectorLps& shift)
{
    constexpr double every_mm = 5.0;  // a fifth of the shorter hills
    const double across_mm = length_mm(slice.across);
    const double down_mm = length_mm(slice.down);
    const auto every = std::max(std::size_t{1}, static_cast<std::size_t>(every_mm / across_mm));
    Coarse result{.every = every,
                  .across = plane_of(slice.width / every + 2, slice.height / every + 2),
                  .down = plane_of(slice.width / every + 2, slice.height / every + 2)};
    const Axes axes{
        .i = (1.0 / across_mm) * slice.across, .j = (1.0 / down_mm) * slice.down, .k = slice.normal};
    for (std::size_t y = 0; y < result.across.height; ++y)
        for (std::size_t x = 0; x < result.across.width; ++x) {
            const PointLps place =
                place_in(slice, static_cast<double>(x * every), static_cast<double>(y * every)) +
                (-1.0) * shift;
            const VectorLps by = displacement(deformation, place, axes);
            result.across.row(y)[x] = static_cast<float>(dot(by, axes.i) / across_mm);
            result.down.row(y)[x] = static_cast<float>(dot(by, axes.j) / down_mm);
        }
    return result;
}

/// Row `y` of a plane of which only every `every`-th row and column is known.
std::vector<float> row_between(const Plane& known, std::size_t every, std::size_t y, std::size_t width)
{
    const std::span<const float> above = known.row(y / every);
    const std::span<const float> below = known.row(y / every + 1);
    const double to_below = static_cast<double>(y % every) / static_cast<double>(every);
    std::vector<float> row(width);
    for (std::size_t x = 0; x < width; ++x) {
        const std::size_t left = x / every;
        const double to_right = static_cast<double>(x % every) / static_cast<double>(every);
        row[x] = between(between(above[left], below[left], to_below),
                         between(above[left + 1], below[left + 1], to_below),
                         to_right);
    }
    return row;
}

}  // namespace

VectorLps displacement(const Deformation& deformation, const PointLps& place, const Axes& axes)
{
    return hills(deformation, place, 0) * axes.i + hills(deformation, place, 1) * axes.j;
}

Plane deformed(const Plane& plane,
               const SliceLattice& slice,
               const Deformation& deformation,
               const VectorLps& shift)
{
    const Coarse by = coarse(slice, deformation, shift);
    Plane result = plane_of(plane.width, plane.height);
    for (std::size_t y = 0; y < plane.height; ++y) {
        const std::vector<float> across = row_between(by.across, by.every, y, plane.width);
        const std::vector<float> down = row_between(by.down, by.every, y, plane.width);
        const std::span<float> row = result.row(y);
        for (std::size_t x = 0; x < row.size(); ++x)
            row[x] = sampled(
                plane, static_cast<double>(x) + double{across[x]}, static_cast<double>(y) + double{down[x]});
    }
    return result;
}

}  // namespace downstage::phantom
