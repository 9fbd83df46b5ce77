#include "lesions_patch.hpp"

#include <algorithm>
#include <cmath>

namespace downstage::segmentation {

namespace {

/// Grows to hold the voxels it is told of.
class Bounds {
public:
    void take(const Index& at)
    {
        low_ = {std::min(low_.i, at.i), std::min(low_.j, at.j), std::min(low_.k, at.k)};
        high_ = {std::max(high_.i, at.i), std::max(high_.j, at.j), std::max(high_.k, at.k)};
    }
    [[nodiscard]] VoxelBox box() const
    {
        if (high_.i < low_.i) return {};
        return {.first = low_, .size = {high_.i - low_.i + 1, high_.j - low_.j + 1, high_.k - low_.k + 1}};
    }

private:
    static constexpr std::int32_t far = 1 << 30;
    Index low_{far, far, far};
    Index high_{-1, -1, -1};
};

std::int32_t voxels_over(double length_mm, double spacing_mm)
{
    return static_cast<std::int32_t>(std::ceil(length_mm / spacing_mm));
}

Index last_of(const VoxelBox& box)
{
    return {box.first.i + box.size.i - 1, box.first.j + box.size.j - 1, box.first.k + box.size.k - 1};
}

}  // namespace

VoxelBox bounding_box(const Mask& mask)
{
    Bounds bounds;
    for_each_voxel(mask.grid(), [&](const Index& at) {
        if (mask[at] != 0) bounds.take(at);
    });
    return bounds.box();
}

std::vector<VoxelBox> bounding_boxes(const LabelMap& labels)
{
    std::vector<Bounds> bounds;
    for_each_voxel(labels.grid(), [&](const Index& at) {
        const std::size_t label = labels[at];
        if (label == 0) return;
        if (label > bounds.size()) bounds.resize(label);
        bounds[label - 1].take(at);
    });
    std::vector<VoxelBox> boxes(bounds.size());
    std::ranges::transform(bounds, boxes.begin(), &Bounds::box);
    return boxes;
}

VoxelBox widened(const VoxelBox& box, double margin_mm, const Grid& grid)
{
    const Index by{voxels_over(margin_mm, grid.spacing_mm.i),
                   voxels_over(margin_mm, grid.spacing_mm.j),
                   voxels_over(margin_mm, grid.spacing_mm.k)};
    const Index last = last_of(box);
    Bounds bounds;
    bounds.take(
        {std::max(0, box.first.i - by.i), std::max(0, box.first.j - by.j), std::max(0, box.first.k - by.k)});
    bounds.take({std::min(grid.size.i - 1, last.i + by.i),
                 std::min(grid.size.j - 1, last.j + by.j),
                 std::min(grid.size.k - 1, last.k + by.k)});
    return bounds.box();
}

VoxelBox united(const VoxelBox& a, const VoxelBox& b)
{
    Bounds bounds;
    for (const VoxelBox& box : {a, b}) {
        bounds.take(box.first);
        bounds.take(last_of(box));
    }
    return bounds.box();
}

Grid grid_of(const VoxelBox& box, const Grid& whole)
{
    return {.size = box.size,
            .spacing_mm = whole.spacing_mm,
            .origin = to_lps(whole, box.first),
            .axes = whole.axes};
}

Patch patch_of(const LabelMap& labels, const VoxelBox& box, std::uint16_t label)
{
    const LabelMap part = cut(labels, box);
    return {.first = box.first,
            .mask = mask_where(part.grid(), [&](std::size_t n) { return part.voxels()[n] == label; })};
}

VoxelBox box_of(const Patch& patch)
{
    return {.first = patch.first, .size = patch.mask.grid().size};
}

Mask placed(const Patch& patch, const VoxelBox& box, const Grid& whole)
{
    Mask mask{grid_of(box, whole)};
    const Index shift{box.first.i - patch.first.i, box.first.j - patch.first.j, box.first.k - patch.first.k};
    for_each_voxel(mask.grid(), [&](const Index& at) {
        const Index source{at.i + shift.i, at.j + shift.j, at.k + shift.k};
        if (contains(patch.mask.grid(), source)) mask[at] = patch.mask[source];
    });
    return mask;
}

Patch united(const Patch& a, const Patch& b, const Grid& whole)
{
    const VoxelBox box = united(box_of(a), box_of(b));
    Patch both{.first = box.first, .mask = placed(a, box, whole)};
    const Mask other = placed(b, box, whole);
    for (std::size_t n = 0; n < other.voxels().size(); ++n)
        if (other.voxels()[n] != 0) both.mask.voxels()[n] = 1;
    return both;
}

}  // namespace downstage::segmentation
