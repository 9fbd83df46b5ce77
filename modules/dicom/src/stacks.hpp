#pragma once

#include "downstage/core/series.hpp"

#include "header_facts.hpp"

#include <vector>

namespace downstage::dicom {

/// Sorts planes into studies, series and stacks. Planes of one series share a stack when frame of reference,
/// matrix, pixel spacing, orientation, the first three values of ImageType and StackID agree; where positions
/// then still repeat, the stack is split further (stacks_split.hpp). Every stack that can be no volume says
/// why. The result depends on the planes alone, not on their order.
[[nodiscard]] std::vector<Study> studies_of(std::vector<ImageFacts> images);

}  // namespace downstage::dicom
