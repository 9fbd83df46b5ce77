#include "lesion_body.hpp"

#include "downstage/phantom/body_truth.hpp"
#include "downstage/phantom/noise.hpp"

#include <algorithm>

namespace downstage::phantom_app {

namespace {

using phantom::Body;

/// Everything about the origin, `factor` times as large.
Body enlarged(Body body, double factor)
{
    if (auto* cast = std::get_if<phantom::Cast>(&body)) cast->scale *= factor;
    if (auto* lobes = std::get_if<phantom::Lobes>(&body)) {
        lobes->melt_mm *= factor;
        for (phantom::Ball& ball : lobes->balls)
            ball = {PointLps{} + factor * (ball.centre - PointLps{}), factor * ball.radius_mm};
    }
    return body;
}

Body of_length(const Body& body, double long_axis_mm)
{
    const VectorLps along_slices{0.0, 0.0, 1.0};
    return enlarged(body, long_axis_mm / phantom::truth_of(body, along_slices).long_axis_mm);
}

}  // namespace

Body lobed_body(double long_axis_mm, int lobes, std::uint64_t seed)
{
    return of_length(phantom::lobed(long_axis_mm / 2.0, lobes, seed), long_axis_mm);
}

Body lesion_body(double long_axis_mm, const ShapeFolder* shapes, std::uint64_t seed)
{
    if (shapes == nullptr) {
        constexpr double most_lobes = 6.0;
        const double share = phantom::even_noise({seed, phantom::lobes_stream}, 1'000);
        return lobed_body(long_axis_mm, static_cast<int>(share * (most_lobes + 1.0)), seed);
    }
    constexpr double smallest_mm = 10.0;  // smaller ones were outlined by a handful of pixels
    const ShapeEntry& shape = shapes->near_size(std::max(long_axis_mm, smallest_mm), seed);
    phantom::Cast cast = cast_of(shapes->mask_of(shape));
    cast.axes = phantom::turned_axes(0.0, 0.0, 360.0 * phantom::even_noise({seed, phantom::range_stream}, 1));
    return of_length(cast, long_axis_mm);
}

phantom::SiteRules site_rules(const std::string& place)
{
    constexpr double depth_mm = 4.0;
    if (place == "surface") return {.smallest_share = 0.93, .largest_share = 0.995};
    if (place == "bulging") return {.smallest_share = 0.70, .largest_share = 0.90};
    return {.margin_mm = depth_mm};
}

}  // namespace downstage::phantom_app
