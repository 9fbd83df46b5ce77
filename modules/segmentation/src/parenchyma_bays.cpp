#include "parenchyma_bays.hpp"

#include "downstage/imaging/components.hpp"
#include "downstage/imaging/morphology.hpp"

#include "lesions_patch.hpp"
#include "parenchyma.hpp"

#include <utility>
#include <vector>

namespace downstage::segmentation {

namespace {

// 8.2
constexpr double bay_mm = 9.0;
constexpr double darkest_hu = 15.0;
constexpr double brightest_over_liver_hu = 40.0;
constexpr double opening_mm = 2.6;
constexpr double darkest_median_hu = 28.0;  // gallbladders had 20 to 28 HU

/// The mask with two of its axes exchanged.
template <typename Swap>
Mask with_axes_swapped(const Mask& mask, const Swap& swap)
{
    Grid grid = mask.grid();
    swap(grid.size);
    swap(grid.spacing_mm);
    swap(grid.axes);
    Mask result{grid};
    for_each_voxel(mask.grid(), [&](const Index& at) {
        Index to = at;
        swap(to);
        result[to] = mask[at];
    });
    return result;
}

constexpr auto swap_j_k = [](auto& triple) { std::swap(triple.j, triple.k); };
constexpr auto swap_i_k = [](auto& triple) { std::swap(triple.i, triple.k); };

template <typename Swap>
Mask filled_across(const Mask& mask, const Swap& swap)
{
    return with_axes_swapped(imaging::fill_holes_by_slice(with_axes_swapped(mask, swap)), swap);
}

/// Holes of any axial, coronal or sagittal plane, and bays.
Mask enclosed(const Mask& liver, unsigned workers)
{
    const Mask holes =
        imaging::either(imaging::fill_holes_by_slice(liver),
                        imaging::either(filled_across(liver, swap_j_k), filled_across(liver, swap_i_k)));
    return imaging::without(imaging::either(holes, imaging::close(liver, bay_mm, workers)), liver);
}

/// The parts of `mask` that are as dense as a tumour by their median.
Mask solid_parts(const Mask& mask, const Field& smoothed_hu)
{
    const LabelMap parts = imaging::components(mask);
    std::vector<std::vector<float>> values(bounding_boxes(parts).size() + 1);
    for (std::size_t n = 0; n < parts.voxels().size(); ++n)
        if (parts.voxels()[n] != 0) values[parts.voxels()[n]].push_back(smoothed_hu.voxels()[n]);
    std::vector<bool> is_solid(values.size());
    for (std::size_t label = 1; label < values.size(); ++label)
        is_solid[label] = median_of(values[label]) > darkest_median_hu;
    return mask_where(mask.grid(), [&](std::size_t n) { return is_solid[parts.voxels()[n]]; });
}

}  // namespace

Mask with_bays_filled(const Mask& liver, const Field& smoothed_hu, double mean_hu, unsigned workers)
{
    const auto lowest_hu = static_cast<float>(darkest_hu);
    const auto highest_hu = static_cast<float>(mean_hu + brightest_over_liver_hu);
    const Mask soft = mask_where(liver.grid(), [&](std::size_t n) {
        return smoothed_hu.voxels()[n] > lowest_hu && smoothed_hu.voxels()[n] < highest_hu;
    });
    const Mask bays = imaging::open(imaging::both(enclosed(liver, workers), soft), opening_mm, workers);
    return imaging::fill_holes(imaging::either(liver, solid_parts(bays, smoothed_hu)));
}

}  // namespace downstage::segmentation
