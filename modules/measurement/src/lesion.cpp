#include "downstage/measurement/lesion.hpp"

#include "downstage/core/parallel.hpp"
#include "downstage/measurement/attenuation.hpp"
#include "downstage/measurement/contour.hpp"
#include "downstage/measurement/diameter.hpp"
#include "downstage/measurement/measurability.hpp"
#include "downstage/measurement/neighbourhood.hpp"
#include "downstage/measurement/occupancy.hpp"
#include "downstage/measurement/place.hpp"
#include "downstage/measurement/uncertainty.hpp"
#include "downstage/measurement/volume.hpp"

#include <cmath>
#include <map>
#include <utility>

namespace downstage::measurement {

namespace {

/// What all lesions of a study share.
struct Study {
    const Volume& image;
    const Segmented& found;
    LesionOptions options;
    std::map<std::uint16_t, Box> boxes;
    std::optional<LiverShape> liver;
};

Study study_of(const Volume& image, const Segmented& found, const LesionOptions& options)
{
    return {.image = image,
            .found = found,
            .options = options,
            .boxes = boxes_of_labels(found.lesions),
            .liver = shape_of_liver(found.liver)};
}

struct Section {
    std::int32_t k{};
    SectionAxes axes;
};

/// The slice with the longest axis; of equals the lowest.
Section longest_section(const Field& membership)
{
    Section best;
    for (std::int32_t k = 0; k < membership.grid().size.k; ++k) {
        const auto axes = axes_of_section(membership.grid(), section_points(membership, k));
        if (axes && axes->long_axis.length_mm > best.axes.long_axis.length_mm) best = {k, *axes};
    }
    return best;
}

ErrorSources sources_of(const Grid& grid, const Edge& edge, const ReadSize& size)
{
    return {.pixel_mm = std::sqrt(grid.spacing_mm.i * grid.spacing_mm.j),
            .slice_distance_mm = grid.spacing_mm.k,
            .edge = edge,
            .size = size};
}

Diameter diameter_of(const Chord& read, const LengthError& error)
{
    const Chord chord = corrected(read, error);
    return {.length_mm = chord.length_mm, .ci95_mm = interval95(chord.length_mm, error), .ends = chord.ends};
}

/// The same chord about its middle, `length_mm` long.
Diameter shortened(Diameter diameter, double length_mm)
{
    const VectorLps off =
        (0.5 * (1.0 - length_mm / diameter.length_mm)) * (diameter.ends[1] - diameter.ends[0]);
    diameter.ends = {diameter.ends[0] + off, diameter.ends[1] + (-1.0 * off)};
    diameter.length_mm = length_mm;
    return diameter;
}

VolumeEstimate volume_estimate(const ErrorSources& sources)
{
    const double volume_mm3 = sources.size.volume_mm3;
    const Interval95 ci95_mm3 = interval95(volume_mm3, volume_sd_mm3(sources));
    return {.ml = ml_of_mm3(volume_mm3),
            .ci95_ml = {.low = ml_of_mm3(ci95_mm3.low), .high = ml_of_mm3(ci95_mm3.high)}};
}

std::vector<PointLps> in_patient(const Grid& grid, std::span<const VoxelPlace> places)
{
    std::vector<PointLps> points;
    points.reserve(places.size());
    for (const VoxelPlace& place : places)
        points.push_back(to_lps(grid, place));
    return points;
}

void add_sizes(LesionMeasurement& measured, const Occupancy& occupancy, std::span<const VoxelPlace> surface)
{
    const Grid& grid = occupancy.membership.grid();
    const Section section = longest_section(occupancy.membership);
    const Chord longest = longest_chord(grid, surface).value_or(Chord{});  // a lesion always has a surface
    const ErrorSources sources = sources_of(grid,
                                            occupancy.edge,
                                            {.long_axis_mm = section.axes.long_axis.length_mm,
                                             .short_axis_mm = section.axes.short_axis.length_mm,
                                             .max_3d_mm = longest.length_mm,
                                             .volume_mm3 = volume_of_mm3(occupancy.share)});

    measured.long_axis = diameter_of(section.axes.long_axis, long_axis_error(sources));
    measured.short_axis = diameter_of(section.axes.short_axis, short_axis_error(sources));
    measured.slice_k = section.k;
    measured.max_3d = diameter_of(longest, max_3d_error(sources));
    // Each length is corrected for its own errors; what one of them says of the other still holds.
    if (measured.max_3d.length_mm < measured.long_axis.length_mm) measured.max_3d = measured.long_axis;
    if (measured.short_axis.length_mm > measured.long_axis.length_mm)
        measured.short_axis = shortened(measured.short_axis, measured.long_axis.length_mm);
    measured.volume = volume_estimate(sources);
    measured.boundary_blur_mm = occupancy.edge.blur_mm;
}

void add_place(LesionMeasurement& measured, const Study& study, std::span<const PointLps> surface)
{
    if (!study.liver) return;
    measured.distance_to_liver_surface_mm = distance_to_surface_mm(surface, *study.liver);
    measured.place = place_in_words(measured.centroid, *study.liver, measured.distance_to_liver_surface_mm);
}

LesionMeasurement measure(const Study& study, std::uint16_t label)
{
    const auto box = study.boxes.find(label);
    if (box == study.boxes.end())
        throw Error{Errc::internal,
                    "label " + std::to_string(label) + " was to be measured but is not in the map"};
    const Neighbourhood cut = neighbourhood_of(study.image, study.found, label, box->second, surroundings_mm);
    const Occupancy occupancy = study.found.mask_is_truth ? occupancy_of_drawn(cut) : occupancy_of(cut);
    const std::vector<VoxelPlace> surface = surface_points(occupancy.membership);

    LesionMeasurement measured{.label = label};
    add_sizes(measured, occupancy, surface);
    measured.slice_k += cut.corner.k;
    measured.attenuation = attenuation_of(cut.hu, occupancy.inside);
    measured.centroid = centroid_of(occupancy.share);
    add_place(measured, study, in_patient(cut.hu.grid(), surface));

    const double thickness_mm = study.options.slice_thickness_mm.value_or(study.image.grid().spacing_mm.k);
    auto [measurable, because] = measurability(measured.long_axis.length_mm, thickness_mm);
    measured.measurable = measurable;
    measured.measurable_because = std::move(because);
    measured.viable_reason = "viable tumour is measured in an arterial phase, which was not looked at";
    return measured;
}

}  // namespace

LesionMeasurement
measure_lesion(const Volume& image, const Segmented& found, std::uint16_t label, const LesionOptions& options)
{
    return measure(study_of(image, found, options), label);
}

std::vector<LesionMeasurement>
measure_all(const Volume& image, const Segmented& found, const LesionOptions& options, unsigned workers)
{
    const Study study = study_of(image, found, options);
    std::vector<LesionMeasurement> measured(found.findings.size());
    for_each_index(measured.size(), workers, [&](std::size_t n) {
        measured[n] = measure(study, found.findings[n].label);
    });
    return measured;
}

std::optional<double> liver_volume_ml(const Segmented& found)
{
    if (found.liver.voxels().empty()) return std::nullopt;
    const double volume_mm3 = volume_of_mm3(found.liver);
    if (volume_mm3 <= 0.0) return std::nullopt;
    return ml_of_mm3(volume_mm3);
}

}  // namespace downstage::measurement
