#pragma once

#include "downstage/core/error.hpp"
#include "downstage/core/space.hpp"

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace downstage {

/// Voxels and where they are. The voxel count always matches the grid; copies are deep.
template <typename T>
class Image {
public:
    Image() = default;
    explicit Image(const Grid& grid, T fill = T{}) : grid_{grid}, voxels_(voxel_count(grid), fill) {}
    /// Throws `Error` when the number of voxels is not that of the grid.
    Image(const Grid& grid, std::vector<T> voxels) : grid_{grid}, voxels_{std::move(voxels)}
    {
        if (voxels_.size() != voxel_count(grid_))
            throw Error{Errc::internal, "an image was given another number of voxels than its grid has"};
    }

    [[nodiscard]] const Grid& grid() const { return grid_; }
    [[nodiscard]] std::span<const T> voxels() const { return voxels_; }
    [[nodiscard]] std::span<T> voxels() { return voxels_; }
    [[nodiscard]] const T& operator[](const Index& at) const { return voxels_[offset_of(grid_, at)]; }
    [[nodiscard]] T& operator[](const Index& at) { return voxels_[offset_of(grid_, at)]; }

    /// The voxels of slice k, i fastest.
    [[nodiscard]] std::span<const T> slice(std::int32_t k) const
    {
        return voxels().subspan(offset_of(grid_, {0, 0, k}), slice_size());
    }
    [[nodiscard]] std::span<T> slice(std::int32_t k)
    {
        return voxels().subspan(offset_of(grid_, {0, 0, k}), slice_size());
    }

    friend bool operator==(const Image&, const Image&) = default;

private:
    [[nodiscard]] std::size_t slice_size() const
    {
        return static_cast<std::size_t>(grid_.size.i) * static_cast<std::size_t>(grid_.size.j);
    }

    Grid grid_{};
    std::vector<T> voxels_;
};

// The pixel type is the meaning.
using Volume = Image<std::int16_t>;     ///< CT in HU, MR in its own units
using Mask = Image<std::uint8_t>;       ///< 0 outside, 1 inside
using LabelMap = Image<std::uint16_t>;  ///< 0 background, n the thing with label n
using Field = Image<float>;  ///< a smooth quantity: a distance in mm, a mean in HU, a fraction 0..1

}  // namespace downstage
