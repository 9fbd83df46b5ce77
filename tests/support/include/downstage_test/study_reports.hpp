#pragma once

#include "downstage/core/study_report.hpp"

#include <string>
#include <vector>

namespace downstage_test {

/// A lesion whose numbers are all different, so that none can stand in another's place unseen.
inline downstage::ReportedFinding a_lesion(int id, double diameter_mm)
{
    const double short_mm = 0.75 * diameter_mm;
    downstage::ReportedFinding found;
    found.id = id;
    found.tracking_uid = {"2.25.700" + std::to_string(id)};
    found.slice_sop_uid = {"1.2.840.99.4"};
    found.finding.label = static_cast<std::uint16_t>(id);
    found.finding.confidence = 0.93;
    downstage::LesionMeasurement& measured = found.measured;
    measured.label = found.finding.label;
    measured.long_axis = {.length_mm = diameter_mm,
                          .ci95_mm = {diameter_mm - 1.6, diameter_mm + 1.6},
                          .ends = {{{10.0, 20.0, 30.0}, {10.0 + diameter_mm, 20.0, 30.0}}}};
    measured.short_axis = {.length_mm = short_mm,
                           .ci95_mm = {short_mm - 1.5, short_mm + 1.5},
                           .ends = {{{20.0, 10.0, 30.0}, {20.0, 10.0 + short_mm, 30.0}}}};
    measured.slice_k = 4;
    measured.max_3d = {.length_mm = diameter_mm + 2.5,
                       .ci95_mm = {diameter_mm + 0.5, diameter_mm + 4.5},
                       .ends = {{{10.0, 20.0, 28.0}, {10.0 + diameter_mm, 20.0, 38.0}}}};
    measured.volume = {.ml = 11.8, .ci95_ml = {10.4, 13.3}};
    measured.attenuation = {.mean_hu = 58.1, .sd_hu = 14.2};
    measured.centroid = {25.0, 20.5, 31.5};
    measured.distance_to_liver_surface_mm = 6.5;
    measured.place = "right lobe, upper third";
    measured.measurable = true;
    measured.measurable_because = "at least 10 mm on slices of 2.5 mm";
    measured.viable_reason = "no arterial phase";
    measured.boundary_blur_mm = 0.9;
    return found;
}

inline downstage::ReportedFinding a_possible_finding()
{
    downstage::ReportedFinding found = a_lesion(1, 9.1);
    found.tracking_uid = {"2.25.8001"};
    found.finding = {.label = 7,
                     .kind = downstage::FindingKind::possible,
                     .confidence = 0.35,
                     .why_not_counted = "its edge is not clear of the noise"};
    return found;
}

inline downstage::ReportedFinding a_cyst()
{
    downstage::ReportedFinding found = a_lesion(1, 12.0);
    found.tracking_uid = {"2.25.9001"};
    found.finding = {
        .label = 9, .kind = downstage::FindingKind::cyst, .confidence = 0.8, .why_not_counted = ""};
    return found;
}

inline downstage::ChosenSeries a_chosen_series()
{
    downstage::ChosenSeries series;
    series.uid = {"1.2.840.99.3"};
    series.modality = "CT";
    series.description = "PV 2.5 B30f";
    series.phase = {.phase = downstage::Phase::portal_venous,
                    .confidence = 0.97,
                    .because = "aorta 150 HU, portal vein 170 HU, liver 110 HU"};
    series.geometry.size = {512, 512, 120};
    series.geometry.spacing_mm = {0.78125, 0.78125, 2.5};
    series.geometry.spacing_source = "PixelSpacing; distance of ImagePositionPatient";
    series.geometry.slice_thickness_mm = 2.5;
    series.geometry.orientation = "axial, +i left, +j posterior, +k head";
    series.chosen_because = "the thinnest portal venous series that shows the whole liver";
    return series;
}

/// One of each status; the headline hangs on what the images do not say.
inline std::vector<downstage::Verdict> three_verdicts()
{
    downstage::Verdict open;
    open.criterion = "milan_strict";
    open.headline = true;
    open.status = downstage::VerdictStatus::indeterminate;
    open.margin_mm = 3.1;
    open.reasons = {"2 lesions, all under 30 mm: size and number are inside"};
    open.missing = {"macrovascular_invasion", "extrahepatic_disease"};

    downstage::Verdict met;
    met.criterion = "milan_acs";
    met.status = downstage::VerdictStatus::met;
    met.probability = 0.97;
    met.margin_mm = 3.1;
    met.reasons = {"2 lesions, none above 30 mm"};

    downstage::Verdict not_met;
    not_met.criterion = "milan";
    not_met.status = downstage::VerdictStatus::not_met;
    not_met.probability = 0.02;
    not_met.margin_mm = -4.2;
    not_met.contested = "readings differ at exactly 30 mm";
    not_met.reasons = {"a reason of its own"};
    return {open, met, not_met};
}

/// A study with two counted lesions, a possible one and a cyst.
inline downstage::StudyReport a_study_report()
{
    downstage::StudyReport report;
    report.patient_id = "PAT-0042";
    report.study_uid = {"1.2.840.99"};
    report.study_date = "2024-03-01";
    report.study_description = "CT abdomen";
    report.series = a_chosen_series();
    report.others = {
        {.uid = {"1.2.840.99.2"}, .description = "Scout", .not_chosen_because = "one slice: a localiser"}};
    report.segmentation_method = "weight-free";
    report.segmentation_version = "1";
    report.liver_volume_ml = 1540.2;
    report.liver_confidence = 0.9;
    report.lesions = {a_lesion(1, 26.9), a_lesion(2, 18.5)};
    report.possible = {a_possible_finding()};
    report.benign = {a_cyst()};
    report.eligibility = three_verdicts();
    report.warnings = {{downstage::Severity::warning, "the liver leaves the picture at the top"},
                       {downstage::Severity::note, "two files were not DICOM"}};
    report.provenance.software = "downstage 0.1.0";
    report.provenance.input_sha256 = std::string(64, 'a');
    report.provenance.configuration = {{"allow_gaps", "false"}, {"method", "weight-free"}};
    return report;
}

}  // namespace downstage_test
