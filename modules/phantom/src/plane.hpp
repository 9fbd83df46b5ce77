#pragma once

#include "downstage/core/space.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace downstage::phantom {

/// A rectangle of values, row after row.
struct Plane {
    std::size_t width{}, height{};
    std::vector<float> values;
    [[nodiscard]] std::span<float> row(std::size_t y) { return std::span{values}.subspan(y * width, width); }
    [[nodiscard]] std::span<const float> row(std::size_t y) const
    {
        return std::span{values}.subspan(y * width, width);
    }
};

[[nodiscard]] inline Plane plane_of(std::size_t width, std::size_t height)
{
    return {width, height, std::vector<float>(width * height)};
}

/// Where the values of a plane lie in the room, and how thick the slice is that they are the mean of.
struct SliceLattice {
    PointLps first;          ///< middle of the slice at the first value
    VectorLps across, down;  ///< from value to value along a row, from row to row
    std::size_t width{}, height{};
    VectorLps normal;
    double thickness_mm{};
    int depths{};  ///< at which it is sampled; 0: as `depths_of` says
};

/// Depths at which a slice of this thickness is sampled: every 0.75 mm, half the pixels of a body scan.
[[nodiscard]] inline int depths_of(double thickness_mm)
{
    constexpr double finest_mm = 0.75;
    return std::clamp(static_cast<int>(thickness_mm / finest_mm), 4, 16);
}

/// The displacement from the middle of the slice to depth `n` of `depths`.
[[nodiscard]] inline VectorLps depth_offset(const SliceLattice& slice, int n, int depths)
{
    return (((n + 0.5) / depths - 0.5) * slice.thickness_mm) * slice.normal;
}

[[nodiscard]] inline PointLps place_in(const SliceLattice& slice, double x, double y)
{
    return slice.first + x * slice.across + y * slice.down;
}

}  // namespace downstage::phantom
