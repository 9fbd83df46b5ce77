#pragma once

#include "downstage/core/uid.hpp"

#include <string>
#include <string_view>

namespace downstage::dicom {

/// A UID under 2.25 (ISO/IEC 9834-8, DICOM PS3.5 B.2) made from the SHA-256 of `name`: the same name gives
/// the same UID.
[[nodiscard]] std::string uid_from_name(std::string_view name);

}  // namespace downstage::dicom
