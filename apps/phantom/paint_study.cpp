#include "paint_study.hpp"

#include "downstage/core/error.hpp"
#include "downstage/core/units.hpp"
#include "downstage/phantom/body_truth.hpp"
#include "downstage/phantom/noise.hpp"
#include "downstage/phantom/overpaint.hpp"
#include "downstage/phantom/site.hpp"

#include "lesion_body.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <string>
#include <utility>

namespace downstage::phantom_app {

namespace {

using phantom::Body;

constexpr VectorLps along_slices{0.0, 0.0, 1.0};

/// Shares of a lesion's radius become millimetres.
phantom::Tone tone_of(const PaintedLesion& lesion, double radius_mm, std::uint64_t seed)
{
    phantom::Tone tone{.hu = lesion.contrast_hu,
                       .rim = std::nullopt,
                       .core = std::nullopt,
                       .specks = std::nullopt,
                       .texture_hu = lesion.texture_hu,
                       .texture_mm = lesion.texture_mm,
                       .seed = seed};
    if (lesion.rim)
        tone.rim = {.width_mm = lesion.rim->width_share * radius_mm,
                    .hu = lesion.rim->contrast_share * lesion.contrast_hu};
    if (lesion.core)
        tone.core = {.below_mm = lesion.core->below_share * radius_mm,
                     .wobble_mm = lesion.core->wobble_share * radius_mm,
                     .hu = lesion.core->contrast_share * lesion.contrast_hu};
    if (lesion.specks)
        tone.specks = {
            .share = lesion.specks->share, .size_mm = lesion.specks->size_mm, .hu = lesion.specks->hu};
    return tone;
}

double mean_hu(const Volume& image, const LabelMap& labels, std::uint16_t label)
{
    double sum = 0.0;
    double count = 0.0;
    for (std::size_t n = 0; n < labels.voxels().size(); ++n)
        if (labels.voxels()[n] == label) {
            sum += image.voxels()[n];
            count += 1.0;
        }
    return count > 0.0 ? sum / count : 0.0;
}

/// Puts one tumour after the other into a study.
class Painter {
public:
    Painter(const BaseStudy& base, const PaintOptions& options)
        : base_{base},
          options_{options},
          region_{phantom::region_of(base.liver)},
          study_{.image = base.image, .labels = LabelMap{base.image.grid()}, .truth = {}}
    {
        std::ranges::transform(base.liver.voxels(),
                               study_.labels.voxels().begin(),
                               [](std::uint8_t is_liver) { return std::uint16_t{is_liver}; });
        study_.truth.liver_volume_ml =
            ml_of_mm3(static_cast<double>(std::ranges::count(base.liver.voxels(), std::uint8_t{1})) *
                      voxel_volume_mm3(base.liver.grid()));
        for (const phantom::Ball& ball : options.known)
            there_.emplace_back(
                phantom::Ellipsoid{ball.centre, {ball.radius_mm, ball.radius_mm, ball.radius_mm}, {}});
    }

    void paint(const PaintedLesion& lesion, std::uint64_t seed)
    {
        const auto label = static_cast<std::uint16_t>(study_.truth.lesions.size() + 2);
        const std::optional<Body> body = placed(lesion, seed);
        if (!body || phantom::label_body(study_.labels, *body, label) == 0) return;
        const phantom::ShapeTruth size = phantom::truth_of(*body, along_slices);
        const double pixel_mm = base_.image.grid().spacing_mm.i;
        constexpr double widest_edge = 0.15;  // of the radius: so that half of it has the full contrast
        const phantom::Tone tone = tone_of(lesion, size.short_axis_mm / 2.0, seed);
        const phantom::Surroundings around = phantom::paint_over(
            study_.image,
            base_.liver,
            {.body = *body,
             .tone = tone,
             .edge_mm = std::min(lesion.edge_px * pixel_mm, widest_edge * size.short_axis_mm / 2.0)});
        there_.push_back(*body);
        record(*body, size, tone, around);
    }

    [[nodiscard]] PaintedStudy study() && { return std::move(study_); }

private:
    [[nodiscard]] std::optional<Body> placed(const PaintedLesion& lesion, std::uint64_t seed) const
    {
        constexpr double smaller = 0.8;
        constexpr int most_tries = 9;
        double long_axis_mm = lesion.long_axis_mm;
        for (int n = 0; n < most_tries; ++n, long_axis_mm *= smaller) {
            const Body body = lesion_body(long_axis_mm, options_.shapes, seed);
            const std::optional<VectorLps> shift =
                phantom::find_site(body, region_, there_, site_rules(lesion.place), seed);
            if (shift) return phantom::shifted(body, *shift);
        }
        return std::nullopt;
    }

    void record(const Body& body,
                const phantom::ShapeTruth& size,
                const phantom::Tone& tone,
                const phantom::Surroundings& around)
    {
        const auto number = study_.truth.lesions.size() + 1;
        const auto label = static_cast<std::uint16_t>(number + 1);
        phantom::LesionTruth truth{
            .name = "painted " + std::to_string(number),
            .centre = phantom::around(body).centre,
            .size = size,
            .viable = std::nullopt,
            .contrast_hu = tone.hu,
            .mean_contrast_hu = mean_hu(study_.image, study_.labels, label) - around.liver_hu,
        };
        if (tone.core || tone.specks) {
            const auto viable = [&](const PointLps& place) {
                return phantom::viable_depth_mm(tone, phantom::depth_mm(body, place), place);
            };
            truth.viable = phantom::viable_truth(phantom::around(body), viable, along_slices);
        }
        study_.truth.lesions.push_back(truth);
    }

    const BaseStudy& base_;
    const PaintOptions& options_;
    phantom::Region region_;
    std::vector<Body> there_;
    PaintedStudy study_;
};

}  // namespace

PaintedStudy
paint_study(const BaseStudy& base, std::vector<PaintedLesion> lesions, const PaintOptions& options)
{
    std::ranges::stable_sort(lesions, std::greater{}, &PaintedLesion::long_axis_mm);
    Painter painter{base, options};
    for (std::size_t n = 0; n < lesions.size(); ++n)
        painter.paint(lesions[n], phantom::mixed(options.seed ^ (n + 1)));
    return std::move(painter).study();
}

}  // namespace downstage::phantom_app
