#include "liver_network.hpp"

#include "downstage/imaging/components.hpp"
#include "downstage/imaging/morphology.hpp"
#include "downstage/imaging/resample.hpp"
#include "downstage/imaging/smooth.hpp"

#include "working_grid.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace downstage::segmentation {

namespace {

// TRAINING.md 5.5, 5.6
constexpr double across_sigma_mm = 3.0;
constexpr double core_erosion_mm = 2.5;
constexpr double regrow_mm = 4.0;  // the erosion and a pixel
constexpr double least_core_share = 0.03;
constexpr double closing_mm = 3.0;
constexpr std::int32_t box_margin = 6;  // pixels: closing may touch the edge of no smaller box

constexpr float sure = 0.8F;  // TRAINING.md 7

/// The same voxels with slices so far apart that distances and growth stay in the plane: the slices of a CT
/// may be 1 to 7 mm thick, and a pixel of the network is 1.5 mm.
Mask slices_apart(const Mask& mask)
{
    constexpr double apart_mm = 1000.0;
    Grid grid = mask.grid();
    grid.spacing_mm.k = apart_mm;
    return {grid, {mask.voxels().begin(), mask.voxels().end()}};
}

Mask slices_together(const Mask& flat, const Grid& grid)
{
    return {grid, {flat.voxels().begin(), flat.voxels().end()}};
}

Field cropped(const Field& field, const Box& box)
{
    const Grid& whole = field.grid();
    Field part{Grid{.size = box.size,
                    .spacing_mm = whole.spacing_mm,
                    .origin = to_lps(whole, box.first),
                    .axes = whole.axes}};
    for (std::int32_t k = 0; k < box.size.k; ++k)
        for (std::int32_t j = 0; j < box.size.j; ++j)
            std::copy_n(
                &field[{box.first.i, box.first.j + j, box.first.k + k}], box.size.i, &part[{0, j, k}]);
    return part;
}

Mask at_least(const Field& field, double threshold, unsigned workers)
{
    return voxels_where(field.grid(), workers, [&](const Index&, std::size_t n) {
        return static_cast<double>(field.voxels()[n]) >= threshold;
    });
}

std::size_t common(const Mask& a, const Mask& b)
{
    return imaging::count(imaging::both(a, b));
}

/// The largest core, and others of at least 3 % of it that touch what it grows back to.
Mask main_parts(const Mask& mask, unsigned workers)
{
    const Mask eroded =
        slices_together(imaging::erode(slices_apart(mask), core_erosion_mm, workers), mask.grid());
    const LabelMap cores = imaging::components(eroded, {.connectivity = imaging::Connectivity::faces});
    Mask kept = imaging::with_label(cores, 1);
    const auto least = static_cast<std::size_t>(least_core_share * static_cast<double>(imaging::count(kept)));
    const auto grown = [&](const Mask& core) {
        return slices_together(imaging::grow_within(slices_apart(core), slices_apart(mask), regrow_mm),
                               mask.grid());
    };
    const Mask main = grown(kept);
    const std::uint16_t count = std::ranges::max(cores.voxels());
    for (std::uint16_t label = 2; label <= count; ++label) {
        const Mask core = imaging::with_label(cores, label);
        if (imaging::count(core) < least) break;  // labels are in the order of size
        if (common(imaging::dilate(grown(core), mask.grid().spacing_mm.k, workers), main) > 0)
            kept = imaging::either(kept, core);
    }
    return grown(kept);
}

double share_below(const Field& probability, const Mask& mask, float limit)
{
    std::size_t below = 0;
    for_each_set(mask, [&](const Index&, std::size_t n) {
        if (probability.voxels()[n] < limit) ++below;
    });
    const std::size_t all = imaging::count(mask);
    return all == 0 ? 0.0 : static_cast<double>(below) / static_cast<double>(all);
}

}  // namespace

std::optional<NetworkLiver> one_liver(const Field& probability, double threshold, unsigned workers)
{
    const Mask first = at_least(probability, threshold, workers);
    if (imaging::count(first) == 0) return std::nullopt;
    NetworkLiver liver{.probability = imaging::gaussian(cropped(probability, box_around(first, box_margin)),
                                                        {0.0, 0.0, across_sigma_mm},
                                                        workers),
                       .mask = {},
                       .threshold = threshold};
    const Grid& grid = liver.probability.grid();
    const Mask parts = main_parts(at_least(liver.probability, threshold, workers), workers);
    const Mask closed = slices_together(imaging::close(slices_apart(parts), closing_mm, workers), grid);
    liver.mask = imaging::fill_holes_by_slice(closed);
    liver.unsure_share = share_below(liver.probability, liver.mask, sure);
    return liver;
}

}  // namespace downstage::segmentation
