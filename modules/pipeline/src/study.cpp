#include "downstage/pipeline/study.hpp"

#include "downstage/core/error.hpp"
#include "downstage/core/text.hpp"
#include "downstage/criteria/milan.hpp"
#include "downstage/dicom/identity.hpp"
#include "downstage/dicom/read.hpp"
#include "downstage/dicom/scan.hpp"
#include "downstage/documents/clinical.hpp"
#include "downstage/documents/measurements.hpp"
#include "downstage/imaging/label_file.hpp"
#include "downstage/measurement/lesion.hpp"
#include "downstage/pipeline/choose.hpp"
#include "downstage/report/page.hpp"
#include "downstage/segmentation/survey.hpp"

#include "find.hpp"
#include "one_study.hpp"
#include "output_folder.hpp"
#include "viable.hpp"

#include <algorithm>
#include <utility>

namespace downstage::pipeline {

namespace {

Choice choose(const Study& study, const MeasureOptions& options)
{
    const LookAt look_at = [&](const Stack& stack) -> Look {
        const dicom::LoadedVolume volume = dicom::read_volume(
            stack, {.workers = options.workers, .geometry = {.allow_gaps = options.allow_gaps}});
        const std::string hint = stack.description + " " + stack.protocol + " " + stack.contrast_agent;
        const segmentation::Survey seen = segmentation::survey(volume.voxels, hint, options.workers);
        return {.liver_in_view = seen.liver_in_view,
                .liver_extent_mm = seen.liver_extent_mm,
                .phase = seen.phase,
                .about_liver = seen.about_liver};
    };
    const bool must_show_liver = !options.segmentation && options.seeds.empty() && options.lines.empty();
    return choose_stack(study, {.wanted = options.series, .must_show_liver = must_show_liver}, look_at);
}

/// The arterial pass, for what is looked for by itself or in a mask: an answer to a click must not wait for
/// it.
std::optional<dicom::LoadedVolume>
load_arterial(const Study& study, const Choice& choice, const MeasureOptions& options)
{
    if (!options.seeds.empty() || !options.lines.empty()) return std::nullopt;
    const std::optional<std::size_t> stack = arterial_stack(choice);
    if (!stack || choice.look.phase.phase == Phase::arterial) return std::nullopt;
    return dicom::read_volume(study.stacks[*stack],
                              {.workers = options.workers, .geometry = {.allow_gaps = options.allow_gaps}});
}

/// Named by the series and the place, so that measuring the study again gives every lesion the same name.
TrackingUid tracking_uid(const SeriesUid& series, const LesionMeasurement& measured)
{
    return {dicom::uid_from_name("downstage lesion " + series.text + " " + place_text(measured.centroid))};
}

/// Every finding with its measurements, longest first.
std::vector<ReportedFinding> measure(const dicom::LoadedVolume& volume,
                                     const ViableInput& input,
                                     const SeriesUid& series,
                                     unsigned workers)
{
    const Segmented& found = input.found.segmented;
    std::vector<LesionMeasurement> measurements = measurement::measure_all(
        volume.voxels, found, {.slice_thickness_mm = volume.passport.slice_thickness_mm}, workers);
    add_viable(measurements, input, workers);
    std::vector<ReportedFinding> measured(found.findings.size());
    for (std::size_t n = 0; n < measured.size(); ++n) {
        ReportedFinding& one = measured[n];
        one.finding = found.findings[n];
        one.measured = measurements[n];
        one.slice_sop_uid = volume.slice_sop_uids.at(static_cast<std::size_t>(one.measured.slice_k));
        one.tracking_uid = tracking_uid(series, one.measured);
    }
    std::ranges::stable_sort(
        measured, std::greater{}, [](const ReportedFinding& f) { return f.measured.long_axis.length_mm; });
    return measured;
}

std::vector<ReportedFinding> of_kind(const std::vector<ReportedFinding>& all, FindingKind kind)
{
    std::vector<ReportedFinding> chosen;
    for (const ReportedFinding& one : all) {
        if (one.finding.kind != kind) continue;
        chosen.push_back(one);
        chosen.back().id = static_cast<int>(chosen.size());
    }
    return chosen;
}

criteria::LesionSize size_of(const ReportedFinding& finding)
{
    return {.diameter_mm = finding.measured.long_axis.length_mm,
            .ci95_mm = finding.measured.long_axis.ci95_mm};
}

criteria::TumourBurden burden_of(const StudyReport& report)
{
    criteria::TumourBurden burden;
    for (const ReportedFinding& lesion : report.lesions)
        burden.lesions.push_back(size_of(lesion));
    for (const ReportedFinding& maybe : report.possible)
        burden.possible.push_back({.size = size_of(maybe), .probability_real = maybe.finding.confidence});
    return burden;
}

std::string seeds_text(const std::vector<PointLps>& seeds)
{
    std::string text;
    for (const PointLps& seed : seeds)
        text += (text.empty() ? "" : " ") + place_text(seed, 3);
    return text;
}

std::string lines_text(const std::vector<segmentation::Line>& lines)
{
    std::string text;
    for (const segmentation::Line& line : lines)
        text += (text.empty() ? "" : " ") + place_text(line.from, 3) + "-" + place_text(line.to, 3);
    return text;
}

/// The options that can move a number. Threads cannot, and paths name the patient too often.
std::map<std::string, std::string> configuration_of(const MeasureOptions& options)
{
    const auto yes_no = [](bool is) { return std::string{is ? "true" : "false"}; };
    std::map<std::string, std::string> configuration{
        {"allow_gaps", yes_no(options.allow_gaps)},
        {"allow_broken", yes_no(options.allow_broken)},
        {"min_diameter_mm", fixed(options.least_diameter_mm, 1)}};
    if (options.series) configuration["series"] = options.series->text;
    if (!options.seeds.empty()) configuration["seed"] = seeds_text(options.seeds);
    if (!options.lines.empty()) configuration["line"] = lines_text(options.lines);
    return configuration;
}

Provenance provenance_of(const MeasureOptions& options, const Stack& stack)
{
    Provenance provenance;
    provenance.software = options.software;
    provenance.input_sha256 = dicom::sha256_of(stack);
    provenance.configuration = configuration_of(options);
    if (!options.stamp) return provenance;
    provenance.started = options.stamp->started;
    provenance.seconds = options.stamp->seconds_so_far();
    return provenance;
}

/// The networks that looked at the study: other weights give other outlines.
void note_networks(Provenance& provenance, const Networks& networks)
{
    const auto note = [&](const std::string& task, const std::optional<inference::Network>& network) {
        provenance.configuration[task] = network ? network_text(network->manifest()) : "none";
    };
    note("liver_network", networks.liver);
    note("lesion_network", networks.lesion);
}

void describe_series(StudyReport& report,
                     const Study& study,
                     const Choice& choice,
                     const dicom::LoadedVolume& volume)
{
    const Stack& stack = study.stacks[choice.stack];
    report.patient_id = study.patient_id;
    report.study_uid = study.uid;
    report.study_date = study.date;
    report.study_description = study.description;
    report.series = {.uid = stack.series_uid,
                     .modality = stack.modality,
                     .description = stack.description,
                     .phase = choice.look.phase,
                     .geometry = volume.passport,
                     .chosen_because = choice.because};
    for (const Choice::Other& other : choice.others) {
        const Stack& not_chosen = study.stacks[other.stack];
        const std::string part = not_chosen.part_why.empty() ? "" : " (" + not_chosen.part_why + ")";
        report.others.push_back({not_chosen.series_uid, not_chosen.description + part, other.because});
    }
}

void describe_finding(StudyReport& report, const Segmented& found, const MeasureOptions& options)
{
    report.segmentation_method = found.method;
    report.segmentation_version = found.version;
    if (options.segmentation) report.segmentation_source = options.segmentation->filename().string();
    report.liver_volume_ml = measurement::liver_volume_ml(found);
    report.liver_is_cut_off = found.liver_is_cut_off;
    if (report.liver_volume_ml) report.liver_confidence = found.liver_confidence;
}

void append(std::vector<Notice>& to, const std::vector<Notice>& from)
{
    to.insert(to.end(), from.begin(), from.end());
}

/// The liver is 1, the lesion with id n is n + 1: what `--segmentation` takes back.
LabelMap labels_of(const Segmented& found, const std::vector<ReportedFinding>& lesions)
{
    LabelMap labels{found.lesions.grid()};
    std::vector<std::uint16_t> becomes(65536, 0);
    for (const ReportedFinding& lesion : lesions)
        becomes[lesion.finding.label] = static_cast<std::uint16_t>(lesion.id + 1);
    const bool has_liver = voxel_count(found.liver.grid()) > 0;
    for (std::size_t n = 0; n < labels.voxels().size(); ++n) {
        const std::uint16_t lesion = becomes[found.lesions.voxels()[n]];
        if (has_liver && found.liver.voxels()[n] != 0) labels.voxels()[n] = 1;
        if (lesion != 0) labels.voxels()[n] = lesion;
    }
    return labels;
}

std::string page_of(const StudyReport& report, const Volume& volume, const Segmented& found)
{
    const auto pictures = [&](const std::vector<ReportedFinding>& findings, const std::string& name) {
        std::vector<report::Picture> made;
        made.reserve(findings.size());
        for (const ReportedFinding& one : findings)
            made.push_back(
                report::key_image(volume, found, one.measured, name + " " + std::to_string(one.id)));
        return made;
    };
    return report::page({.report = report,
                         .overview = report::overview(volume, found),
                         .lesions = pictures(report.lesions, "Lesion"),
                         .possible = pictures(report.possible, "Possible finding"),
                         .benign = pictures(report.benign, "Cyst")});
}

bool reads_back(const LabelMap& labels, const std::filesystem::path& file)
{
    try {
        return std::ranges::equal(imaging::read_labels(file).voxels(), labels.voxels());
    } catch (const Error&) {
        return false;
    }
}

/// Writes the label map and reads it back: a full disk does not stop every writer, and a cut mask must not go
/// out.
void write_checked(const LabelMap& labels, const std::filesystem::path& file)
{
    imaging::write_labels(labels, file);
    if (!reads_back(labels, file))
        throw Error{
            Errc::output,
            "writing '" + file.filename().string() +
                "' failed: the disk did not take all of it; make room or name another folder with -o"};
}

}  // namespace

StudyResult measure_study(const MeasureOptions& options)
{
    {
        const OutputFolder refuses_early{options.out};
    }
    const Networks networks = load_networks(options.models);
    tell(options.progress, "reading headers", 0.0);
    const dicom::Scan scan = dicom::scan(options.study, {.workers = options.workers, .progress = {}});
    const Study& study = the_one_study(scan, options);
    tell(options.progress, "choosing the series", 0.03);
    const Choice choice = choose(study, options);
    const Stack& stack = study.stacks[choice.stack];
    tell(options.progress, "loading the volume", 0.1);
    const dicom::LoadedVolume volume = dicom::read_volume(
        stack, {.workers = options.workers, .geometry = {.allow_gaps = options.allow_gaps}});

    const std::optional<dicom::LoadedVolume> arterial = load_arterial(study, choice, options);
    const Volume* const arterial_voxels = arterial ? &arterial->voxels : nullptr;

    const Found answer = find({.volume = volume,
                               .networks = networks,
                               .phase = choice.look.phase.phase,
                               .arterial = arterial_voxels,
                               .about_liver = &choice.look.about_liver},
                              options);
    const Segmented& found = answer.segmented;
    StudyResult result;
    StudyReport& report = result.report;
    report.warnings = scan_warnings(scan);
    append(report.warnings, volume.notices);
    append(report.warnings, networks.notices);
    append(report.warnings, check_gaps(volume.passport, found, options.allow_gaps));
    append(report.warnings, found.notices);
    describe_series(report, study, choice, volume);
    describe_finding(report, found, options);

    tell(options.progress, "measuring", 0.85);
    const std::vector<ReportedFinding> measured = measure(volume,
                                                          {.measured_in = volume.voxels,
                                                           .phase = choice.look.phase.phase,
                                                           .found = answer,
                                                           .arterial = arterial_voxels},
                                                          stack.series_uid,
                                                          options.workers);
    report.lesions = of_kind(measured, FindingKind::lesion);
    report.possible = of_kind(measured, FindingKind::possible);
    report.benign = of_kind(measured, FindingKind::cyst);
    const ClinicalFacts facts =
        options.clinical ? documents::read_clinical(*options.clinical, study.patient_id) : ClinicalFacts{};
    report.eligibility = criteria::milan(burden_of(report), facts);

    tell(options.progress, "writing", 0.92);
    report.provenance = provenance_of(options, stack);
    note_networks(report.provenance, networks);
    result.measurements_json = documents::measurements_json(report);
    result.complete = scan.broken.empty();
    OutputFolder output{options.out};
    output.write("measurements.json", result.measurements_json);
    output.write("measurements.csv", documents::measurements_csv(report));
    output.write("report.html", page_of(report, volume.voxels, found));
    write_checked(labels_of(found, report.lesions), output.place_of("segmentation.nii.gz"));
    output.commit();
    tell(options.progress, "done", 1.0);
    return result;
}

}  // namespace downstage::pipeline
