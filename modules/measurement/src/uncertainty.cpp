#include "downstage/measurement/uncertainty.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace downstage::measurement {

namespace {

/// Spread of one boundary point along its normal.
double edge_point_sd_mm(const ErrorSources& sources)
{
    const Edge& edge = sources.edge;
    const double width_mm = std::hypot(edge.blur_mm, edge.smoothing_mm);
    return edge.noise * std::sqrt(2.0 * std::numbers::pi) * width_mm;
}

double common_sd_mm(const ErrorSources& sources)
{
    const double label_mm = sources.edge.source == BoundarySource::found_mask ? 1.5 : 0.0;
    return std::hypot(0.2 * sources.pixel_mm, edge_point_sd_mm(sources), label_mm);
}

}  // namespace

ErrorModel long_axis_error(const ErrorSources& sources)
{
    return {.bias = 0.0, .sd = common_sd_mm(sources)};
}

ErrorModel short_axis_error(const ErrorSources& sources)
{
    return {.bias = 0.0, .sd = common_sd_mm(sources)};
}

ErrorModel max_3d_error(const ErrorSources& sources)
{
    return {.bias = 0.0, .sd = std::hypot(common_sd_mm(sources), 0.2 * sources.slice_distance_mm)};
}

ErrorModel volume_error_mm3(const ErrorSources& sources)
{
    const double diameter_mm = std::cbrt(6.0 / std::numbers::pi * sources.size.volume_mm3);
    return {.bias = 0.0,
            .sd = 3.0 * sources.size.volume_mm3 * 0.3 * common_sd_mm(sources) / std::max(1.0, diameter_mm)};
}

Interval95 interval95(double measured, const ErrorModel& error)
{
    constexpr double normal_95 = 1.959964;
    const double centre = measured - error.bias;
    return {.low = std::max(0.0, centre - normal_95 * error.sd),
            .high = std::max(0.0, centre + normal_95 * error.sd)};
}

}  // namespace downstage::measurement
