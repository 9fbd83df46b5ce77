#include "features_shape.hpp"

#include "downstage/imaging/morphology.hpp"

#include "lesions_patch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace downstage::segmentation {

namespace {

std::int32_t largest_slice(const Mask& mask)
{
    std::int32_t largest = 0;
    std::ptrdiff_t most = 0;
    for (std::int32_t k = 0; k < mask.grid().size.k; ++k) {
        const auto voxels = std::ranges::count_if(mask.slice(k), [](std::uint8_t v) { return v != 0; });
        if (voxels <= most) continue;
        most = voxels;
        largest = k;
    }
    return largest;
}

Mask slice_of(const Mask& mask, std::int32_t k)
{
    const Size& size = mask.grid().size;
    return cut(mask, {.first = {0, 0, k}, .size = {size.i, size.j, 1}});
}

/// The first and last pixel of every row: the ends of the longest diameter are among them.
std::vector<Index> row_ends(const Mask& slice)
{
    std::vector<Index> ends;
    const Size& size = slice.grid().size;
    for (std::int32_t j = 0; j < size.j; ++j) {
        std::vector<std::int32_t> row;
        for (std::int32_t i = 0; i < size.i; ++i)
            if (slice[{i, j, 0}] != 0) row.push_back(i);
        if (row.empty()) continue;
        ends.push_back({row.front(), j, 0});
        ends.push_back({row.back(), j, 0});
    }
    return ends;
}

/// Between pixel centres one pixel is missing: half a pixel at either end.
double diameter_of_slice_mm(const Mask& slice)
{
    const Grid& grid = slice.grid();
    const std::vector<Index> ends = row_ends(slice);
    double longest = 0.0;
    for (const Index& a : ends)
        for (const Index& b : ends)
            longest = std::max(longest, distance_mm(to_lps(grid, a), to_lps(grid, b)));
    return ends.empty() ? 0.0 : longest + 0.5 * (grid.spacing_mm.i + grid.spacing_mm.j);
}

using Matrix = std::array<std::array<double, 3>, 3>;

/// Second central moments in mm2 along the axes of the grid.
Matrix moments_of(const Mask& mask)
{
    const SpacingMm& spacing = mask.grid().spacing_mm;
    std::array<double, 3> sum{};
    Matrix squares{};
    double voxels = 0.0;
    for_each_voxel(mask.grid(), [&](const Index& at) {
        if (mask[at] == 0) return;
        const std::array place{at.i * spacing.i, at.j * spacing.j, at.k * spacing.k};
        voxels += 1.0;
        for (std::size_t a = 0; a < 3; ++a) {
            sum.at(a) += place.at(a);
            for (std::size_t b = 0; b < 3; ++b)
                squares.at(a).at(b) += place.at(a) * place.at(b);
        }
    });
    for (std::size_t a = 0; a < 3; ++a)
        for (std::size_t b = 0; b < 3; ++b)
            squares.at(a).at(b) = squares.at(a).at(b) / voxels - sum.at(a) * sum.at(b) / (voxels * voxels);
    return squares;
}

double determinant(const Matrix& m)
{
    return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) -
           m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0]) +
           m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
}

/// The two largest eigenvalues of a symmetric matrix, largest first (Smith, CACM 4, 1961).
std::array<double, 2> largest_eigenvalues(const Matrix& m)
{
    const double mean = (m[0][0] + m[1][1] + m[2][2]) / 3.0;
    Matrix centred = m;
    double squares = 0.0;
    for (std::size_t a = 0; a < 3; ++a) {
        centred.at(a).at(a) -= mean;
        for (const double value : centred.at(a))
            squares += value * value;
    }
    const double radius = std::sqrt(squares / 6.0);
    if (radius <= 0.0) return {mean, mean};
    const double cosine = std::clamp(determinant(centred) / (2.0 * std::pow(radius, 3)), -1.0, 1.0);
    const double angle = std::acos(cosine) / 3.0;
    const double largest = mean + 2.0 * radius * std::cos(angle);
    const double smallest = mean + 2.0 * radius * std::cos(angle + 2.0 * std::numbers::pi / 3.0);
    return {largest, 3.0 * mean - largest - smallest};
}

}  // namespace

SliceShape largest_slice_shape(const Mask& mask)
{
    const Mask slice = slice_of(mask, largest_slice(mask));
    const double diameter_mm = diameter_of_slice_mm(slice);
    if (diameter_mm <= 0.0) return {};

    const SpacingMm& spacing = mask.grid().spacing_mm;
    const double area_mm2 = static_cast<double>(imaging::count(slice)) * spacing.i * spacing.j;
    const Field depth = imaging::depth_mm(slice, 1);
    const auto radius_mm = static_cast<double>(*std::ranges::max_element(depth.voxels()));
    return {.radius_mm = radius_mm,
            .diameter_mm = diameter_mm,
            .roundness = area_mm2 / (std::numbers::pi * diameter_mm * diameter_mm / 4.0),
            .compactness = radius_mm / std::sqrt(area_mm2 / std::numbers::pi)};
}

double longest_diameter_mm(const Mask& mask)
{
    double longest = 0.0;
    for (std::int32_t k = 0; k < mask.grid().size.k; ++k)
        longest = std::max(longest, diameter_of_slice_mm(slice_of(mask, k)));
    return longest;
}

double elongation(const Mask& mask)
{
    constexpr double thinnest_slices = 0.6;  // 9.5
    const auto [first, second] = largest_eigenvalues(moments_of(mask));
    const double thinnest_mm = thinnest_slices * mask.grid().spacing_mm.k;
    const double middle_mm = std::max(std::sqrt(std::max(second, 0.0)), thinnest_mm);
    return std::max(1.0, std::sqrt(std::max(first, 0.0)) / middle_mm);
}

}  // namespace downstage::segmentation
