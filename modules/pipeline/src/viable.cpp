#include "viable.hpp"

#include "downstage/measurement/viable.hpp"
#include "downstage/segmentation/viable.hpp"

#include <string>

namespace downstage::pipeline {

namespace {

using segmentation::ViablePart;

void explain(std::vector<LesionMeasurement>& measurements, const std::string& why)
{
    for (LesionMeasurement& measured : measurements)
        measured.viable_reason = why;
}

void take_over(LesionMeasurement& measured, const ViablePart& part)
{
    measured.viable_reason = part.why;
    if (part.outcome == ViablePart::Outcome::hypovascular) return;
    if (part.outcome == ViablePart::Outcome::none_left) {
        measured.viable_diameter_mm = 0.0;
        return;
    }
    const auto diameter = measurement::viable_diameter(
        {.membership = part.membership, .contrast_hu = part.contrast_hu, .noise_hu = part.noise_hu});
    if (!diameter) return;
    measured.viable_diameter_mm = diameter->length_mm;
    measured.viable_ci95_mm = diameter->ci95_mm;
}

}  // namespace

std::optional<std::size_t> arterial_stack(const Choice& choice)
{
    const Choice::Seen* best = nullptr;
    for (const Choice::Seen& seen : choice.seen) {
        if (!seen.look.liver_in_view || seen.look.phase.phase != Phase::arterial) continue;
        if (best == nullptr || seen.look.phase.confidence > best->look.phase.confidence) best = &seen;
    }
    return best != nullptr ? std::optional{best->stack} : std::nullopt;
}

void add_viable(std::vector<LesionMeasurement>& measurements, const ViableInput& input, unsigned workers)
{
    const bool is_arterial = input.phase == Phase::arterial;
    if (voxel_count(input.found.segmented.liver.grid()) == 0)
        return explain(measurements, "the liver around the lesion, which it is compared with, is not known");
    if (!is_arterial && input.arterial == nullptr)
        return explain(measurements, "no arterial phase of this study was found");
    if (!is_arterial && !(input.found.in_arterial && input.found.in_arterial->quality.good))
        return explain(
            measurements,
            "the arterial phase could not be aligned with the series that was measured" +
                (input.found.in_arterial ? ": " + input.found.in_arterial->quality.why : std::string{}));
    const imaging::Alignment in_place;
    const std::vector<ViablePart> parts =
        segmentation::viable_parts({.arterial = is_arterial ? input.measured_in : *input.arterial,
                                    .found_in = input.measured_in,
                                    .found = input.found.segmented,
                                    .alignment = is_arterial ? in_place : *input.found.in_arterial},
                                   workers);
    for (std::size_t n = 0; n < measurements.size(); ++n)
        take_over(measurements[n], parts[n]);
}

}  // namespace downstage::pipeline
