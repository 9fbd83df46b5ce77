#pragma once

#include "downstage/core/image.hpp"

#include <cstdint>
#include <vector>

/// Small boxes of voxels cut out of a large grid: a lesion is handled in its own surroundings, not in the
/// whole liver.
namespace downstage::segmentation {

/// Voxels of a grid from `first`, `size` of them.
struct VoxelBox {
    Index first;
    Size size;
    friend bool operator==(const VoxelBox&, const VoxelBox&) = default;
};

/// A mask on a box of a larger grid.
struct Patch {
    Index first;  ///< where the mask's voxel {0, 0, 0} lies in the larger grid
    Mask mask;
};

/// The box of what is set, or of size 0 when nothing is.
[[nodiscard]] VoxelBox bounding_box(const Mask& mask);
/// The boxes of labels 1..n, in this order.
[[nodiscard]] std::vector<VoxelBox> bounding_boxes(const LabelMap& labels);
/// `box` with `margin_mm` more on all sides, as far as `grid` reaches.
[[nodiscard]] VoxelBox widened(const VoxelBox& box, double margin_mm, const Grid& grid);
/// The least box that holds both.
[[nodiscard]] VoxelBox united(const VoxelBox& a, const VoxelBox& b);
[[nodiscard]] Grid grid_of(const VoxelBox& box, const Grid& whole);

/// One label of a map as a patch of its own box.
[[nodiscard]] Patch patch_of(const LabelMap& labels, const VoxelBox& box, std::uint16_t label);
[[nodiscard]] VoxelBox box_of(const Patch& patch);
/// The part of `patch` that lies in `box`, as a mask on that box of `whole`.
[[nodiscard]] Mask placed(const Patch& patch, const VoxelBox& box, const Grid& whole);
[[nodiscard]] Patch united(const Patch& a, const Patch& b, const Grid& whole);

/// The part of `image` that lies in `box`.
template <typename T>
[[nodiscard]] Image<T> cut(const Image<T>& image, const VoxelBox& box)
{
    Image<T> part{grid_of(box, image.grid())};
    for (std::int32_t k = 0; k < box.size.k; ++k)
        for (std::int32_t j = 0; j < box.size.j; ++j)
            for (std::int32_t i = 0; i < box.size.i; ++i)
                part[{i, j, k}] = image[{box.first.i + i, box.first.j + j, box.first.k + k}];
    return part;
}

/// Calls `body(index)` for every voxel of `grid`, in the order they have in memory.
template <typename Body>
void for_each_voxel(const Grid& grid, const Body& body)
{
    for (std::int32_t k = 0; k < grid.size.k; ++k)
        for (std::int32_t j = 0; j < grid.size.j; ++j)
            for (std::int32_t i = 0; i < grid.size.i; ++i)
                body(Index{i, j, k});
}

/// A mask on `grid` of the voxels n (their place in memory) for which `test(n)` holds.
template <typename Test>
[[nodiscard]] Mask mask_where(const Grid& grid, const Test& test)
{
    Mask mask{grid};
    for (std::size_t n = 0; n < mask.voxels().size(); ++n)
        mask.voxels()[n] = static_cast<std::uint8_t>(test(n) ? 1 : 0);
    return mask;
}

}  // namespace downstage::segmentation
