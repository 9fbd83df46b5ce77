#include "downstage/segmentation/survey.hpp"

#include "downstage/imaging/morphology.hpp"
#include "downstage/imaging/orient.hpp"
#include "downstage/imaging/resample.hpp"

#include "core.hpp"
#include "intensity.hpp"
#include "landmarks.hpp"
#include "phase.hpp"
#include "phase_densities.hpp"
#include "phase_hint.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <variant>

namespace downstage::segmentation {

namespace {

/// Coarser than the grid of `find_liver`: a quarter of its voxels, enough to see an organ and its density.
Volume to_survey_grid(const Volume& ct, unsigned workers)
{
    constexpr double spacing_mm = 4.0;
    const auto sigma_mm = [](double native_mm) {
        return native_mm < 0.8 * spacing_mm ? 0.42 * spacing_mm : 0.0;
    };
    const SpacingMm& native = ct.grid().spacing_mm;
    return imaging::shrink(ct,
                           {.spacing_mm = {spacing_mm, spacing_mm, spacing_mm},
                            .sigma_mm = {sigma_mm(native.i), sigma_mm(native.j), sigma_mm(native.k)},
                            .low = -1024,
                            .high = 1500,
                            .workers = workers});
}

/// About the liver: what has its density and hangs together on the right (SEGMENTATION.md 5, one round).
Mask liver_region(const Tissue& tissue,
                  const Landmarks& landmarks,
                  const Intensity& intensity,
                  unsigned workers)
{
    const double window_hu = 2.4 * intensity.spread_hu;
    Mask alike = tissue.soft;
    for (std::size_t n = 0; n < alike.voxels().size(); ++n)
        if (std::abs(tissue.smooth.voxels()[n] - intensity.mean_hu) >= window_hu) alike.voxels()[n] = 0;
    return trunk_cut(alike, landmarks.spine, {.erode_mm = 9.0, .regrow_mm = 13.0}, workers);
}

double extent_mm(const Mask& liver)
{
    constexpr double least_cm2 = 10.0;
    const Grid& grid = liver.grid();
    const double pixel_cm2 = 0.01 * grid.spacing_mm.i * grid.spacing_mm.j;
    std::int32_t slices = 0;
    for (std::int32_t k = 0; k < grid.size.k; ++k) {
        const auto pixels = std::ranges::count_if(liver.slice(k), [](std::uint8_t v) { return v != 0; });
        if (static_cast<double>(pixels) * pixel_cm2 >= least_cm2) ++slices;
    }
    return slices * grid.spacing_mm.k;
}

Survey no_liver(const std::string& why_not, Phase hinted)
{
    return {.liver_in_view = false,
            .why_not = why_not,
            .liver_extent_mm = 0.0,
            .about_liver = {},
            .phase = phase_by_hint(hinted)};
}

}  // namespace

Survey survey(const Volume& ct, const std::string& phase_hint, unsigned workers)
{
    const Phase hinted = hinted_phase(phase_hint);
    const Volume coarse = to_survey_grid(imaging::to_lps_order(ct), workers);
    const auto place = find_landmarks(coarse, workers);
    if (const auto* none = std::get_if<NoLiver>(&place)) return no_liver(none->reason, hinted);
    const auto& landmarks = std::get<Landmarks>(place);

    const Tissue tissue = find_tissue(coarse, landmarks, workers);
    const auto density = find_intensity(tissue, landmarks, workers);
    if (const auto* none = std::get_if<NoLiver>(&density)) return no_liver(none->reason, hinted);
    const auto& intensity = std::get<Intensity>(density);

    constexpr double smallest_ml = 100.0;  // SEGMENTATION.md 5.3
    constexpr double bay_mm = 16.0;        // half the width of a lesion at the surface that still counts
    const Mask liver = liver_region(tissue, landmarks, intensity, workers);
    if (imaging::volume_ml(liver) < smallest_ml)
        return no_liver("Less than 100 ml on the right side have the density of one organ.", hinted);
    return {.liver_in_view = true,
            .why_not = {},
            .liver_extent_mm = extent_mm(liver),
            .about_liver = imaging::fill_holes(imaging::close(liver, bay_mm, workers)),
            .phase = phase_of(organ_densities(coarse, landmarks, liver, intensity.mean_hu), hinted)};
}

}  // namespace downstage::segmentation
