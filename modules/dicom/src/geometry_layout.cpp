#include "geometry_layout.hpp"

#include "downstage/core/error.hpp"
#include "downstage/core/text.hpp"

#include "geometry_axes.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>

namespace downstage::dicom {

namespace {

// Two slices nearer than this along the normal are at the same place: no CT is reconstructed so finely.
constexpr double same_place_mm = 0.02;
// In-plane drift below a tenth of a pixel moves no edge that a measurement could see.
constexpr double drift_worth_moving_px = 0.1;
// A tilted stack drifts along a straight line; half a pixel off it, the slices are not one acquisition.
constexpr double straight_line_px = 0.5;

std::string between(const Stack& stack, const Placed& a, const Placed& b)
{
    return place_text(stack.slices[a.slice].position) + " and " + place_text(stack.slices[b.slice].position);
}

bool is_same_image(const Slice& a, const Slice& b)
{
    return a.sop_uid == b.sop_uid && a.frame == b.frame && (!a.sop_uid.text.empty() || a.file == b.file);
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
               " (limit: " + mm_text(resample_limit_mm(ladder), 2) + ")");
}

}  // namespace

void refuse(const Stack& stack, const std::string& why)
{
    throw Error{Errc::input, "series " + stack.series_uid.text + " is no volume: " + why};
}

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

}  // namespace downstage::dicom
