#include "liver_finding.hpp"

#include "downstage/imaging/morphology.hpp"
#include "downstage/imaging/resample.hpp"

#include "liver_disagreement.hpp"
#include "liver_repair.hpp"
#include "working_grid.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace downstage::segmentation {

namespace {

constexpr double inner_mm = 5.0;      // of the network's liver, free of its surface's partial volume
constexpr double narrowest_hu = 8.0;  // SEGMENTATION.md 4
constexpr double widest_hu = 16.0;
constexpr double darkest_hu = -9.0;  // a fatty liver, as in intensity.cpp
constexpr double brightest_hu = 175.0;
constexpr int most_doubts_alone = 1;

/// How much of the trunk stays when its density is read 20 % narrower and wider: the worse of the two
/// (SEGMENTATION.md 10).
double stability_of(const Mask& trunk, const Place& place, const Intensity& intensity, unsigned workers)
{
    double worst = 1.0;
    for (const double factor : {0.8, 1.2}) {
        const Intensity other{.mean_hu = intensity.mean_hu, .spread_hu = factor * intensity.spread_hu};
        const auto outline = find_outline(place.tissue, place.landmarks, other, workers);
        worst = std::min(worst, outline ? dice(trunk, outline->liver) : 0.0);
    }
    return worst;
}

Scene scene_of(const Place& place, const Outline& outline, const Intensity& intensity, unsigned workers)
{
    return {.tissue = place.tissue,
            .landmarks = place.landmarks,
            .intensity = intensity,
            .mean_hu = outline.core.mean_hu,
            .bright = outline.bright,
            .bounds = bounds_of(place.landmarks, workers),
            .workers = workers};
}

/// Median and robust width of the density in a mask.
Intensity intensity_in(const Mask& mask, const Volume& smooth)
{
    constexpr double sd_per_mad = 1.4826;  // of a normal distribution
    std::vector<double> hu;
    for_each_set(mask, [&](const Index&, std::size_t n) { hu.push_back(smooth.voxels()[n]); });
    const double median = quantile(hu, 0.5);
    for (double& value : hu)
        value = std::abs(value - median);
    return {.mean_hu = median,
            .spread_hu = std::clamp(sd_per_mad * quantile(std::move(hu), 0.5), narrowest_hu, widest_hu)};
}

/// A network's liver that nothing else was found beside: its own inside tells the liver's density.
std::variant<Finding, NoLiver>
find_by_network_alone(const Mask& network, const Place& place, unsigned workers)
{
    const Mask inner = imaging::erode(network, inner_mm, workers);
    if (imaging::count(inner) == 0) return NoLiver{"The network found nothing thick enough to be a liver."};
    const Intensity intensity = intensity_in(inner, place.tissue.smooth);
    if (intensity.mean_hu < darkest_hu || intensity.mean_hu > brightest_hu)
        return NoLiver{"What the network found has " + std::to_string(std::lround(intensity.mean_hu)) +
                       " HU, which no liver has in any phase."};
    Finding found{.outline = {.core = {.mask = inner,
                                       .mean_hu = drifting_mean(
                                           place.tissue.smooth, inner, intensity.mean_hu, workers)},
                              .bright = {},
                              .liver = {}},
                  .intensity = intensity,
                  .check = {}};
    found.outline.bright =
        bright_neighbours(place.tissue, found.outline.core.mean_hu, intensity.spread_hu, workers);
    found.outline.liver = repaired(network, network, scene_of(place, found.outline, intensity, workers));
    return found;
}

}  // namespace

std::variant<Finding, NoLiver> find_by_density(const Place& place, unsigned workers)
{
    const auto density = find_intensity(place.tissue, place.landmarks, workers);
    if (const auto* none = std::get_if<NoLiver>(&density)) return *none;
    const auto& intensity = std::get<Intensity>(density);
    auto outline = find_outline(place.tissue, place.landmarks, intensity, workers);
    if (!outline)
        return NoLiver{"Under the right diaphragm lies no organ of one density as large as a liver."};
    Finding found{.outline = *std::move(outline), .intensity = intensity, .check = {}};
    const Mask trunk =
        std::exchange(found.outline.liver,
                      completed(found.outline.liver, scene_of(place, found.outline, intensity, workers)));
    found.check = self_check(figures_of(found.outline, place.tissue, place.landmarks, place.image, workers));
    if (found.check.no_liver) return NoLiver{*found.check.no_liver};
    found.certainty = stability_of(trunk, place, intensity, workers);
    return found;
}

Mask on_working_grid(const NetworkLiver& network, const Grid& grid, unsigned workers)
{
    Field kept = network.probability;
    for (std::size_t n = 0; n < kept.voxels().size(); ++n)
        if (network.mask.voxels()[n] == 0) kept.voxels()[n] = 0.0F;
    const Field here = imaging::resample(kept, grid, 0.0F, workers);
    return voxels_where(grid, workers, [&](const Index&, std::size_t n) {
        return static_cast<double>(here.voxels()[n]) >= network.threshold;
    });
}

std::variant<Finding, NoLiver>
find_by_network(const NetworkLiver& network, const Place& place, const Finding* own, unsigned workers)
{
    const Mask seen = on_working_grid(network, place.tissue.soft.grid(), workers);
    auto answer =
        own != nullptr ? std::variant<Finding, NoLiver>{*own} : find_by_network_alone(seen, place, workers);
    if (std::holds_alternative<NoLiver>(answer)) return answer;
    auto& found = std::get<Finding>(answer);
    if (own != nullptr)
        found.outline.liver =
            repaired(seen, own->outline.liver, scene_of(place, own->outline, own->intensity, workers));
    LiverFigures figures = figures_of(found.outline, place.tissue, place.landmarks, place.image, workers);
    figures.unsure_share = network.unsure_share;
    found.check = self_check(figures);
    if (found.check.no_liver) return NoLiver{*found.check.no_liver};
    if (own == nullptr && found.check.doubts > most_doubts_alone)
        return NoLiver{"The network found an organ that is no liver by its place, shape or density: " +
                       found.check.notices.front().text};
    found.certainty = own != nullptr ? certainty_of(dice(seen, own->outline.liver)) : 0.5;
    return answer;
}

}  // namespace downstage::segmentation
