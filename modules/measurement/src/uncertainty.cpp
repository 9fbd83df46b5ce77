#include "downstage/measurement/uncertainty.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <numbers>

namespace downstage::measurement {

namespace {

double squared(double value)
{
    return value * value;
}

double norm(std::initializer_list<double> parts)
{
    double sum = 0.0;
    for (const double part : parts)
        sum += squared(part);
    return std::sqrt(sum);
}

// The constants of docs/measurements.md, "The error model": fitted to simulated lesions, tried on others.

// What the boundary's blur and the window take off a length, and what noise adds because the furthest points
// win.
struct InPlane {
    double window_shift{}, noise_gain{}, missed_share{};
};
constexpr InPlane of_long_axis{.window_shift = 1.82, .noise_gain = 1.4, .missed_share = 0.7};
constexpr InPlane of_short_axis{.window_shift = 2.02, .noise_gain = 1.13, .missed_share = 0.3};
constexpr double any_plane_window_shift = 2.5;
constexpr double any_plane_slice_shift = 3.3;
constexpr double any_plane_tip_gain = 3.3;

// How much of each source of spread arrives in a length.
constexpr double pixel_sd = 0.27;
constexpr double point_sd = 0.80;
constexpr double slice_sd = 2.25;
constexpr double tip_sd = 0.94;
constexpr double small_sd = 8.0;

// The same for a volume, as shares of it.
constexpr double patch_sd = 9.8;
constexpr double level_sd = 0.78;
constexpr double level_edge_sd = 6.4;
constexpr double volume_slice_sd = 0.41;

// The same for a mask of whole voxels.
constexpr double staircase_gain = 0.45;
constexpr double mask_missed_share = 0.8;
constexpr double mask_pixel_sd = 0.30;
constexpr double mask_slice_sd = 1.07;

/// The lesion as an ellipsoid with one axis across the slices, and its boundary as it was read.
struct Body {
    double a_mm{}, b_mm{}, c_mm{};  ///< half axes: long and short in the slice, and across the slices
    double diameter_mm{};           ///< of the ball of the same volume
    double spread_mm{};             ///< sd of blur and window together
    double point_mm{};              ///< spread of one boundary point along its normal, from noise
};

Body body_of(const ErrorSources& sources)
{
    const ReadSize& size = sources.size;
    Body body{.a_mm = 0.5 * size.long_axis_mm, .b_mm = 0.5 * size.short_axis_mm};
    const double mean_mm = std::sqrt(body.a_mm * body.b_mm);
    const double from_volume_mm = 0.75 * size.volume_mm3 / (std::numbers::pi * body.a_mm * body.b_mm);
    // Noise in a small volume must not make a disc or a needle of it.
    body.c_mm = std::clamp(from_volume_mm, 0.5 * mean_mm, 2.0 * mean_mm);
    body.diameter_mm = 2.0 * std::cbrt(body.a_mm * body.b_mm * body.c_mm);
    body.spread_mm = std::hypot(sources.edge.blur_mm, sources.edge.smoothing_mm);
    // A step blurred by a Gaussian rises by 1 / (sqrt(2 pi) sd) a millimetre at its middle.
    body.point_mm = sources.edge.noise * std::sqrt(2.0 * std::numbers::pi) * body.spread_mm;
    return body;
}

/// Variance of a place within one slice, over a radius of curvature: how much of a length a slice may miss.
double missed_mm(const ErrorSources& sources, double across_curvature)
{
    return squared(sources.slice_distance_mm) / 12.0 * across_curvature;
}

/// In a lesion hardly wider than its own blur the two ends no longer err apart.
double small_mm(const Body& body)
{
    return body.point_mm * body.spread_mm / body.diameter_mm;
}

bool is_mask(const Edge& edge)
{
    return edge.source != BoundarySource::image;
}

/// A label that was found, and could not be bettered in the image, is up to a voxel or so too large or too
/// small at either end. A drawn one is taken at its word.
double label_sd_mm(const ErrorSources& sources)
{
    return sources.edge.source == BoundarySource::found_mask ? 1.5 * sources.pixel_mm : 0.0;
}

/// How sharply the boundary is bent at the ends of an axis, in 1 / mm.
struct Curvature {
    double in_slice{}, across{};
};

LengthError in_plane_error(const ErrorSources& sources, const Curvature& bent, const InPlane& constants)
{
    const double missed = missed_mm(sources, bent.across);
    if (is_mask(sources.edge))
        return {.missed_mm = mask_missed_share * missed - staircase_gain * sources.pixel_mm,
                .sd_mm =
                    norm({mask_pixel_sd * sources.pixel_mm, mask_slice_sd * missed, label_sd_mm(sources)})};
    const Body body = body_of(sources);
    return {.reading_mm = constants.noise_gain * body.point_mm -
                          constants.window_shift * squared(body.spread_mm) * bent.in_slice,
            .missed_mm = constants.missed_share * missed,
            .sd_mm = norm({pixel_sd * sources.pixel_mm,
                           point_sd * body.point_mm,
                           slice_sd * missed,
                           small_sd * small_mm(body)})};
}

}  // namespace

LengthError long_axis_error(const ErrorSources& sources)
{
    const Body body = body_of(sources);
    return in_plane_error(
        sources,
        {.in_slice = body.a_mm / squared(body.b_mm), .across = body.a_mm / squared(body.c_mm)},
        of_long_axis);
}

LengthError short_axis_error(const ErrorSources& sources)
{
    const Body body = body_of(sources);
    return in_plane_error(
        sources, {.in_slice = 1.0 / body.b_mm, .across = body.b_mm / squared(body.c_mm)}, of_short_axis);
}

LengthError max_3d_error(const ErrorSources& sources)
{
    const Body body = body_of(sources);
    const double missed = missed_mm(sources, 1.0 / body.c_mm);
    if (is_mask(sources.edge))
        return {
            .missed_mm = 2.55 * missed + 0.29 * sources.pixel_mm - 0.55 * sources.slice_distance_mm,
            .sd_mm = norm(
                {mask_pixel_sd * sources.pixel_mm, 0.175 * sources.slice_distance_mm, label_sd_mm(sources)})};
    // A tip that ends between two slices is placed by the contrast of single voxels.
    const double tip_mm = sources.edge.noise * sources.slice_distance_mm;
    return {.reading_mm = any_plane_tip_gain * tip_mm -
                          any_plane_window_shift * squared(body.spread_mm) / body.a_mm -
                          any_plane_slice_shift * missed,
            .sd_mm = norm({pixel_sd * sources.pixel_mm,
                           point_sd * body.point_mm,
                           slice_sd * missed,
                           tip_sd * tip_mm,
                           small_sd * small_mm(body)})};
}

double volume_sd_mm3(const ErrorSources& sources)
{
    const Body body = body_of(sources);
    const double pixels = sources.pixel_mm / body.diameter_mm;
    const double slices = sources.slice_distance_mm / body.diameter_mm;
    if (is_mask(sources.edge))
        return sources.size.volume_mm3 *
               norm({2.5 * squared(pixels),
                     0.28 * squared(slices),
                     1.1 * std::pow(slices, 1.5) * std::sqrt(sources.pixel_mm) / body.diameter_mm,
                     3.0 * label_sd_mm(sources) / body.diameter_mm});
    return sources.size.volume_mm3 *
           norm({patch_sd * small_mm(body) / body.diameter_mm,
                 level_sd * sources.edge.level,
                 level_edge_sd * sources.edge.level * body.spread_mm / body.diameter_mm,
                 volume_slice_sd * squared(slices)});
}

Chord corrected(const Chord& read, const LengthError& error)
{
    if (read.length_mm <= 0.0) return read;
    const double length_mm = std::max(0.0, read.length_mm - error.reading_mm);
    const double moved = 0.5 * (length_mm / read.length_mm - 1.0);
    const VectorLps along = read.ends[1] - read.ends[0];
    return {.ends = {read.ends[0] + (-moved) * along, read.ends[1] + moved * along}, .length_mm = length_mm};
}

Interval95 interval95(double value, double sd)
{
    constexpr double normal_95 = 1.959964;
    return {.low = std::max(0.0, value - normal_95 * sd), .high = std::max(0.0, value + normal_95 * sd)};
}

Interval95 interval95(double corrected_mm, const LengthError& error)
{
    return interval95(corrected_mm + error.missed_mm, error.sd_mm);
}

}  // namespace downstage::measurement
