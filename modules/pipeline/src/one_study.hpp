#pragma once

#include "downstage/dicom/scan.hpp"
#include "downstage/pipeline/study.hpp"

#include <vector>

namespace downstage::pipeline {

/// The study to measure. Refuses several patients, several studies (unless `--series` tells which), and,
/// unless
/// `--allow-broken`, DICOM files that cannot be read: they might be slices of it.
[[nodiscard]] const Study& the_one_study(const dicom::Scan& scan, const MeasureOptions& options);

/// What of the scan a reader of the result has to know.
[[nodiscard]] std::vector<Notice> scan_warnings(const dicom::Scan& scan);

}  // namespace downstage::pipeline
