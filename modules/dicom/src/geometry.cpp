#include "downstage/dicom/geometry.hpp"

#include "downstage/core/error.hpp"
#include "downstage/core/text.hpp"

#include "geometry_axes.hpp"
#include "geometry_spacing.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <numbers>
#include <optional>

namespace downstage::dicom {

namespace {

// Two slices nearer than this along the normal are at the same place: no CT is reconstructed so finely.
constexpr double same_place_mm = 0.02;
// In-plane drift below a tenth of a pixel moves no edge that a measurement could see.
constexpr double drift_worth_moving_px = 0.1;
// A tilted stack drifts along a straight line; half a pixel off it, the slices are not one acquisition.
constexpr double straight_line_px = 0.5;
// Thickness and spacing are taken to agree within this part.
constexpr double thickness_agrees = 0.10;

/// A slice in the frame of its stack: distances along the axes from the patient's origin.
struct Placed {
    std::size_t slice{};  ///< into the stack's slices
    double i_mm{}, j_mm{}, along_mm{};
};

/// In-plane drift per millimetre along the normal.
struct Drift {
    double i{}, j{};
    double range_i_mm{}, range_j_mm{};  ///< over the whole stack
};

std::string between(const Stack& stack, const Placed& a, const Placed& b)
{
    return place_text(stack.slices[a.slice].position) + " and " + place_text(stack.slices[b.slice].position);
}

[[noreturn]] void refuse(const Stack& stack, const std::string& why)
{
    throw Error{Errc::input, "series " + stack.series_uid.text + " is no volume: " + why};
}

bool is_same_image(const Slice& a, const Slice& b)
{
    return a.sop_uid == b.sop_uid && a.frame == b.frame;
}

std::vector<Placed> in_order(const Stack& stack, const Axes& axes)
{
    std::vector<Placed> placed;
    for (std::size_t n = 0; n < stack.slices.size(); ++n) {
        const VectorLps from_origin = stack.slices[n].position - PointLps{};
        placed.push_back({n, dot(from_origin, axes.i), dot(from_origin, axes.j), dot(from_origin, axes.k)});
    }
    std::ranges::stable_sort(placed, {}, &Placed::along_mm);
    return placed;
}

/// Drops repeats of the same image; two different images at one place are refused.
std::vector<Placed> without_repeats(const Stack& stack, const std::vector<Placed>& placed)
{
    std::vector<Placed> kept;
    for (const Placed& next : placed) {
        if (kept.empty() || next.along_mm - kept.back().along_mm >= same_place_mm) {
            kept.push_back(next);
            continue;
        }
        if (!is_same_image(stack.slices[next.slice], stack.slices[kept.back().slice]))
            refuse(stack,
                   "two different images lie at " + between(stack, kept.back(), next) +
                       ", at the same place along the slice normal");
    }
    if (kept.size() < 2) refuse(stack, "one slice of it can be used; a volume needs two or more");
    return kept;
}

/// The straight line that the slices are stacked along; refused where they follow none.
Drift drift_of(const Stack& stack, const std::vector<Placed>& placed)
{
    const Placed& first = placed.front();
    const Placed& last = placed.back();
    const double length = last.along_mm - first.along_mm;
    const Drift drift{.i = (last.i_mm - first.i_mm) / length,
                      .j = (last.j_mm - first.j_mm) / length,
                      .range_i_mm = std::abs(last.i_mm - first.i_mm),
                      .range_j_mm = std::abs(last.j_mm - first.j_mm)};
    for (const Placed& slice : placed) {
        const double along = slice.along_mm - first.along_mm;
        const double off_i = std::abs(slice.i_mm - first.i_mm - along * drift.i);
        const double off_j = std::abs(slice.j_mm - first.j_mm - along * drift.j);
        if (off_i > straight_line_px * stack.column_spacing_mm ||
            off_j > straight_line_px * stack.row_spacing_mm)
            refuse(stack,
                   "its slices do not stack: the one at " + place_text(stack.slices[slice.slice].position) +
                       " lies " + mm_text(std::hypot(off_i, off_j)) +
                       " beside the straight line from the first slice to the last");
    }
    return drift;
}

bool is_worth_moving(const Stack& stack, const Drift& drift)
{
    return drift.range_i_mm > drift_worth_moving_px * stack.column_spacing_mm ||
           drift.range_j_mm > drift_worth_moving_px * stack.row_spacing_mm;
}

void refuse_uneven(const Stack& stack, const std::vector<Placed>& placed, const Ladder& ladder)
{
    if (ladder.largest_irregularity_mm <= resample_limit_mm(ladder)) return;
    const std::size_t n = std::max<std::size_t>(1, ladder.most_irregular);
    refuse(stack,
           "its slices are unevenly spaced: between " + between(stack, placed[n - 1], placed[n]) + " lie " +
               mm_text(placed[n].along_mm - placed[n - 1].along_mm, 2) +
               " along the slice normal, and a slice is " + mm_text(ladder.largest_irregularity_mm, 2) +
               " off a regular grid of " + mm_text(ladder.spacing_mm, 2) +
               " (at most a quarter of it can be resampled)");
}

std::vector<MissingSlices>
missing_in(const Stack& stack, const std::vector<Placed>& placed, const Ladder& ladder)
{
    std::vector<MissingSlices> missing;
    for (std::size_t n = 0; n + 1 < placed.size(); ++n) {
        if (!is_hole(ladder, n)) continue;
        missing.push_back({.before = stack.slices[placed[n].slice].position,
                           .after = stack.slices[placed[n + 1].slice].position,
                           .gap_mm = placed[n + 1].along_mm - placed[n].along_mm,
                           .count = ladder.rung[n + 1] - ladder.rung[n] - 1,
                           .first_k = ladder.rung[n] + 1});
    }
    return missing;
}

std::optional<double> common_thickness_mm(const Stack& stack)
{
    std::vector<double> known;
    for (const Slice& slice : stack.slices)
        if (slice.thickness_mm) known.push_back(*slice.thickness_mm);
    if (known.empty()) return std::nullopt;
    const auto middle = known.begin() + static_cast<std::ptrdiff_t>((known.size() - 1) / 2);
    std::ranges::nth_element(known, middle);
    return *middle;
}

void note_thickness(GeometryPassport& passport)
{
    if (!passport.slice_thickness_mm) return;
    const double thickness = *passport.slice_thickness_mm;
    const double spacing = passport.spacing_mm.k;
    if (std::abs(thickness - spacing) <= thickness_agrees * spacing) return;
    const std::string what =
        thickness > spacing ? "slices overlap" : "there is tissue between the slices that was not imaged";
    passport.notes.push_back("SliceThickness is " + mm_text(thickness, 2) + " and the slices are " +
                             mm_text(spacing, 2) + " apart: " + what + ".");
}

void note_resampling(GeometryPassport& passport, const Ladder& ladder)
{
    if (ladder.spacing_changes)
        passport.notes.push_back(
            "The distance between slices changes within the stack; it was resampled to the finer one, " +
            mm_text(ladder.spacing_mm, 2) + ".");
    if (ladder.largest_irregularity_mm > on_rung_mm(ladder))
        passport.notes.push_back("Slices stand up to " + mm_text(ladder.largest_irregularity_mm, 2) +
                                 " off a regular grid of " + mm_text(ladder.spacing_mm, 2) +
                                 "; the volume was resampled linearly onto it (limit: " +
                                 mm_text(resample_limit_mm(ladder), 2) + ").");
}

/// All that is known of a stack before its volume is laid out.
struct Layout {
    Axes axes;
    std::vector<Placed> placed;
    Ladder ladder;
    Drift drift;
    bool is_sheared{};
    double first_i_mm{}, first_j_mm{};  ///< in-plane place of the volume's first voxel
};

Layout layout_of(const Stack& stack)
{
    Layout layout;
    layout.axes = axes_from(stack.row_direction, stack.column_direction);
    layout.placed = without_repeats(stack, in_order(stack, layout.axes));
    layout.drift = drift_of(stack, layout.placed);
    std::vector<double> along_mm;
    std::ranges::transform(layout.placed, std::back_inserter(along_mm), &Placed::along_mm);
    layout.ladder = ladder_of(along_mm);
    refuse_uneven(stack, layout.placed, layout.ladder);
    layout.is_sheared = is_worth_moving(stack, layout.drift);
    const auto least = [&](double Placed::* axis) {
        return std::invoke(axis, *std::ranges::min_element(layout.placed, {}, axis));
    };
    layout.first_i_mm = layout.is_sheared ? least(&Placed::i_mm) : layout.placed.front().i_mm;
    layout.first_j_mm = layout.is_sheared ? least(&Placed::j_mm) : layout.placed.front().j_mm;
    return layout;
}

/// The grid of the volume: wide enough to hold every slice after it has been moved.
Grid grid_of(const Stack& stack, const Layout& layout)
{
    const auto widened = [&](std::int32_t size, double range_mm, double spacing_mm) {
        if (!layout.is_sheared) return size;
        return size + static_cast<std::int32_t>(std::ceil(range_mm / spacing_mm - drift_worth_moving_px));
    };
    const Axes& axes = layout.axes;
    return {.size = {widened(stack.columns, layout.drift.range_i_mm, stack.column_spacing_mm),
                     widened(stack.rows, layout.drift.range_j_mm, stack.row_spacing_mm),
                     layout.ladder.rung.back() + 1},
            .spacing_mm = {stack.column_spacing_mm, stack.row_spacing_mm, layout.ladder.spacing_mm},
            .origin = PointLps{} + layout.first_i_mm * axes.i + layout.first_j_mm * axes.j +
                      layout.ladder.first_mm * axes.k,
            .axes = axes};
}

StackPlan::From whole(const Layout& layout, const Placed& slice)
{
    const double moved = layout.is_sheared ? 1.0 : 0.0;
    return {.first = slice.slice,
            .second = slice.slice,
            .weight_of_second = 0.0,
            .shift_i_mm = moved * (slice.i_mm - layout.first_i_mm),
            .shift_j_mm = moved * (slice.j_mm - layout.first_j_mm)};
}

/// Slice k of the volume from the slices at or around its place.
StackPlan::From source_of(const Layout& layout, std::int32_t k)
{
    const double place_mm = layout.ladder.first_mm + k * layout.ladder.spacing_mm;
    const auto behind = std::ranges::lower_bound(layout.placed, place_mm, {}, &Placed::along_mm);
    const auto upper =
        std::min(static_cast<std::size_t>(behind - layout.placed.begin()), layout.placed.size() - 1);
    const Placed& second = layout.placed[upper];
    const Placed& first = layout.placed[upper == 0 ? 0 : upper - 1];
    const double part =
        std::clamp((place_mm - first.along_mm) / (second.along_mm - first.along_mm), 0.0, 1.0);
    const auto is_there = [&](const Placed& slice) {
        return std::abs(slice.along_mm - place_mm) <= on_rung_mm(layout.ladder);
    };
    if (upper == 0 || part == 1.0 || is_there(second)) return whole(layout, second);
    if (is_there(first)) return whole(layout, first);
    const auto blend = [&](double a, double b) { return layout.is_sheared ? a + part * (b - a) : 0.0; };
    return {.first = first.slice,
            .second = second.slice,
            .weight_of_second = part,
            .shift_i_mm = blend(first.i_mm - layout.first_i_mm, second.i_mm - layout.first_i_mm),
            .shift_j_mm = blend(first.j_mm - layout.first_j_mm, second.j_mm - layout.first_j_mm)};
}

double tilt_deg(const Drift& drift)
{
    return std::atan(std::hypot(drift.i, drift.j)) * 180.0 / std::numbers::pi;
}

GeometryPassport passport_of(const Stack& stack, const Layout& layout, const Grid& grid)
{
    GeometryPassport passport;
    passport.size = grid.size;
    passport.spacing_mm = grid.spacing_mm;
    passport.spacing_source = "in plane PixelSpacing (0028,0030); between slices the distance of "
                              "ImagePositionPatient (0020,0032) along the slice normal";
    passport.slice_thickness_mm = common_thickness_mm(stack);
    passport.orientation = orientation_words(grid.axes);
    passport.obliquity_deg = obliquity_deg(grid.axes.k);
    passport.tilt_deg = layout.is_sheared ? tilt_deg(layout.drift) : 0.0;
    passport.largest_irregularity_mm = layout.ladder.largest_irregularity_mm;
    passport.duplicates_dropped = static_cast<std::int32_t>(stack.slices.size() - layout.placed.size());
    passport.missing = missing_in(stack, layout.placed, layout.ladder);
    if (layout.is_sheared)
        passport.notes.push_back(
            "The slices are stacked at a tilt of " + fixed(passport.tilt_deg, 1) +
            " degrees; each was moved in its own plane so that the volume stands upright.");
    note_resampling(passport, layout.ladder);
    note_thickness(passport);
    return passport;
}

GeometryVerdict
verdict_of(const Layout& layout, const GeometryPassport& passport, const GeometryOptions& options)
{
    if (options.allow_gaps && !passport.missing.empty()) return GeometryVerdict::gaps_allowed;
    const bool is_uneven = layout.ladder.largest_irregularity_mm > on_rung_mm(layout.ladder);
    return layout.is_sheared || is_uneven || layout.ladder.spacing_changes ? GeometryVerdict::resampled
                                                                           : GeometryVerdict::regular;
}

}  // namespace

StackPlan plan_volume(const Stack& stack, const GeometryOptions& options)
{
    if (!stack.unusable_because.empty()) refuse(stack, stack.unusable_because);
    const Layout layout = layout_of(stack);
    StackPlan plan{.grid = grid_of(stack, layout), .from = {}, .passport = {}};
    for (std::int32_t k = 0; k < plan.grid.size.k; ++k)
        plan.from.push_back(source_of(layout, k));
    plan.passport = passport_of(stack, layout, plan.grid);
    plan.passport.verdict = verdict_of(layout, plan.passport, options);
    return plan;
}

}  // namespace downstage::dicom
