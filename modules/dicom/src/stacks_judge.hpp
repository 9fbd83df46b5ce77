#pragma once

#include "stacks_plane.hpp"

#include <string>

namespace downstage::dicom {

/// Why no volume can be made of a group, in one sentence without its full stop; empty where one may.
[[nodiscard]] std::string why_unusable(const PlaneGroup& group);

}  // namespace downstage::dicom
