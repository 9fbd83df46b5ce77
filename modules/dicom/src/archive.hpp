#pragma once

#include "downstage/dicom/unpacked.hpp"

#include <filesystem>

namespace downstage::dicom {

/// Unpacks the zip into `folder`, which must be there, with its folders and names. Throws `Error` (without
/// the zip's name) for what `unpack` refuses; what was unpacked until then stays for the caller to remove.
void unpack_into(const std::filesystem::path& folder,
                 const std::filesystem::path& zip,
                 const UnpackLimits& limits);

}  // namespace downstage::dicom
