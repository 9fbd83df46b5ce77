#include "downstage/phantom/acquisition.hpp"

#include "downstage/core/error.hpp"
#include "downstage/phantom/noise.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <string>

namespace downstage::phantom {

namespace {

constexpr std::int32_t most_pixels = 4096;  // twice the largest matrix of a CT scanner

void require(bool holds, const std::string& otherwise)
{
    if (!holds) throw Error{Errc::usage, "acquisition: " + otherwise};
}

void check_directions(const Acquisition& acquisition)
{
    constexpr double tolerance = 1e-6;  // decimals of a hand-written direction
    const VectorLps& row = acquisition.row_direction;
    const VectorLps& column = acquisition.column_direction;
    require(std::abs(length_mm(row) - 1.0) < tolerance && std::abs(length_mm(column) - 1.0) < tolerance,
            "row_direction and column_direction must be unit vectors");
    require(std::abs(dot(row, column)) < tolerance,
            "row_direction and column_direction must be perpendicular");
}

void check_slices(const std::vector<std::int32_t>& places,
                  const Acquisition& acquisition,
                  const std::string& field)
{
    const auto is_there = [&](std::int32_t place) { return place >= 0 && place < acquisition.slices; };
    require(std::ranges::all_of(places, is_there),
            field + " must lie between 0 and " + std::to_string(acquisition.slices - 1));
}

void check(const Acquisition& acquisition)
{
    const auto is_count = [](std::int32_t count) { return count >= 1 && count <= most_pixels; };
    require(is_count(acquisition.columns) && is_count(acquisition.rows) && is_count(acquisition.slices),
            "columns, rows and slices must lie between 1 and " + std::to_string(most_pixels));
    require(acquisition.column_spacing_mm > 0.0 && acquisition.row_spacing_mm > 0.0 &&
                acquisition.slice_spacing_mm > 0.0 && acquisition.slice_thickness_mm > 0.0,
            "spacings and slice_thickness_mm must be positive");
    require(acquisition.blur_mm >= 0.0 && acquisition.noise_hu >= 0.0 && acquisition.irregularity_mm >= 0.0,
            "blur_mm, noise_hu and irregularity_mm must not be negative");
    require(acquisition.noise_grain_mm >= 0.0, "noise_grain_mm must not be negative");
    require(acquisition.breathing.step_mm >= 0.0 && acquisition.breathing.slices_a_hold > 0,
            "breathing.step_mm must not be negative, breathing.slices_a_hold must be positive");
    require(std::abs(acquisition.tilt_deg) < 45.0,
            "tilt_deg must lie between -45 and 45");  // no gantry has more
    check_directions(acquisition);
    check_slices(acquisition.missing_slices, acquisition, "missing_slices");
    check_slices(acquisition.duplicated_slices, acquisition, "duplicated_slices");
}

bool names(const std::vector<std::int32_t>& places, std::int32_t place)
{
    return std::ranges::find(places, place) != places.end();
}

PointLps first_pixel(const Acquisition& acquisition, std::int32_t place)
{
    const Axes axes = slice_axes(acquisition);
    const VectorLps feed = cross(acquisition.row_direction, acquisition.column_direction);
    const double along_row_mm = -0.5 * (acquisition.columns - 1) * acquisition.column_spacing_mm;
    const double along_column_mm = -0.5 * (acquisition.rows - 1) * acquisition.row_spacing_mm;
    const double off_mm =
        acquisition.irregularity_mm *
        (2.0 * even_noise({acquisition.seed, irregularity_stream}, static_cast<std::uint64_t>(place)) - 1.0);
    const double along_feed_mm =
        (place - 0.5 * (acquisition.slices - 1)) * acquisition.slice_spacing_mm + off_mm;
    return acquisition.centre + along_row_mm * axes.i + along_column_mm * axes.j + along_feed_mm * feed;
}

/// Numbers from 1 in the wanted order.
void number(std::vector<Cut>& slices, const Acquisition& acquisition)
{
    std::vector<std::size_t> order(slices.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    if (acquisition.instance_order == InstanceOrder::against) std::ranges::reverse(order);
    if (acquisition.instance_order == InstanceOrder::shuffled)
        std::ranges::stable_sort(
            order, {}, [&](std::size_t n) { return even_noise({acquisition.seed, order_stream}, n); });
    for (std::size_t n = 0; n < order.size(); ++n)
        slices[order[n]].instance_number = static_cast<std::int32_t>(n) + 1;
}

}  // namespace

Axes slice_axes(const Acquisition& acquisition)
{
    const double tilt_rad = acquisition.tilt_deg * std::numbers::pi / 180.0;
    const VectorLps& i = acquisition.row_direction;
    const VectorLps& j = acquisition.column_direction;
    const VectorLps k = cross(i, j);
    return {.i = i,
            .j = std::cos(tilt_rad) * j + std::sin(tilt_rad) * k,
            .k = std::cos(tilt_rad) * k + (-std::sin(tilt_rad)) * j};
}

VectorLps patient_shift(const Acquisition& acquisition, std::int32_t place)
{
    const double step_mm = acquisition.breathing.step_mm;
    if (step_mm == 0.0) return {};
    constexpr double to_the_front = 1.0 / 3.0;  // a breath moves the liver mostly along the body
    const auto hold = static_cast<std::uint64_t>(place / acquisition.breathing.slices_a_hold);
    const NoiseStream random{acquisition.seed, breathing_stream};
    const double front = 2.0 * even_noise(random, 2 * hold) - 1.0;
    const double up = 2.0 * even_noise(random, 2 * hold + 1) - 1.0;
    return {0.0, to_the_front * step_mm * front, step_mm * up};
}

std::vector<Cut> cuts(const Acquisition& acquisition)
{
    check(acquisition);
    std::vector<Cut> slices;
    for (std::int32_t place = 0; place < acquisition.slices; ++place) {
        if (names(acquisition.missing_slices, place)) continue;
        const Cut cut{.place = place,
                      .position = first_pixel(acquisition, place),
                      .patient_shift = patient_shift(acquisition, place)};
        slices.push_back(cut);
        if (!names(acquisition.duplicated_slices, place)) continue;
        slices.push_back(cut);
        slices.back().copy = 1;
    }
    number(slices, acquisition);
    return slices;
}

}  // namespace downstage::phantom
