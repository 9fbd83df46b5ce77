#pragma once

#include "downstage/core/study_report.hpp"

namespace downstage_test {

/// A lesion whose numbers are all different, so that none can stand in another's place unseen.
inline downstage::ReportedFinding a_lesion(int id, double diameter_mm)
{
    using namespace downstage;
    return {
        .id = id,
        .tracking_uid = {"2.25.700" + std::to_string(id)},
        .finding = {.label = static_cast<std::uint16_t>(id),
                    .kind = FindingKind::lesion,
                    .confidence = 0.93,
                    .why_not_counted = ""},
        .measured = {.label = static_cast<std::uint16_t>(id),
                     .long_axis = {.length_mm = diameter_mm,
                                   .ci95_mm = {diameter_mm - 1.6, diameter_mm + 1.6},
                                   .ends = {{{10.0, 20.0, 30.0}, {10.0 + diameter_mm, 20.0, 30.0}}}},
                     .short_axis = {.length_mm = 0.75 * diameter_mm,
                                    .ci95_mm = {0.75 * diameter_mm - 1.5, 0.75 * diameter_mm + 1.5},
                                    .ends = {{{20.0, 10.0, 30.0}, {20.0, 10.0 + 0.75 * diameter_mm, 30.0}}}},
                     .slice_k = 4,
                     .max_3d = {.length_mm = diameter_mm + 2.5,
                                .ci95_mm = {diameter_mm + 0.5, diameter_mm + 4.5},
                                .ends = {{{10.0, 20.0, 28.0}, {10.0 + diameter_mm, 20.0, 38.0}}}},
                     .volume = {.ml = 11.8, .ci95_ml = {10.4, 13.3}},
                     .attenuation = {.mean_hu = 58.1, .sd_hu = 14.2},
                     .centroid = {25.0, 20.5, 31.5},
                     .distance_to_liver_surface_mm = 6.5,
                     .place = "right lobe, upper third",
                     .measurable = true,
                     .measurable_because = "at least 10 mm on slices of 2.5 mm",
                     .viable_diameter_mm = {},
                     .viable_reason = "no arterial phase",
                     .boundary_blur_mm = 0.9},
        .slice_sop_uid = {"1.2.840.99.4"}};
}

/// A study with two counted lesions, a possible one and a cyst; Milan hangs on what the images do not say.
inline downstage::StudyReport a_study_report()
{
    using namespace downstage;
    StudyReport report;
    report.patient_id = "PAT-0042";
    report.study_uid = {"1.2.840.99"};
    report.study_date = "2024-03-01";
    report.study_description = "CT abdomen";
    report.series = {.uid = {"1.2.840.99.3"},
                     .modality = "CT",
                     .description = "PV 2.5 B30f",
                     .phase = {Phase::portal_venous, 0.97, "aorta 150 HU, portal vein 170 HU, liver 110 HU"},
                     .geometry = {.verdict = GeometryVerdict::regular,
                                  .size = {512, 512, 120},
                                  .spacing_mm = {0.78125, 0.78125, 2.5},
                                  .spacing_source = "PixelSpacing; distance of ImagePositionPatient",
                                  .slice_thickness_mm = 2.5,
                                  .orientation = "axial, +i left, +j posterior, +k head",
                                  .missing = {},
                                  .notes = {}},
                     .chosen_because = "the thinnest portal venous series that shows the whole liver"};
    report.others = {
        {.uid = {"1.2.840.99.2"}, .description = "Scout", .not_chosen_because = "one slice: a localiser"}};
    report.segmentation_method = "weight-free";
    report.segmentation_version = "1";
    report.liver_volume_ml = 1540.2;
    report.liver_confidence = 0.9;
    report.lesions = {a_lesion(1, 26.9), a_lesion(2, 18.5)};
    report.possible = {a_lesion(1, 9.1)};
    report.possible[0].tracking_uid = {"2.25.8001"};
    report.possible[0].finding = {.label = 7,
                                  .kind = FindingKind::possible,
                                  .confidence = 0.35,
                                  .why_not_counted = "its edge is not clear of the noise"};
    report.benign = {a_lesion(1, 12.0)};
    report.benign[0].tracking_uid = {"2.25.9001"};
    report.benign[0].finding = {
        .label = 9, .kind = FindingKind::cyst, .confidence = 0.8, .why_not_counted = ""};
    report.eligibility = {{.criterion = "milan_strict",
                           .headline = true,
                           .status = VerdictStatus::indeterminate,
                           .probability = {},
                           .margin_mm = 3.1,
                           .contested = {},
                           .reasons = {"2 lesions, all under 30 mm: size and number are inside"},
                           .missing = {"macrovascular_invasion", "extrahepatic_disease"}},
                          {.criterion = "milan_acs",
                           .status = VerdictStatus::met,
                           .probability = 0.97,
                           .margin_mm = 3.1,
                           .contested = {},
                           .reasons = {"2 lesions, none above 30 mm"},
                           .missing = {}},
                          {.criterion = "milan",
                           .status = VerdictStatus::not_met,
                           .probability = 0.02,
                           .margin_mm = -4.2,
                           .contested = "readings differ at exactly 30 mm",
                           .reasons = {"a reason of its own"},
                           .missing = {}}};
    report.warnings = {{Severity::warning, "the liver leaves the picture at the top"},
                       {Severity::note, "two files were not DICOM"}};
    report.provenance = {.software = "downstage 0.1.0",
                         .started = {},
                         .seconds = {},
                         .input_sha256 = std::string(64, 'a'),
                         .configuration = {{"allow_gaps", "false"}, {"method", "weight-free"}}};
    return report;
}

}  // namespace downstage_test
