#pragma once

#include "downstage/core/assessment.hpp"
#include "downstage/core/lesion.hpp"
#include "downstage/core/measurement.hpp"
#include "downstage/core/notice.hpp"
#include "downstage/core/series.hpp"
#include "downstage/core/uid.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace downstage {

/// The series that was measured, and why it was this one.
struct ChosenSeries {
    SeriesUid uid;
    std::string modality, description;
    PhaseEstimate phase;
    GeometryPassport geometry;
    std::string chosen_because;
};

/// A series that was not measured, and why not.
struct OtherSeries {
    SeriesUid uid;
    std::string description;
    std::string not_chosen_because;
};

/// One finding with its measurements; `id` counts from 1 within its kind, largest first.
struct ReportedFinding {
    int id{};
    TrackingUid tracking_uid;
    Finding finding;
    LesionMeasurement measured;
    SopUid slice_sop_uid;  ///< the source image of the long axis
};

/// Where the result came from. Two runs on the same input carry the same provenance, byte for byte, unless
/// they were asked to be stamped (docs/decisions/0005-same-bytes.md).
struct Provenance {
    std::string software;                              ///< "downstage x.y.z"
    std::optional<std::string> started;                ///< ISO 8601, UTC; only when stamped
    std::optional<double> seconds;                     ///< only when stamped
    std::string input_sha256;                          ///< of the measured series
    std::map<std::string, std::string> configuration;  ///< the options that can move a number
};

/// All that measurements.json, the CSV and the report page say of one study.
struct StudyReport {
    std::string patient_id;
    StudyUid study_uid;
    std::string study_date, study_description;
    ChosenSeries series;
    std::vector<OtherSeries> others;
    std::string segmentation_method, segmentation_version;
    std::optional<std::string> segmentation_source;  ///< the mask file's name where somebody gave one
    std::optional<double> liver_volume_ml;           ///< empty when there is no liver mask
    bool liver_is_cut_off{};
    std::optional<double> liver_confidence;
    std::vector<ReportedFinding> lesions, possible, benign;
    std::vector<Verdict> eligibility;
    std::vector<Notice> warnings;
    Provenance provenance;
};

}  // namespace downstage
