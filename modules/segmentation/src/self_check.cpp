#include "self_check.hpp"

#include "downstage/imaging/morphology.hpp"

#include "working_grid.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string_view>

namespace downstage::segmentation {

namespace {

// SEGMENTATION.md 10: the ranges of good cases
constexpr double least_liver_ml = 400.0;
constexpr double least_left_ml =
    600.0;  // TRAINING.md 7, where most solid tissue lies left: a spleen has less
constexpr double small_liver_ml = 800.0;
constexpr double large_liver_ml = 4000.0;
constexpr double least_right_share = 0.70;
constexpr double most_right_share = 0.97;
constexpr double least_core_share = 0.7;
constexpr double most_noise_ratio = 1.6;
constexpr double near_lung_mm =
    9.5;  // 7, and the voxel by which the surface lies too deep without section 8.4
constexpr double least_lung_share = 0.05;
constexpr double most_lung_share = 0.25;
constexpr double most_wall_share = 0.40;
constexpr double cut_area_cm2 = 20.0;
constexpr double thin_mm = 25.0;
constexpr double deepest_lung_mm = 120.0;

// TRAINING.md 7
constexpr double jump_mm = 5.0;
constexpr double most_jump = 0.40;
// A ball's area changes by 24 % in 5 mm where it is 40 % of its largest; nearer to tip and dome every liver
// jumps.
constexpr double jump_area_share = 0.40;
constexpr double most_unsure = 0.25;  // 0.06 to 0.12 in the cases of docs/accuracy.md

constexpr double fatty_hu = 25.0;
// Beyond that table: 0.28 to 0.63 in the cases of docs/accuracy.md, 2.4 to 3.5 when three of them were
// mirrored.
constexpr double most_left_ratio = 1.5;
constexpr double solid_mm = 8.0;

constexpr double doubt_factor = 0.75;

/// The robust standard deviation of tissue around the drifting mean, over the voxels of a mask.
double spread_hu(const Volume& smooth, const Field& mean_hu, const Mask& mask)
{
    constexpr double sd_per_mad = 1.4826;  // of a normal distribution
    std::vector<double> away_hu;
    for_each_set(mask, [&](const Index&, std::size_t n) {
        away_hu.push_back(std::abs(smooth.voxels()[n] - static_cast<double>(mean_hu.voxels()[n])));
    });
    return away_hu.empty() ? 0.0 : sd_per_mad * quantile(std::move(away_hu), 0.5);
}

double median_hu(const Volume& smooth, const Mask& mask)
{
    std::vector<double> hu;
    for_each_set(mask, [&](const Index&, std::size_t n) { hu.push_back(smooth.voxels()[n]); });
    return hu.empty() ? 0.0 : quantile(std::move(hu), 0.5);
}

double share(std::size_t part, std::size_t whole)
{
    return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

double right_share(const Mask& liver, const Spine& spine)
{
    std::size_t right = 0;
    for_each_set(liver, [&](const Index& at, std::size_t) {
        if (left_of_spine_mm(spine, liver.grid(), at) < 0.0) ++right;
    });
    return share(right, imaging::count(liver));
}

/// Solid organs under the diaphragm, left of the midline over right of it, wherever they lie there.
double left_ratio(const Tissue& tissue, const Landmarks& landmarks, unsigned workers)
{
    const Grid& grid = tissue.soft.grid();
    const Mask place = imaging::both(landmarks.inside_wall, landmarks.below_diaphragm);
    const Mask organs = voxels_where(grid, workers, [&](const Index& at, std::size_t n) {
        return place.voxels()[n] != 0 && landmarks.bone.voxels()[n] == 0 &&
               is_soft(tissue.smooth.voxels()[n]) && at.k >= landmarks.search.bottom_k &&
               at.k <= landmarks.search.top_k;
    });
    const Mask solid = imaging::erode(organs, solid_mm, workers);
    const double right = right_share(solid, landmarks.spine);
    return right > 0.0 ? (1.0 - right) / right : std::numeric_limits<double>::infinity();
}

/// The voxels of a mask with a face neighbour outside it.
Mask surface_of(const Mask& mask, unsigned workers)
{
    const SpacingMm& spacing = mask.grid().spacing_mm;
    const double one_voxel_mm = std::max({spacing.i, spacing.j, spacing.k});
    return imaging::without(mask, imaging::erode(mask, one_voxel_mm, workers));
}

/// The part of a surface that lies within `reach_mm` of a mask.
double share_near(const Mask& surface, const Mask& other, double reach_mm, unsigned workers)
{
    const Mask near = imaging::both(surface, imaging::dilate(other, reach_mm, workers));
    return share(imaging::count(near), imaging::count(surface));
}

double area_mm2(const Mask& mask, std::int32_t k)
{
    const auto pixels = std::ranges::count_if(mask.slice(k), [](std::uint8_t voxel) { return voxel != 0; });
    return static_cast<double>(pixels) * mask.grid().spacing_mm.i * mask.grid().spacing_mm.j;
}

/// The area of a mask in a slice of the image that it is a part of.
double area_cm2(const Mask& mask, const Grid& image, std::int32_t image_k)
{
    const Index first = nearest(to_voxel(image, to_lps(mask.grid(), Index{})));
    const std::int32_t k = image_k - first.k;
    if (k < 0 || k >= mask.grid().size.k) return 0.0;
    return area_mm2(mask, k) / 100.0;
}

double largest_depth_mm(const Mask& mask, unsigned workers)
{
    const Field depth = imaging::depth_mm(mask, workers);
    return static_cast<double>(std::ranges::max(depth.voxels()));
}

double largest_jump(const Mask& mask)
{
    std::vector<double> areas;
    for (std::int32_t k = 0; k < mask.grid().size.k; ++k)
        areas.push_back(area_mm2(mask, k));
    const double least = jump_area_share * (areas.empty() ? 0.0 : std::ranges::max(areas));
    const auto step = static_cast<std::size_t>(std::max(1L, std::lround(jump_mm / mask.grid().spacing_mm.k)));
    double largest = 0.0;
    for (std::size_t k = 0; k + step < areas.size(); ++k) {
        const double more = std::max(areas[k], areas[k + step]);
        const double less = std::min(areas[k], areas[k + step]);
        if (less > least) largest = std::max(largest, 1.0 - less / more);
    }
    return largest;
}

/// A figure that is out of its range, and what that means for a reader.
struct Doubt {
    bool holds{};
    std::string_view sentence;
};

std::vector<Doubt> doubts_about(const LiverFigures& found, bool cut_off)
{
    return {
        {found.left_ratio > most_left_ratio,
         "More solid tissue lies left than right under the diaphragm; the image may be mirrored."},
        {found.density_hu < fatty_hu,
         "The liver found is as dark as a very fatty one; fluid in the abdomen may look the same."},
        {found.volume_ml < small_liver_ml && !cut_off,
         "The liver found is unusually small; a part of it may be missing."},
        {found.volume_ml > large_liver_ml, "The liver found is unusually large; it may include a neighbour."},
        {found.right_share > most_right_share && !cut_off,
         "Nearly all of the liver found lies right of the spine; its left lobe may be missing."},
        {found.right_share < least_right_share,
         "Much of the liver found lies left of the spine; it may include stomach, spleen or heart."},
        {found.core_share < least_core_share,
         "Less than 70 % of the liver found has the liver's own density; its outline is uncertain."},
        {found.noise_ratio > most_noise_ratio,
         "The liver found is uneven in density; its outline may include other tissue."},
        {found.lung_in_view && found.at_lung_share > most_lung_share,
         "An unusually large part of the liver found borders on lung; its lower part may be missing."},
        {found.lung_in_view && found.at_lung_share < least_lung_share,
         "Hardly any of the liver found borders on lung; its dome may be missing."},
        {found.at_wall_share > most_wall_share,
         "Much of the liver found borders on the trunk's wall; it may include muscle."},
        {found.thickness_mm < thin_mm, "The liver found is unusually thin."},
        {found.largest_jump > most_jump,
         "The liver found changes abruptly from slice to slice; a part of it may be missing or another "
         "organ."},
        {found.unsure_share > most_unsure,
         "The network is unsure of much of the liver; the image may be unlike those that it knows."},
        {found.lung_under_dome_mm > deepest_lung_mm,
         "Gas in the bowel may have been taken for lung; the left lobe of the liver may be missing."},
    };
}

}  // namespace

double dice(const Mask& a, const Mask& b)
{
    const std::size_t sum = imaging::count(a) + imaging::count(b);
    return share(2 * imaging::count(imaging::both(a, b)), sum);
}

LiverFigures figures_of(const Outline& outline,
                        const Tissue& tissue,
                        const Landmarks& landmarks,
                        const Grid& image,
                        unsigned workers)
{
    const Mask& liver = outline.liver;
    const Mask surface = surface_of(liver, workers);
    const Mask wall = imaging::without(landmarks.body, landmarks.inside_wall);
    const double core_hu = spread_hu(tissue.smooth, outline.core.mean_hu, outline.core.mask);
    const double liver_hu = spread_hu(tissue.smooth, outline.core.mean_hu, liver);
    const Mask core_in_liver = imaging::both(outline.core.mask, liver);
    return {
        .density_hu = median_hu(tissue.smooth, outline.core.mask),
        .volume_ml = imaging::volume_ml(liver),
        .right_share = right_share(liver, landmarks.spine),
        .core_share = share(imaging::count(core_in_liver), imaging::count(liver)),
        .noise_ratio = core_hu > 0.0 ? liver_hu / core_hu : 1.0,
        .at_lung_share = share_near(surface, landmarks.lungs.mask, near_lung_mm, workers),
        .at_wall_share = share_near(surface, wall, liver.grid().spacing_mm.i, workers),
        .left_ratio = left_ratio(tissue, landmarks, workers),
        .cut_area_cm2 = std::max(area_cm2(liver, image, 0), area_cm2(liver, image, image.size.k - 1)),
        .thickness_mm = largest_depth_mm(liver, workers),
        .lung_under_dome_mm = landmarks.lung_under_dome_mm,
        .lung_in_view = landmarks.lungs.in_view,
        .largest_jump = largest_jump(liver),
    };
}

SelfCheck self_check(const LiverFigures& figures)
{
    SelfCheck check;
    check.cut_off = figures.cut_area_cm2 > cut_area_cm2;
    const bool left_heavy = figures.left_ratio > most_left_ratio;
    const double least_ml = left_heavy ? least_left_ml : least_liver_ml;
    if (figures.volume_ml < least_ml && (!check.cut_off || left_heavy)) {
        check.no_liver =
            "The organ found under the right diaphragm has only " +
            std::to_string(std::lround(figures.volume_ml)) + " ml, too little for a liver" +
            (left_heavy ? "; most solid tissue lies on the left, so the image may be mirrored." : ".");
        return check;
    }
    for (const Doubt& doubt : doubts_about(figures, check.cut_off))
        if (doubt.holds) {
            ++check.doubts;
            check.notices.push_back({.severity = Severity::warning, .text = std::string{doubt.sentence}});
        }
    if (check.cut_off)
        check.notices.push_back(
            {.severity = Severity::warning,
             .text = "The liver is cut off by the field of view; its volume is a lower bound."});
    return check;
}

double confidence_in(double stability, int doubts)
{
    return std::clamp(stability, 0.0, 1.0) * std::pow(doubt_factor, doubts);
}

}  // namespace downstage::segmentation
