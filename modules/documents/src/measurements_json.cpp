#include "downstage/documents/measurements.hpp"

#include "assessment_words.hpp"
#include "value.hpp"
#include "words.hpp"

#include <utility>

// Each function writes one object of the contract, its keys in the contract's order; keys that the contract
// does not name follow behind.
namespace downstage::documents {
namespace {

template <typename T, typename ToJson>
Json list(const std::vector<T>& items, const ToJson& to_json)
{
    Json out = Json::array();
    for (const T& item : items)
        out.push_back(to_json(item));
    return out;
}

Json missing_slices(const MissingSlices& gap)
{
    return {{"before_mm", place(gap.before)},
            {"after_mm", place(gap.after)},
            {"gap_mm", number(gap.gap_mm, decimals::mm)},
            {"count", gap.count}};
}

Json geometry(const GeometryPassport& passport)
{
    return {{"verdict", word(passport.verdict)},
            {"tilt_deg", number(passport.tilt_deg, decimals::deg)},
            {"duplicates_dropped", passport.duplicates_dropped},
            {"missing", list(passport.missing, missing_slices)},
            {"notes", passport.notes},
            {"spacing_source", text(passport.spacing_source)},
            {"orientation", text(passport.orientation)},
            {"obliquity_deg", number(passport.obliquity_deg, decimals::deg)},
            {"largest_irregularity_mm", number(passport.largest_irregularity_mm, decimals::mm)}};
}

Json other_series(const OtherSeries& other)
{
    return {{"uid", text(other.uid.text)},
            {"not_chosen_because", text(other.not_chosen_because)},
            {"description", text(other.description)}};
}

Json series(const ChosenSeries& chosen, const std::vector<OtherSeries>& others)
{
    const GeometryPassport& passport = chosen.geometry;
    const SpacingMm& spacing = passport.spacing_mm;
    return {{"uid", text(chosen.uid.text)},
            {"modality", text(chosen.modality)},
            {"phase", word(chosen.phase.phase)},
            {"phase_confidence", number(chosen.phase.confidence, decimals::probability)},
            {"description", text(chosen.description)},
            {"size", {passport.size.i, passport.size.j, passport.size.k}},
            {"spacing_mm",
             {number(spacing.i, decimals::spacing_mm),
              number(spacing.j, decimals::spacing_mm),
              number(spacing.k, decimals::spacing_mm)}},
            {"slice_thickness_mm", number(passport.slice_thickness_mm, decimals::spacing_mm)},
            {"geometry", geometry(passport)},
            {"chosen_because", text(chosen.chosen_because)},
            {"others", list(others, other_series)},
            {"phase_because", text(chosen.phase.because)}};
}

/// What every finding says of itself, whichever list it stands in.
void add_finding_details(Json& out, const ReportedFinding& found)
{
    const LesionMeasurement& measured = found.measured;
    out["short_axis_ci95_mm"] = interval(measured.short_axis.ci95_mm, decimals::mm);
    out["short_axis_endpoints_mm"] = ends(measured.short_axis.ends);
    out["max_3d_diameter_ci95_mm"] = interval(measured.max_3d.ci95_mm, decimals::mm);
    out["max_3d_endpoints_mm"] = ends(measured.max_3d.ends);
    out["sd_hu"] = number(measured.attenuation.sd_hu, decimals::hu);
    out["distance_to_liver_surface_mm"] = number(measured.distance_to_liver_surface_mm, decimals::mm);
    out["place"] = text(measured.place);
    out["measurable_because"] = text(measured.measurable_because);
    out["boundary_blur_mm"] = number(measured.boundary_blur_mm, decimals::mm);
    out["viable_diameter_ci95_mm"] =
        measured.viable_ci95_mm ? interval(*measured.viable_ci95_mm, decimals::mm) : Json{};
}

Json lesion(const ReportedFinding& found)
{
    const LesionMeasurement& measured = found.measured;
    Json out{{"id", found.id},
             {"tracking_uid", text(found.tracking_uid.text)},
             {"organ", text(found.finding.organ)},
             {"longest_diameter_mm", number(measured.long_axis.length_mm, decimals::mm)},
             {"longest_diameter_ci95_mm", interval(measured.long_axis.ci95_mm, decimals::mm)},
             {"short_axis_mm", number(measured.short_axis.length_mm, decimals::mm)},
             {"endpoints_mm", ends(measured.long_axis.ends)},
             {"slice_sop_uid", text(found.slice_sop_uid.text)},
             {"max_3d_diameter_mm", number(measured.max_3d.length_mm, decimals::mm)},
             {"volume_ml", number(measured.volume.ml, decimals::ml)},
             {"volume_ci95_ml", interval(measured.volume.ci95_ml, decimals::ml)},
             {"viable_diameter_mm", number(measured.viable_diameter_mm, decimals::mm)},
             {"viable_reason", text(measured.viable_reason)},
             {"centroid_mm", place(measured.centroid)},
             {"mean_hu", number(measured.attenuation.mean_hu, decimals::hu)},
             {"measurable", measured.measurable},
             {"confidence", number(found.finding.confidence, decimals::probability)}};
    add_finding_details(out, found);
    return out;
}

/// What possible and benign findings carry beyond the contract: enough to find and to draw them.
void add_uncounted_details(Json& out, const ReportedFinding& found)
{
    const LesionMeasurement& measured = found.measured;
    out["id"] = found.id;
    out["tracking_uid"] = text(found.tracking_uid.text);
    out["longest_diameter_ci95_mm"] = interval(measured.long_axis.ci95_mm, decimals::mm);
    out["short_axis_mm"] = number(measured.short_axis.length_mm, decimals::mm);
    out["endpoints_mm"] = ends(measured.long_axis.ends);
    out["slice_sop_uid"] = text(found.slice_sop_uid.text);
    out["volume_ml"] = number(measured.volume.ml, decimals::ml);
    out["mean_hu"] = number(measured.attenuation.mean_hu, decimals::hu);
    out["place"] = text(measured.place);
}

Json possible(const ReportedFinding& found)
{
    Json out{{"longest_diameter_mm", number(found.measured.long_axis.length_mm, decimals::mm)},
             {"confidence", number(found.finding.confidence, decimals::probability)},
             {"centroid_mm", place(found.measured.centroid)},
             {"why_not_counted", text(found.finding.why_not_counted)}};
    add_uncounted_details(out, found);
    return out;
}

Json benign(const ReportedFinding& found)
{
    Json out{{"kind", "cyst"},
             {"longest_diameter_mm", number(found.measured.long_axis.length_mm, decimals::mm)},
             {"centroid_mm", place(found.measured.centroid)}};
    add_uncounted_details(out, found);
    out["confidence"] = number(found.finding.confidence, decimals::probability);
    return out;
}

Json provenance(const Provenance& provenance)
{
    return {{"software", text(provenance.software)},
            {"started", text(provenance.started)},
            {"seconds", number(provenance.seconds, decimals::seconds)},
            {"input_sha256", text(provenance.input_sha256)},
            {"configuration", Json(provenance.configuration)}};
}

}  // namespace

std::string measurements_json(const StudyReport& report)
{
    const Json document{
        {"schema", "downstage.measurements/1"},
        {"patient", {{"id", text(report.patient_id)}}},
        {"study",
         {{"uid", text(report.study_uid.text)},
          {"date", text(report.study_date)},
          {"description", text(report.study_description)}}},
        {"series", series(report.series, report.others)},
        {"segmentation",
         {{"method", text(report.segmentation_method)},
          {"version", text(report.segmentation_version)},
          {"source", text(report.segmentation_source)}}},
        {"liver",
         {{"volume_ml", number(report.liver_volume_ml, decimals::ml)},
          {"cut_off", report.liver_is_cut_off},
          {"confidence", number(report.liver_confidence, decimals::probability)}}},
        {"lesion_count", report.lesions.size()},
        {"lesions", list(report.lesions, lesion)},
        {"possible", list(report.possible, possible)},
        {"benign", list(report.benign, benign)},
        {"eligibility",
         list(report.eligibility, [](const Verdict& one) { return verdict_json(one, Paths::written); })},
        {"warnings", list(report.warnings, [](const Notice& notice) { return Json(notice.text); })},
        {"provenance", provenance(report.provenance)}};
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace downstage::documents
