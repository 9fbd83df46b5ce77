#include "downstage/phantom/truth.hpp"

#include "downstage/core/error.hpp"
#include "downstage/core/units.hpp"
#include "downstage/phantom/acquisition.hpp"

#include "paint.hpp"

#include <algorithm>
#include <numeric>

namespace downstage::phantom {

namespace {

bool is_liver(Tissue tissue)
{
    return tissue == Tissue::liver || tissue == Tissue::liver_vein;
}

/// Counted at the points of a 1 mm lattice, where 1 point is 1 mm3: off by less than a thousandth for a
/// liver.
double liver_volume_ml(const std::vector<Part>& anatomy)
{
    if (std::ranges::none_of(anatomy, is_liver, &Part::tissue)) return 0.0;
    std::vector<Painted> shapes;
    for (const Part& part : anatomy)
        shapes.push_back({part.shape, is_liver(part.tissue) ? 1.0F : 0.0F});
    constexpr int reach_mm = 250;  // no liver of a patient who lies about the origin reaches further
    std::vector<float> line(2 * reach_mm + 1);
    double points = 0.0;
    for (int z = -reach_mm; z <= reach_mm; ++z)
        for (int y = -reach_mm; y <= reach_mm; ++y) {
            std::ranges::fill(line, 0.0F);
            paint(shapes, {{-1.0 * reach_mm, 1.0 * y, 1.0 * z}, {1.0, 0.0, 0.0}}, line);
            points += static_cast<double>(std::accumulate(line.begin(), line.end(), 0.0F));
        }
    return ml_of_mm3(points);
}

PointLps centre_of(const Shape& shape)
{
    return std::visit([](const auto& body) { return body.centre; }, shape);
}

LesionTruth truth_of(const Lesion& lesion, const VectorLps& slice_normal)
{
    const std::optional<ShapeTruth> size = phantom::truth_of(lesion.shape, slice_normal);
    if (!size)
        throw Error{Errc::usage,
                    "lesion " + lesion.name +
                        ": only ellipsoids and capped cylinders have a truth by formula"};
    return {.name = lesion.name, .centre = centre_of(lesion.shape), .size = *size};
}

}  // namespace

Truth truth_of(const Scene& scene)
{
    Truth truth{.tilt_deg = scene.acquisition.tilt_deg,
                .liver_volume_ml = liver_volume_ml(scene.anatomy),
                .lesions = {}};
    const VectorLps slice_normal = slice_axes(scene.acquisition).k;
    for (const Lesion& lesion : scene.lesions)
        truth.lesions.push_back(truth_of(lesion, slice_normal));
    return truth;
}

}  // namespace downstage::phantom
