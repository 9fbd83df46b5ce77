#include "downstage/report/view.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace downstage::report {
namespace {

/// The patient directions that a plane is hung by: to the right and down.
struct Hanging {
    VectorLps right, down;
};

constexpr VectorLps to_left{1.0, 0.0, 0.0};
constexpr VectorLps to_back{0.0, 1.0, 0.0};
constexpr VectorLps to_feet{0.0, 0.0, -1.0};

constexpr Hanging hanging_of(Plane plane)
{
    switch (plane) {
    case Plane::axial: return {.right = to_left, .down = to_back};
    case Plane::coronal: return {.right = to_left, .down = to_feet};
    case Plane::sagittal: return {.right = to_back, .down = to_feet};
    }
    return {.right = to_left, .down = to_back};
}

/// The plane that slices with this normal are nearest to.
Plane nearest_plane(const VectorLps& normal)
{
    const double x = std::abs(normal.x_mm);
    const double y = std::abs(normal.y_mm);
    const double z = std::abs(normal.z_mm);
    if (z >= x && z >= y) return Plane::axial;
    return y >= x ? Plane::coronal : Plane::sagittal;
}

/// `axis` or its opposite, whichever points more towards `wanted`.
VectorLps turned_towards(const VectorLps& axis, const VectorLps& wanted)
{
    return dot(axis, wanted) < 0.0 ? -1.0 * axis : axis;
}

View square_view(const Hanging& hanging, const PointLps& centre, const Frame& frame)
{
    return {.centre = centre,
            .right = hanging.right,
            .down = hanging.down,
            .mm_per_pixel = frame.extent_mm / frame.pixels,
            .width = frame.pixels,
            .height = frame.pixels};
}

}  // namespace

PixelPlace to_pixel(const View& view, const PointLps& point)
{
    const VectorLps from_centre = point - view.centre;
    return {0.5 * (view.width - 1) + dot(from_centre, view.right) / view.mm_per_pixel,
            0.5 * (view.height - 1) + dot(from_centre, view.down) / view.mm_per_pixel};
}

PointLps to_lps(const View& view, const PixelPlace& pixel)
{
    return view.centre + ((pixel.x - 0.5 * (view.width - 1)) * view.mm_per_pixel) * view.right +
           ((pixel.y - 0.5 * (view.height - 1)) * view.mm_per_pixel) * view.down;
}

View slice_view(const Grid& grid, const PointLps& centre, const Frame& frame)
{
    const VectorLps& i = grid.axes.i;
    const VectorLps& j = grid.axes.j;
    const Hanging wanted = hanging_of(nearest_plane(cross(i, j)));
    const double upright = std::abs(dot(i, wanted.right)) + std::abs(dot(j, wanted.down));
    const double lying = std::abs(dot(j, wanted.right)) + std::abs(dot(i, wanted.down));
    const Hanging found = upright >= lying ? Hanging{.right = i, .down = j} : Hanging{.right = j, .down = i};
    return square_view(
        {.right = turned_towards(found.right, wanted.right), .down = turned_towards(found.down, wanted.down)},
        centre,
        frame);
}

View plane_view(Plane plane, const PointLps& centre, const Frame& frame)
{
    return square_view(hanging_of(plane), centre, frame);
}

char side_letter(const VectorLps& direction)
{
    const std::array<double, 3> parts{direction.x_mm, direction.y_mm, direction.z_mm};
    const auto strongest =
        std::ranges::max_element(parts, {}, [](double part) { return std::abs(part); }) - parts.begin();
    constexpr std::array<char, 3> positive{'L', 'P', 'H'};
    constexpr std::array<char, 3> negative{'R', 'A', 'F'};
    const auto axis = static_cast<std::size_t>(strongest);
    return parts.at(axis) < 0.0 ? negative.at(axis) : positive.at(axis);
}

double extent_around(double diameter_mm)
{
    constexpr double smallest_mm = 100.0;
    constexpr double usual_largest_mm = 140.0;
    constexpr double roomy = 2.5;  // the lesion's surroundings are what shows whether its edge is right
    constexpr double tight = 1.3;  // and this much keeps the labels at the ends in the picture
    return std::max(std::clamp(roomy * diameter_mm, smallest_mm, usual_largest_mm), tight * diameter_mm);
}

}  // namespace downstage::report
