#include "candidates.hpp"

#include "downstage/core/parallel.hpp"
#include "downstage/core/units.hpp"
#include "downstage/imaging/components.hpp"
#include "downstage/imaging/morphology.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <numbers>
#include <utility>

namespace downstage::segmentation {

namespace {

constexpr double smallest_ml = 0.06;        // 9.3
constexpr double smallest_radius_mm = 2.5;  // 9.3
constexpr double rind_opening_mm = 3.2;     // 9.3: takes the partial-volume rind of the surface away
constexpr double deep_opening_mm = 1.6;     // 9.3
constexpr float deep_mm = 4.0F;             // 9.3

Mask darker_than(const Parenchyma& tissue, double level_hu, float deeper_than_mm)
{
    const auto level = static_cast<float>(level_hu);
    return mask_where(tissue.grid, [&](std::size_t n) {
        return tissue.liver.voxels()[n] != 0 && tissue.depth_mm.voxels()[n] > deeper_than_mm &&
               tissue.darker_hu.voxels()[n] > level;
    });
}

Mask dark_at(const Parenchyma& tissue, double level_hu, unsigned workers)
{
    return imaging::either(imaging::open(darker_than(tissue, level_hu, 0.0F), rind_opening_mm, workers),
                           imaging::open(darker_than(tissue, level_hu, deep_mm), deep_opening_mm, workers));
}

/// Vessel trees and the rind: far more volume than their largest ball. A lesion of inscribed radius r and 25
/// times that ball's volume would have a compactness of 0.34 even as a ball of holes, and be refused for it.
bool sprawls(const Candidate& candidate)
{
    constexpr double most_balls = 25.0;
    const double ball_ml = ml_of_mm3(4.0 / 3.0 * std::numbers::pi * std::pow(candidate.radius_mm, 3));
    return imaging::volume_ml(candidate.spot.mask) > most_balls * ball_ml;
}

/// `patch` with one voxel of background around it, so that its depth counts from its own surface.
Patch with_rim(const Patch& patch, const Grid& whole)
{
    const SpacingMm& spacing = whole.spacing_mm;
    const double one_voxel_mm = std::min({spacing.i, spacing.j, spacing.k});
    const VoxelBox box = widened(box_of(patch), one_voxel_mm, whole);
    return {.first = box.first, .mask = placed(patch, box, whole)};
}

void keep_if_large(std::vector<Candidate>& candidates, Patch spot)
{
    if (imaging::volume_ml(spot.mask) < smallest_ml) return;
    Candidate candidate{.spot = std::move(spot), .radius_mm = 0.0};
    candidate.radius_mm = inscribed_radius_mm(candidate.spot.mask);
    if (candidate.radius_mm >= smallest_radius_mm && !sprawls(candidate))
        candidates.push_back(std::move(candidate));
}

std::vector<Candidate> whole_and_parts(const Patch& whole, const Grid& grid)
{
    std::vector<Candidate> candidates;
    const double radius_mm = inscribed_radius_mm(whole.mask);
    if (radius_mm < smallest_radius_mm) return candidates;
    const double lowest_hill_mm = std::max(1.5, 0.3 * radius_mm);  // 9.3
    const LabelMap parts = imaging::split_at_necks(whole.mask, lowest_hill_mm, 1);
    const std::vector<VoxelBox> boxes = bounding_boxes(parts);
    keep_if_large(candidates, whole);
    if (boxes.size() < 2) return candidates;
    for (std::size_t n = 0; n < boxes.size(); ++n) {
        Patch part = patch_of(parts, boxes[n], static_cast<std::uint16_t>(n + 1));
        part.first = {
            part.first.i + whole.first.i, part.first.j + whole.first.j, part.first.k + whole.first.k};
        keep_if_large(candidates, with_rim(part, grid));
    }
    return candidates;
}

std::vector<Candidate> spots_at(const Parenchyma& tissue, double level_hu, unsigned workers)
{
    const LabelMap bodies =
        imaging::components(dark_at(tissue, level_hu, workers), {.smallest_ml = smallest_ml});
    const std::vector<VoxelBox> boxes = bounding_boxes(bodies);
    std::vector<std::vector<Candidate>> found(boxes.size());
    for_each_index(boxes.size(), workers, [&](std::size_t n) {
        const Patch body = patch_of(bodies, boxes[n], static_cast<std::uint16_t>(n + 1));
        found[n] = whole_and_parts(with_rim(body, tissue.grid), tissue.grid);
    });
    std::vector<Candidate> candidates;
    for (std::vector<Candidate>& some : found)
        std::ranges::move(some, std::back_inserter(candidates));
    return candidates;
}

}  // namespace

std::vector<double> levels_hu(double noise_hu)
{
    constexpr std::array steps{1.0, 1.35, 1.8, 2.4, 3.2};
    constexpr double highest_hu = 140.0;
    const double lowest_hu = std::max(2.0 * noise_hu, 11.0);
    std::vector<double> levels;
    for (const double step : steps)
        if (step * lowest_hu <= highest_hu) levels.push_back(step * lowest_hu);
    return levels;
}

std::vector<Candidate> dark_spots(const Parenchyma& tissue, unsigned workers)
{
    std::vector<Candidate> candidates;
    for (const double level_hu : levels_hu(tissue.noise_hu))
        std::ranges::move(spots_at(tissue, level_hu, workers), std::back_inserter(candidates));
    return candidates;
}

double inscribed_radius_mm(const Mask& mask)
{
    const Field depth = imaging::depth_mm(mask, 1);
    const auto voxels = depth.voxels();
    return voxels.empty() ? 0.0 : static_cast<double>(*std::ranges::max_element(voxels));
}

}  // namespace downstage::segmentation
