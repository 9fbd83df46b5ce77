#include "downstage/phantom/truth.hpp"

#include "downstage/core/units.hpp"
#include "downstage/phantom/acquisition.hpp"

#include "liver_of.hpp"
#include "paint.hpp"

#include <algorithm>
#include <numeric>

namespace downstage::phantom {

namespace {

/// Whether the line meets any liver: most lines through a body do not.
bool meets_liver(const std::vector<Part>& anatomy, const Line& line)
{
    return std::ranges::any_of(anatomy, [&](const Part& part) {
        if (!is_liver(part.tissue)) return false;
        const Stretch first = crossing(part.shape, line).front();
        return first.from <= first.to;
    });
}

/// Counted at the points of a 1 mm lattice, where 1 point is 1 mm3: off by less than a thousandth for a
/// liver.
double liver_volume_ml(const std::vector<Part>& anatomy)
{
    std::vector<Painted> shapes;
    shapes.reserve(anatomy.size());
    for (const Part& part : anatomy)
        shapes.push_back({part.shape, is_liver(part.tissue) ? 1.0F : 0.0F});
    constexpr int reach_mm = 250;  // no liver of a patient who lies about the origin reaches further
    std::vector<float> points(2 * reach_mm + 1);
    double volume_mm3 = 0.0;
    for (int z = -reach_mm; z <= reach_mm; ++z)
        for (int y = -reach_mm; y <= reach_mm; ++y) {
            const Line line{{-1.0 * reach_mm, 1.0 * y, 1.0 * z}, {1.0, 0.0, 0.0}};
            if (!meets_liver(anatomy, line)) continue;
            std::ranges::fill(points, 0.0F);
            paint(shapes, line, points);
            volume_mm3 += static_cast<double>(std::accumulate(points.begin(), points.end(), 0.0F));
        }
    return ml_of_mm3(volume_mm3);
}

/// The pass that lesions of the liver are measured in.
const Pass& measured_pass(const Scene& scene)
{
    const auto portal = std::ranges::find(scene.passes, Phase::portal_venous, &Pass::phase);
    return portal != scene.passes.end() ? *portal : scene.passes.front();
}

LesionTruth truth_of(const Lesion& lesion, const Scene& scene)
{
    const VectorLps slice_normal = slice_axes(scene.acquisition).k;
    const Ball ball = around(lesion.shape);
    LesionTruth truth{.name = lesion.name,
                      .centre = ball.centre,
                      .size = phantom::truth_of(lesion.shape, slice_normal),
                      .kind = lesion.kind,
                      .viable = std::nullopt,
                      .contrast_hu = std::nullopt,
                      .mean_contrast_hu = std::nullopt};
    if (scene.passes.empty()) return truth;
    const Pass& pass = measured_pass(scene);
    const Tone tone = tone_of(lesion, pass);
    truth.contrast_hu = tone.hu - density_hu(Tissue::liver, pass);
    if (lesion.kind == LesionKind::tumour && (tone.core || tone.specks))
        truth.viable = viable_truth(
            ball,
            [&](const PointLps& place) {
                return viable_depth_mm(tone, depth_mm(lesion.shape, place), place);
            },
            slice_normal);
    return truth;
}

}  // namespace

Truth truth_of(const Scene& scene)
{
    Truth truth{.tilt_deg = scene.acquisition.tilt_deg,
                .liver_volume_ml = scene.deformation.sd_mm == 0.0 ? liver_volume_ml(scene.anatomy)
                                                                  : lattice_liver_volume_ml(scene),
                .lesions = {}};
    for (const Lesion& lesion : scene.lesions)
        truth.lesions.push_back(truth_of(lesion, scene));
    return truth;
}

}  // namespace downstage::phantom
