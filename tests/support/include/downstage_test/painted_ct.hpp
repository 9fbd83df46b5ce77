#pragma once

#include "downstage/core/image.hpp"

#include "downstage_test/shapes.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <numbers>
#include <vector>

/// A CT painted body by body, for what finds things in it. Used by tests only.
namespace downstage_test {

/// True for places inside a body.
using Inside = std::function<bool(const PointLps&)>;

[[nodiscard]] inline Inside inside_ball(const PointLps& centre, double radius_mm)
{
    return [=](const PointLps& at) { return downstage::distance_mm(at, centre) <= radius_mm; };
}

[[nodiscard]] inline double ball_mm3(double radius_mm)
{
    return 4.0 / 3.0 * std::numbers::pi * radius_mm * radius_mm * radius_mm;
}

/// About the patient's origin, along the patient's axes.
[[nodiscard]] inline Inside inside_ellipsoid(const VectorLps& half_mm)
{
    return [=](const PointLps& at) {
        return std::hypot(at.x_mm / half_mm.x_mm, at.y_mm / half_mm.y_mm, at.z_mm / half_mm.z_mm) <= 1.0;
    };
}

/// A tube with round ends about the line from `from` to `to`.
[[nodiscard]] inline Inside inside_tube(const PointLps& from, const PointLps& to, double radius_mm)
{
    return [=](const PointLps& at) {
        const VectorLps axis = to - from;
        const double along = std::clamp(dot(at - from, axis) / dot(axis, axis), 0.0, 1.0);
        return downstage::distance_mm(at, from + along * axis) <= radius_mm;
    };
}

/// Something of one density.
struct Body {
    Inside inside;
    double hu{};
};

struct Scanner {
    double blur_mm = 0.8;  ///< in the plane of the slices: sd of a soft kernel's edge
    double noise_hu = 0.0;
    double noise_grain_mm = 0.6;
    std::uint64_t seed = 1;
};

/// The mean density of a voxel, from eight places in it.
[[nodiscard]] inline double mean_hu(const Grid& grid, const Index& at, const std::vector<Body>& bodies)
{
    constexpr double fat_hu = -100.0;
    double sum = 0.0;
    for (int part = 0; part < 8; ++part) {
        const auto offset = [part](int axis) { return (part >> axis & 1) != 0 ? 0.25 : -0.25; };
        const PointLps place = to_lps(grid, VoxelPlace{at.i + offset(0), at.j + offset(1), at.k + offset(2)});
        double hu = fat_hu;
        for (const Body& body : bodies)
            if (body.inside(place)) hu = body.hu;
        sum += hu;
    }
    return sum / 8.0;
}

/// Fat everywhere, then the bodies in order, each over those before it; then blur, then noise.
[[nodiscard]] inline Volume
painted(const Grid& grid, const std::vector<Body>& bodies, const Scanner& scanner = {})
{
    Field clean{grid};
    std::size_t n = 0;
    for (std::int32_t k = 0; k < grid.size.k; ++k)
        for (std::int32_t j = 0; j < grid.size.j; ++j)
            for (std::int32_t i = 0; i < grid.size.i; ++i)
                clean.voxels()[n++] = static_cast<float>(mean_hu(grid, {i, j, k}, bodies));
    clean = blurred_in_plane(clean, scanner.blur_mm);
    const bool noisy = scanner.noise_hu > 0.0;
    const Field noise = noisy ? noise_of(grid, scanner.noise_grain_mm, scanner.seed) : Field{grid};
    Volume image{grid};
    for (n = 0; n < image.voxels().size(); ++n)
        image.voxels()[n] =
            static_cast<std::int16_t>(std::lround(static_cast<double>(clean.voxels()[n]) +
                                                  scanner.noise_hu * static_cast<double>(noise.voxels()[n])));
    return image;
}

/// The voxels whose centre is inside.
[[nodiscard]] inline downstage::Mask drawn(const Grid& grid, const Inside& inside)
{
    downstage::Mask mask{grid};
    for (std::int32_t k = 0; k < grid.size.k; ++k)
        for (std::int32_t j = 0; j < grid.size.j; ++j)
            for (std::int32_t i = 0; i < grid.size.i; ++i)
                mask[{i, j, k}] = inside(to_lps(grid, Index{i, j, k})) ? 1 : 0;
    return mask;
}

/// A grid with its middle at the patient's origin.
[[nodiscard]] inline Grid centred_grid(const downstage::Size& size, const downstage::SpacingMm& spacing_mm)
{
    return {.size = size,
            .spacing_mm = spacing_mm,
            .origin = {-0.5 * (size.i - 1) * spacing_mm.i,
                       -0.5 * (size.j - 1) * spacing_mm.j,
                       -0.5 * (size.k - 1) * spacing_mm.k},
            .axes = {}};
}

}  // namespace downstage_test
