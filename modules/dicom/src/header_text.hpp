#pragma once

#include "dataset.hpp"

#include <string>

namespace downstage::dicom {

/// An attribute's text as UTF-8, whatever SpecificCharacterSet (0008,0005) it was written in; bytes that no
/// character set explains become '?'. Empty when absent.
[[nodiscard]] std::string readable(DcmItem& dataset, const DcmTagKey& tag);

}  // namespace downstage::dicom
