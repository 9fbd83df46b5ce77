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
