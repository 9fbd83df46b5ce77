#include "geometry_passport.hpp"

#include "downstage/core/text.hpp"

#include "geometry_axes.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

namespace downstage::dicom {

namespace {

// Thickness and spacing are taken to agree within this part.
constexpr double thickness_agrees = 0.10;

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

double tilt_deg(const Drift& drift)
{
    return std::atan(std::hypot(drift.i, drift.j)) * 180.0 / std::numbers::pi;
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

GeometryPassport
passport_of(const Stack& stack, const Layout& layout, const Grid& grid, const GeometryOptions& options)
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
    passport.verdict = verdict_of(layout, passport, options);
    return passport;
}

}  // namespace downstage::dicom
