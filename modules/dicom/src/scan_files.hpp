#pragma once

#include "downstage/dicom/scan.hpp"

#include <filesystem>
#include <vector>

namespace downstage::dicom {

/// The files that an input stands for, and the places below it that could not be looked into.
struct InputFiles {
    std::vector<std::filesystem::path> files;  ///< sorted
    std::vector<BrokenFile> broken;
};

/// Every file below a folder; links are followed, but no folder is entered twice.
[[nodiscard]] InputFiles files_below(const std::filesystem::path& folder);

/// The files that a DICOMDIR refers to (PS3.3 F.3.2.2), or the file itself where it is none.
[[nodiscard]] InputFiles files_named_by(const std::filesystem::path& file);

/// True for a file that begins as a zip does, whatever its name.
[[nodiscard]] bool is_zip(const std::filesystem::path& file);

}  // namespace downstage::dicom
