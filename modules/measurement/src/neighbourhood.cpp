#include "downstage/measurement/neighbourhood.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace downstage::measurement {

namespace {

void include(Box& box, const Index& voxel)
{
    box.first = {
        std::min(box.first.i, voxel.i), std::min(box.first.j, voxel.j), std::min(box.first.k, voxel.k)};
    box.last = {std::max(box.last.i, voxel.i), std::max(box.last.j, voxel.j), std::max(box.last.k, voxel.k)};
}

/// Adds the runs of labels of one row; rows are mostly background, which a search skips quickly.
void include_row(std::map<std::uint16_t, Box>& boxes, std::span<const std::uint16_t> row, const Index& start)
{
    const auto is_label = [](std::uint16_t value) { return value != 0; };
    auto run = std::ranges::find_if(row, is_label);
    while (run != row.end()) {
        const std::uint16_t label = *run;
        const auto run_end =
            std::find_if(run, row.end(), [label](std::uint16_t value) { return value != label; });
        const Index first{static_cast<std::int32_t>(run - row.begin()), start.j, start.k};
        const Index last{static_cast<std::int32_t>(run_end - row.begin()) - 1, start.j, start.k};
        Box& box = boxes.try_emplace(label, Box{first, last}).first->second;
        include(box, first);
        include(box, last);
        run = std::find_if(run_end, row.end(), is_label);
    }
}

std::int32_t voxels_for(double reach_mm, double spacing_mm)
{
    return static_cast<std::int32_t>(std::ceil(reach_mm / spacing_mm)) + 1;
}

Grid grid_around(const Grid& whole, const Index& corner, const Index& last)
{
    Grid grid = whole;
    grid.origin = to_lps(whole, corner);
    grid.size = {last.i - corner.i + 1, last.j - corner.j + 1, last.k - corner.k + 1};
    return grid;
}

/// What is copied row by row.
struct Source {
    const Volume& image;
    const Segmented& found;
    std::uint16_t label;
    bool has_liver;
};

/// Copies `length` voxels from `there` in the whole image to `here` in the cut.
void copy_row(
    Neighbourhood& cut, const Source& source, std::size_t there, std::size_t here, std::size_t length)
{
    for (std::size_t n = 0; n < length; ++n, ++there, ++here) {
        const std::uint16_t value = source.found.lesions.voxels()[there];
        const bool own = value == source.label;
        const bool in_liver = !source.has_liver || source.found.liver.voxels()[there] != 0;
        cut.hu.voxels()[here] = static_cast<float>(source.image.voxels()[there]);
        cut.label.voxels()[here] = own ? 1 : 0;
        cut.readable.voxels()[here] = own || (in_liver && value == 0) ? 1 : 0;
    }
}

}  // namespace

std::map<std::uint16_t, Box> boxes_of_labels(const LabelMap& labels)
{
    std::map<std::uint16_t, Box> boxes;
    const Size size = labels.grid().size;
    for (std::int32_t k = 0; k < size.k; ++k)
        for (std::int32_t j = 0; j < size.j; ++j) {
            const Index start{0, j, k};
            include_row(
                boxes,
                labels.voxels().subspan(offset_of(labels.grid(), start), static_cast<std::size_t>(size.i)),
                start);
        }
    return boxes;
}

Neighbourhood neighbourhood_of(
    const Volume& image, const Segmented& found, std::uint16_t label, const Box& box, double reach_mm)
{
    const Grid& whole = image.grid();
    const Index margin{voxels_for(reach_mm, whole.spacing_mm.i),
                       voxels_for(reach_mm, whole.spacing_mm.j),
                       voxels_for(reach_mm, whole.spacing_mm.k)};
    const Index corner{box.first.i - margin.i, box.first.j - margin.j, box.first.k - margin.k};
    const Index last{box.last.i + margin.i, box.last.j + margin.j, box.last.k + margin.k};
    const Grid grid = grid_around(whole, corner, last);
    Neighbourhood cut{.hu = Field{grid}, .label = Mask{grid}, .readable = Mask{grid}, .corner = corner};

    const Source source{image, found, label, found.liver.grid().size == whole.size};
    const Index from{std::max(corner.i, 0), std::max(corner.j, 0), std::max(corner.k, 0)};
    const Index to{std::min(last.i, whole.size.i - 1),
                   std::min(last.j, whole.size.j - 1),
                   std::min(last.k, whole.size.k - 1)};
    const auto length = static_cast<std::size_t>(to.i) - static_cast<std::size_t>(from.i) + 1;
    for (std::int32_t k = from.k; k <= to.k; ++k)
        for (std::int32_t j = from.j; j <= to.j; ++j)
            copy_row(cut,
                     source,
                     offset_of(whole, {from.i, j, k}),
                     offset_of(grid, {from.i - corner.i, j - corner.j, k - corner.k}),
                     length);
    return cut;
}

}  // namespace downstage::measurement
