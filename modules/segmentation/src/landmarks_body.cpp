#include "landmarks_body.hpp"

#include "downstage/imaging/components.hpp"
#include "downstage/imaging/morphology.hpp"
#include "downstage/imaging/resample.hpp"
#include "downstage/imaging/smooth.hpp"

#include "landmarks_spine.hpp"
#include "working_grid.hpp"

#include <algorithm>

namespace downstage::segmentation {

namespace {

using imaging::Connectivity;

constexpr double body_hu = -300.0;
constexpr double body_opening_mm = 5.0;  // two rounds with a cross at 2.5 mm
constexpr float bone_hu = 180.0F;        // 160 takes in enhanced kidney

constexpr double air_hu = -400.0;
constexpr float bowel_gas_hu = -940.0F;
constexpr double bowel_gas_sigma_mm = 2.0;
constexpr double bowel_gas_opening_mm = 2.5;
constexpr double bowel_gas_reach_mm = 6.0;
constexpr double lung_opening_mm = 3.0;
constexpr double lung_closing_mm = 6.0;
constexpr double smallest_lung_ml = 60.0;
constexpr double least_lungs_ml = 80.0;
constexpr double lightest_lung_hu = -935.0;
constexpr std::int32_t top_slices = 3;
// Lungs that lie whole in a scan from the neck do not reach its top; no bowel gas is as large.
constexpr double whole_lung_ml = 800.0;

/// The largest part of each slice: drops arms and table.
Mask largest_by_slice(const Mask& mask)
{
    const Size& size = mask.grid().size;
    Mask result{mask.grid()};
    for (std::int32_t k = 0; k < size.k; ++k) {
        const Mask slice = imaging::crop(mask, {0, 0, k}, {size.i, size.j, 1});
        const Mask part = imaging::largest_component(slice, Connectivity::faces);
        std::ranges::copy(part.voxels(), result.slice(k).begin());
    }
    return result;
}

/// Air in the body that is not bowel gas, and not the film of air around either.
Mask lung_like_air(const Volume& ct, const Mask& body, unsigned workers)
{
    const Field smooth =
        imaging::gaussian(ct, {bowel_gas_sigma_mm, bowel_gas_sigma_mm, bowel_gas_sigma_mm}, workers);
    const Mask gas = voxels_where(ct.grid(), workers, [&](const Index&, std::size_t n) {
        return body.voxels()[n] != 0 && smooth.voxels()[n] < bowel_gas_hu;
    });
    const Mask around_gas =
        imaging::dilate(imaging::open(gas, bowel_gas_opening_mm, workers), bowel_gas_reach_mm, workers);
    const Mask air = voxels_where(ct.grid(), workers, [&](const Index&, std::size_t n) {
        return body.voxels()[n] != 0 && ct.voxels()[n] < air_hu && around_gas.voxels()[n] == 0;
    });
    return imaging::open(air, lung_opening_mm, workers);
}

/// The numbers that tell a lung from other air.
struct AirPart {
    double volume_ml{};
    bool at_top{};
    std::vector<double> inner_hu;  ///< one voxel inside
};

std::vector<AirPart> parts_of(const LabelMap& labels, const Volume& ct, unsigned workers)
{
    const Grid& grid = labels.grid();
    std::vector<AirPart> parts(std::size_t{1} + std::ranges::max(labels.voxels()));
    const Mask air =
        voxels_where(grid, workers, [&](const Index&, std::size_t n) { return labels.voxels()[n] != 0; });
    const Mask inner = imaging::erode(air, grid.spacing_mm.i, workers);
    for_each_set(air, [&](const Index& at, std::size_t n) {
        AirPart& part = parts[labels.voxels()[n]];
        part.volume_ml += voxel_volume_mm3(grid) / 1000.0;
        part.at_top = part.at_top || at.k >= grid.size.k - top_slices;
        if (inner.voxels()[n] != 0) part.inner_hu.push_back(ct.voxels()[n]);
    });
    return parts;
}

bool is_lung(const AirPart& part)
{
    return part.volume_ml >= smallest_lung_ml && (part.at_top || part.volume_ml >= whole_lung_ml) &&
           !part.inner_hu.empty() && quantile(part.inner_hu, 0.5) > lightest_lung_hu;
}

}  // namespace

Mask find_body(const Volume& ct, unsigned workers)
{
    const Mask tissue = voxels_where(
        ct.grid(), workers, [&](const Index&, std::size_t n) { return ct.voxels()[n] > body_hu; });
    const Mask trunk = imaging::largest_component(imaging::open(tissue, body_opening_mm, workers));
    return largest_by_slice(imaging::fill_holes_by_slice(trunk));
}

Mask find_bone(const Volume& ct, const Mask& body, unsigned workers)
{
    const SpacingMm& spacing = ct.grid().spacing_mm;
    const Field smooth = imaging::gaussian(ct, {0.5 * spacing.i, 0.5 * spacing.j, 0.5 * spacing.k}, workers);
    return voxels_where(ct.grid(), workers, [&](const Index&, std::size_t n) {
        return body.voxels()[n] != 0 && smooth.voxels()[n] > bone_hu;
    });
}

Lungs find_lungs(const Volume& ct, const Mask& body, unsigned workers)
{
    const LabelMap labels =
        imaging::components(lung_like_air(ct, body, workers),
                            {.smallest_ml = smallest_lung_ml, .connectivity = Connectivity::faces});
    const auto parts = parts_of(labels, ct, workers);
    std::vector<bool> lung;
    lung.reserve(parts.size());
    for (const AirPart& part : parts)
        lung.push_back(is_lung(part));
    const Mask lungs = voxels_where(
        ct.grid(), workers, [&](const Index&, std::size_t n) { return lung[labels.voxels()[n]]; });

    Lungs found{.mask = imaging::close(lungs, lung_closing_mm, workers)};
    found.volume_ml = imaging::volume_ml(found.mask);
    found.in_view = found.volume_ml >= least_lungs_ml;
    return found;
}

}  // namespace downstage::segmentation
