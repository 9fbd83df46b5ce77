#pragma once

#include "downstage/core/progress.hpp"
#include "downstage/core/study_report.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace downstage::pipeline {

/// What `downstage measure` was asked to do.
struct MeasureOptions {
    std::filesystem::path study;  ///< a folder, a DICOMDIR, or a zip of either
    std::filesystem::path out;    ///< the folder the results go into
    std::optional<std::filesystem::path> segmentation;
    std::vector<PointLps> seeds;
    std::optional<SeriesUid> series;
    std::optional<std::filesystem::path> clinical;
    bool allow_gaps = false;
    unsigned workers = 0;
    std::optional<std::string> started;  ///< ISO 8601 UTC, to stamp the provenance with; empty leaves it unstamped
    std::string software;                ///< "downstage x.y.z"
    Progress progress;
};

/// Measures one study and writes the documents of the contract into `options.out`, all or none. Returns what it wrote.
/// Throws `Error`; then nothing has been left behind.
StudyReport measure_study(const MeasureOptions& options);

}  // namespace downstage::pipeline
