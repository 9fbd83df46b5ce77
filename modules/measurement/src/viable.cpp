#include "downstage/measurement/viable.hpp"

#include "downstage/measurement/contour.hpp"
#include "downstage/measurement/diameter.hpp"
#include "downstage/measurement/uncertainty.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

namespace downstage::measurement {

namespace {

float membership_at(const Field& field, const VoxelPlace& at)
{
    const Size& size = field.grid().size;
    const auto k = static_cast<std::int32_t>(std::lround(at.k));
    const auto i = std::clamp(static_cast<std::int32_t>(std::floor(at.i)), 0, std::max(0, size.i - 2));
    const auto j = std::clamp(static_cast<std::int32_t>(std::floor(at.j)), 0, std::max(0, size.j - 2));
    const auto right = std::min(i + 1, size.i - 1);
    const auto back = std::min(j + 1, size.j - 1);
    const auto di = static_cast<float>(at.i - i);
    const auto dj = static_cast<float>(at.j - j);
    const float front = (1.0F - di) * field[{i, j, k}] + di * field[{right, j, k}];
    const float rear = (1.0F - di) * field[{i, back, k}] + di * field[{right, back, k}];
    return (1.0F - dj) * front + dj * rear;
}

VoxelPlace between(const VoxelPlace& a, const VoxelPlace& b, double share)
{
    return {a.i + share * (b.i - a.i), a.j + share * (b.j - a.j), a.k};
}

/// How much of the straight line between two places of a slice lies outside.
double outside_mm(const Field& field, const VoxelPlace& a, const VoxelPlace& b)
{
    constexpr double step_mm = 0.4;
    constexpr float border = 0.49F;  // the ends lie on the border itself
    const double length_mm = distance_mm(to_lps(field.grid(), a), to_lps(field.grid(), b));
    const int steps = std::max(1, static_cast<int>(std::ceil(length_mm / step_mm)));
    int outside = 0;
    for (int n = 1; n < steps; ++n)
        if (membership_at(field, between(a, b, static_cast<double>(n) / steps)) < border) ++outside;
    return outside * length_mm / steps;
}

struct Candidate {
    double length_mm{};
    std::size_t a{}, b{};
};

/// Every pair of points that is longer than `longest_mm`, the longest first.
std::vector<Candidate> pairs_beyond(const std::vector<PointLps>& points, double longest_mm)
{
    std::vector<Candidate> pairs;
    for (std::size_t a = 0; a < points.size(); ++a)
        for (std::size_t b = a + 1; b < points.size(); ++b)
            if (const double length = distance_mm(points[a], points[b]); length > longest_mm)
                pairs.push_back({.length_mm = length, .a = a, .b = b});
    std::ranges::stable_sort(pairs, std::ranges::greater{}, &Candidate::length_mm);
    return pairs;
}

/// Every n-th point where there are many: then neighbours are still closer than a pixel.
std::vector<VoxelPlace> thinned(const std::vector<VoxelPlace>& points)
{
    constexpr std::size_t enough = 500;
    const std::size_t step = points.size() / enough + 1;
    std::vector<VoxelPlace> kept;
    for (std::size_t n = 0; n < points.size(); n += step)
        kept.push_back(points[n]);
    return kept;
}

/// The longest chord of slice `k` beyond `longest_mm` that stays inside.
std::optional<Chord> chord_in_slice(const Field& field, std::int32_t k, double longest_mm)
{
    constexpr double specks_mm = 2.0;  // noise; necrosis that matters is wider
    const std::vector<VoxelPlace> places = thinned(section_points(field, k));
    std::vector<PointLps> points;
    points.reserve(places.size());
    for (const VoxelPlace& place : places)
        points.push_back(to_lps(field.grid(), place));
    for (const Candidate& pair : pairs_beyond(points, longest_mm))
        if (outside_mm(field, places[pair.a], places[pair.b]) <= specks_mm)
            return Chord{.ends = {points[pair.a], points[pair.b]}, .length_mm = pair.length_mm};
    return std::nullopt;
}

double sd_of(const ViableSection& section)
{
    constexpr double blur_mm = 1.5;       // of scanner and smoothing together
    constexpr double pixel_share = 0.27;  // as for the long axis (docs/measurements.md)
    constexpr double level_share = 0.1;   // sd of the border's density, as a share of the contrast
    const double pixel_mm =
        std::sqrt(section.membership.grid().spacing_mm.i * section.membership.grid().spacing_mm.j);
    const double slope_mm = blur_mm * std::sqrt(2.0 * std::numbers::pi);  // per whole contrast
    const double noise = section.contrast_hu > 0.0 ? section.noise_hu / section.contrast_hu : 0.0;
    return std::hypot(
        pixel_share * pixel_mm, std::numbers::sqrt2 * noise * slope_mm, 2.0 * level_share * slope_mm);
}

}  // namespace

std::optional<Diameter> viable_diameter(const ViableSection& section)
{
    std::optional<Chord> best;
    for (std::int32_t k = 0; k < section.membership.grid().size.k; ++k)
        if (const auto chord = chord_in_slice(section.membership, k, best ? best->length_mm : 0.0))
            best = chord;
    if (!best) return std::nullopt;
    return Diameter{.length_mm = best->length_mm,
                    .ci95_mm = interval95(best->length_mm, sd_of(section)),
                    .ends = best->ends};
}

}  // namespace downstage::measurement
