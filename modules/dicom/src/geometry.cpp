#include "downstage/dicom/geometry.hpp"

#include "geometry_layout.hpp"
#include "geometry_passport.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace downstage::dicom {

namespace {

// Of a moved slice a rim of a tenth of a pixel may fall off the grid.
constexpr double rim_px = 0.1;

/// The grid of the volume: wide enough to hold every slice after it has been moved.
Grid grid_of(const Stack& stack, const Layout& layout)
{
    const auto widened = [&](std::int32_t size, double range_mm, double spacing_mm) {
        if (!layout.is_sheared) return size;
        return size + static_cast<std::int32_t>(std::ceil(range_mm / spacing_mm - rim_px));
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
    if (behind == layout.placed.begin()) return whole(layout, layout.placed.front());
    if (behind == layout.placed.end()) return whole(layout, layout.placed.back());
    const Placed& first = *std::prev(behind);
    const Placed& second = *behind;
    const auto is_there = [&](const Placed& slice) {
        return std::abs(slice.along_mm - place_mm) <= on_rung_mm(layout.ladder);
    };
    if (is_there(first)) return whole(layout, first);
    if (is_there(second)) return whole(layout, second);
    const double part = (place_mm - first.along_mm) / (second.along_mm - first.along_mm);
    const auto blend = [&](double a, double b) { return layout.is_sheared ? a + part * (b - a) : 0.0; };
    return {.first = first.slice,
            .second = second.slice,
            .weight_of_second = part,
            .shift_i_mm = blend(first.i_mm - layout.first_i_mm, second.i_mm - layout.first_i_mm),
            .shift_j_mm = blend(first.j_mm - layout.first_j_mm, second.j_mm - layout.first_j_mm)};
}

}  // namespace

StackPlan plan_volume(const Stack& stack, const GeometryOptions& options)
{
    if (!stack.unusable_because.empty()) refuse(stack, stack.unusable_because);
    const Layout layout = layout_of(stack);
    StackPlan plan{.grid = grid_of(stack, layout), .from = {}, .passport = {}};
    for (std::int32_t k = 0; k < plan.grid.size.k; ++k)
        plan.from.push_back(source_of(layout, k));
    plan.passport = passport_of(stack, layout, plan.grid, options);
    return plan;
}

}  // namespace downstage::dicom
