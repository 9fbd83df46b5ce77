#pragma once

#include "downstage/core/notice.hpp"
#include "downstage/core/progress.hpp"
#include "downstage/core/series.hpp"
#include "downstage/dicom/unpacked.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace downstage::dicom {

struct ScanOptions {
    unsigned workers = 0;  ///< threads that read headers; 0 means one a processor
    Progress progress;
};

/// A DICOM file that cannot be used, and the reason in one sentence.
struct BrokenFile {
    std::filesystem::path file;
    std::string why;
};

/// What a folder, DICOMDIR or zip holds.
struct Scan {
    std::vector<Study> studies;      ///< by date, then UID
    std::vector<BrokenFile> broken;  ///< by path
    std::vector<Notice> notices;
    std::size_t files{}, not_dicom{};
    std::optional<UnpackedFolder> unpacked;  ///< keeps the files of a zip for as long as the scan lives
};

/// Reads every header below `input` (a folder, a DICOMDIR, or a zip of either; file names mean nothing) in
/// one parallel pass that stops before the pixels, and sorts the images into studies, series and stacks.
/// Throws `Error{input}` when there is nothing there that is DICOM, or the place cannot be read.
[[nodiscard]] Scan scan(const std::filesystem::path& input, const ScanOptions& options = {});

}  // namespace downstage::dicom
