#pragma once

#include "downstage/core/progress.hpp"
#include "downstage/core/study_report.hpp"
#include "downstage/pipeline/networks.hpp"
#include "downstage/segmentation/click.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace downstage::pipeline {

/// When a run began and how long it has lasted: only for those who ask for it, since it makes two runs differ
/// (docs/decisions/0005-same-bytes.md).
struct Stamp {
    std::string started;  ///< ISO 8601, UTC
    std::function<double()> seconds_so_far;
};

/// What `downstage measure` was asked to do.
struct MeasureOptions {
    std::filesystem::path study;  ///< a folder, a DICOMDIR, or a zip of either
    std::filesystem::path out;    ///< the folder the results go into
    std::optional<std::filesystem::path> segmentation;
    std::vector<PointLps> seeds;
    std::vector<segmentation::Line> lines;
    std::optional<SeriesUid> series;
    ModelChoice models;
    double least_diameter_mm = 6.0;  ///< smaller findings are not listed
    std::optional<std::filesystem::path> clinical;
    bool allow_gaps = false;    ///< measure in spite of missing slices in the liver
    bool allow_broken = false;  ///< measure in spite of DICOM files that cannot be read
    unsigned workers = 0;       ///< threads; 0 means one a processor
    std::optional<Stamp> stamp;
    std::string software;  ///< "downstage x.y.z"
    Progress progress;
};

struct StudyResult {
    StudyReport report;
    std::string measurements_json;  ///< the bytes of measurements.json
    bool complete{true};            ///< false when files had to be left out (exit status 4)
};

/// Measures one study and writes the documents of the contract into `options.out`, all or none. Throws
/// `Error`; then nothing has been left behind.
StudyResult measure_study(const MeasureOptions& options);

}  // namespace downstage::pipeline
