#pragma once

#include "downstage/core/image.hpp"
#include "downstage/core/parallel.hpp"

namespace downstage::segmentation {

/// `ct`, which is in LPS order, at 2.5 mm in all directions, clamped to [-1024, 1500] HU and smoothed against
/// aliasing (SEGMENTATION.md 2). Coarser slices are interpolated.
[[nodiscard]] Volume to_working_grid(const Volume& ct, unsigned workers);

/// A part of a grid.
struct Box {
    Index first;
    Size size;
};

/// The box around a mask, wider by `margin` voxels on all sides where the image goes on; the whole image when
/// the mask is empty.
[[nodiscard]] Box box_around(const Mask& mask, std::int32_t margin);

/// The voxels of `grid` for which `test(at, n)` holds, `at` being the voxel and `n` its place in memory.
template <typename Test>
[[nodiscard]] Mask voxels_where(const Grid& grid, unsigned workers, const Test& test)
{
    Mask mask{grid};
    for_each_index(static_cast<std::size_t>(grid.size.k), workers, [&](std::size_t slice) {
        const auto k = static_cast<std::int32_t>(slice);
        std::size_t n = offset_of(grid, {0, 0, k});
        for (std::int32_t j = 0; j < grid.size.j; ++j)
            for (std::int32_t i = 0; i < grid.size.i; ++i, ++n)
                mask.voxels()[n] = static_cast<std::uint8_t>(test(Index{i, j, k}, n) ? 1 : 0);
    });
    return mask;
}

/// Calls `visit(at, n)` for the voxels of `mask`, in the order of memory.
template <typename Visit>
void for_each_set(const Mask& mask, const Visit& visit)
{
    const Size& size = mask.grid().size;
    std::size_t n = 0;
    for (std::int32_t k = 0; k < size.k; ++k)
        for (std::int32_t j = 0; j < size.j; ++j)
            for (std::int32_t i = 0; i < size.i; ++i, ++n)
                if (mask.voxels()[n] != 0) visit(Index{i, j, k}, n);
}

}  // namespace downstage::segmentation
