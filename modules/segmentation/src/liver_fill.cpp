#include "liver_fill.hpp"

#include "downstage/imaging/components.hpp"
#include "downstage/imaging/morphology.hpp"

#include "working_grid.hpp"

#include <cstddef>
#include <utility>
#include <vector>

namespace downstage::segmentation {

namespace {

// SEGMENTATION.md 8.2
constexpr double closing_mm = 9.0;
constexpr double darkest_hu = 15.0;
constexpr double brightest_spreads = 4.0;
constexpr double opening_mm = 2.6;
constexpr double fluid_hu = 28.0;

/// The parts of `mask` whose median density is above that of fluid.
Mask solid_parts(const Mask& mask, const Volume& smooth)
{
    const LabelMap parts = imaging::components(mask);
    std::vector<std::vector<double>> hu;
    for_each_set(mask, [&](const Index&, std::size_t n) {
        const std::size_t part = parts.voxels()[n];
        if (hu.size() <= part) hu.resize(part + 1);
        hu[part].push_back(smooth.voxels()[n]);
    });
    std::vector<bool> solid(hu.size());
    for (std::size_t part = 1; part < hu.size(); ++part)
        solid[part] = !hu[part].empty() && quantile(std::move(hu[part]), 0.5) > fluid_hu;
    Mask result{mask.grid()};
    for_each_set(mask, [&](const Index&, std::size_t n) {
        result.voxels()[n] = static_cast<std::uint8_t>(solid[parts.voxels()[n]] ? 1 : 0);
    });
    return result;
}

}  // namespace

Mask soft_filled(const Mask& liver, const Scene& scene)
{
    const unsigned workers = scene.workers;
    const Mask gaps = imaging::without(
        imaging::either(imaging::fill_holes_in_planes(liver), imaging::close(liver, closing_mm, workers)),
        liver);
    const Mask soft_gaps = voxels_where(liver.grid(), workers, [&](const Index&, std::size_t n) {
        const double hu = scene.tissue.smooth.voxels()[n];
        const double brightest_hu =
            static_cast<double>(scene.mean_hu.voxels()[n]) + brightest_spreads * scene.intensity.spread_hu;
        return gaps.voxels()[n] != 0 && hu > darkest_hu && hu < brightest_hu &&
               scene.bounds.voxels()[n] == 0 && scene.bright.voxels()[n] == 0;
    });
    const Mask filling = solid_parts(imaging::open(soft_gaps, opening_mm, workers), scene.tissue.smooth);
    return imaging::fill_holes(imaging::either(liver, filling));
}

}  // namespace downstage::segmentation
