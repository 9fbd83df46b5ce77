#include "downstage/segmentation/liver.hpp"

#include "downstage/imaging/orient.hpp"
#include "downstage/imaging/resample.hpp"

#include "intensity.hpp"
#include "landmarks.hpp"
#include "liver_shape.hpp"
#include "self_check.hpp"
#include "working_grid.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace downstage::segmentation {

namespace {

/// 10 mm: as far as the checks look around the liver.
constexpr std::int32_t box_margin = 4;

/// How much of the liver stays when its density is read 20 % narrower and wider: the worse of the two
/// (SEGMENTATION.md 10).
double stability_of(const Mask& liver,
                    const Tissue& tissue,
                    const Landmarks& landmarks,
                    const Intensity& intensity,
                    unsigned workers)
{
    double worst = 1.0;
    for (const double factor : {0.8, 1.2}) {
        const Intensity other{.mean_hu = intensity.mean_hu, .spread_hu = factor * intensity.spread_hu};
        const auto outline = find_outline(tissue, landmarks, other, workers);
        worst = std::min(worst, outline ? dice(liver, outline->liver) : 0.0);
    }
    return worst;
}

/// A liver on the working grid as a mask on the grid of the image it was found in.
Mask on_own_grid(const Mask& liver, const Grid& upright, const Grid& own, unsigned workers)
{
    return imaging::to_order_of(imaging::resample_smooth(liver, upright, workers), own);
}

}  // namespace

std::variant<Liver, NoLiver> find_liver(const Volume& ct, const LiverOptions& options)
{
    const unsigned workers = options.workers;
    tell(options.progress, "looking for the liver: landmarks", 0.0);
    const Volume upright = imaging::to_lps_order(ct);
    const Volume coarse = to_working_grid(upright, workers);
    const auto landmarks = find_landmarks(coarse, workers);
    if (const auto* none = std::get_if<NoLiver>(&landmarks)) return *none;

    tell(options.progress, "looking for the liver: density", 0.25);
    const Tissue all_tissue = find_tissue(coarse, std::get<Landmarks>(landmarks), workers);
    const Box box = box_around(all_tissue.soft, box_margin);
    const Landmarks place = cropped(std::get<Landmarks>(landmarks), box);
    const Tissue tissue = cropped(all_tissue, box);
    const auto density = find_intensity(tissue, place, workers);
    if (const auto* none = std::get_if<NoLiver>(&density)) return *none;
    const auto& intensity = std::get<Intensity>(density);

    tell(options.progress, "looking for the liver: outline", 0.35);
    auto outline = find_outline(tissue, place, intensity, workers);
    if (!outline)
        return NoLiver{"Under the right diaphragm lies no organ of one density as large as a liver."};

    const double stability = stability_of(outline->liver, tissue, place, intensity, workers);
    const Scene scene{.tissue = tissue,
                      .landmarks = place,
                      .intensity = intensity,
                      .mean_hu = outline->core.mean_hu,
                      .bright = outline->bright,
                      .bounds = bounds_of(place, workers),
                      .workers = workers};
    outline->liver = completed(outline->liver, scene);

    tell(options.progress, "looking for the liver: checks", 0.55);
    SelfCheck check = self_check(figures_of(*outline, tissue, place, coarse.grid(), workers));
    if (check.no_liver) return NoLiver{*check.no_liver};

    tell(options.progress, "looking for the liver: surface", 0.9);
    Liver liver{.mask = on_own_grid(outline->liver, upright.grid(), ct.grid(), workers),
                .mean_hu = intensity.mean_hu,
                .spread_hu = intensity.spread_hu,
                .confidence = confidence_in(stability, check.doubts),
                .cut_off = check.cut_off,
                .notices = std::move(check.notices)};
    tell(options.progress, "looking for the liver: done", 1.0);
    return liver;
}

}  // namespace downstage::segmentation
