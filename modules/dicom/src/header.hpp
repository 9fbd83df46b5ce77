#pragma once

#include "dataset.hpp"
#include "header_walk.hpp"

#include <filesystem>
#include <memory>
#include <optional>

namespace downstage::dicom {

/// The elements of a DICOM file that stand before its pixels.
struct Header {
    HeaderLayout layout;
    std::unique_ptr<DcmDataset> dataset;
};

/// Reads a file up to its pixels, after its lengths were checked (`check_lengths`). Empty when it is not
/// DICOM. Throws `Error{input}` (without the file's name) when it is DICOM and broken.
[[nodiscard]] std::optional<Header> read_header(const std::filesystem::path& file);

}  // namespace downstage::dicom
