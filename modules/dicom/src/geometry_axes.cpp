#include "geometry_axes.hpp"

#include "downstage/core/error.hpp"
#include "downstage/core/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace downstage::dicom {

namespace {

constexpr double largest_departure = 0.01;

VectorLps unit(const VectorLps& v)
{
    return (1.0 / length_mm(v)) * v;
}

std::array<double, 3> components(const VectorLps& v)
{
    return {v.x_mm, v.y_mm, v.z_mm};
}

std::size_t nearest_axis(const VectorLps& v)
{
    const std::array<double, 3> parts = components(v);
    const auto larger = [](double a, double b) { return std::abs(a) < std::abs(b); };
    return static_cast<std::size_t>(std::ranges::max_element(parts, larger) - parts.begin());
}

std::string towards(const VectorLps& v)
{
    constexpr std::array<std::array<const char*, 2>, 3> words{
        {{"right", "left"}, {"anterior", "posterior"}, {"feet", "head"}}};
    const std::size_t axis = nearest_axis(v);
    return words.at(axis).at(components(v).at(axis) > 0.0 ? 1 : 0);
}

}  // namespace

Axes axes_from(const VectorLps& row_direction, const VectorLps& column_direction)
{
    const double row_length = length_mm(row_direction);
    const double column_length = length_mm(column_direction);
    const double cosine = dot(row_direction, column_direction);
    const double departure =
        std::max({std::abs(row_length - 1.0), std::abs(column_length - 1.0), std::abs(cosine)});
    if (!(departure <= largest_departure))
        throw Error{Errc::input,
                    "ImageOrientationPatient (0020,0037) holds no two unit vectors at a right angle: their "
                    "lengths are " +
                        fixed(row_length, 3) + " and " + fixed(column_length, 3) +
                        ", and the cosine between them is " + fixed(cosine, 3)};
    const VectorLps i = unit(row_direction);
    const VectorLps j = unit(column_direction + (-dot(column_direction, i)) * i);
    return {.i = i, .j = j, .k = cross(i, j)};
}

std::string orientation_words(const Axes& axes)
{
    constexpr std::array<const char*, 3> planes{"sagittal", "coronal", "axial"};
    return std::string{planes.at(nearest_axis(axes.k))} + ", +i " + towards(axes.i) + ", +j " +
           towards(axes.j) + ", +k " + towards(axes.k);
}

double obliquity_deg(const VectorLps& direction)
{
    const double along = std::abs(components(direction).at(nearest_axis(direction))) / length_mm(direction);
    return std::acos(std::min(1.0, along)) * 180.0 / std::numbers::pi;
}

}  // namespace downstage::dicom
