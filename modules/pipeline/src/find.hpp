#pragma once

#include "downstage/core/lesion.hpp"
#include "downstage/dicom/read.hpp"
#include "downstage/pipeline/study.hpp"

namespace downstage::pipeline {

/// Liver and lesions of a volume, by whichever way the options ask for: automatic, from clicks, or from a
/// mask that somebody made. Throws `Error{input}` when no liver is found and one is needed.
[[nodiscard]] Segmented find(const dicom::LoadedVolume& volume, const MeasureOptions& options);

/// Refuses a volume whose missing slices lie in the liver (in the lesions, where there is no liver mask),
/// naming both positions and the gap; with `allow_gaps` a notice takes the place of the refusal. Gaps
/// elsewhere are noted.
[[nodiscard]] std::vector<Notice>
check_gaps(const GeometryPassport& passport, const Segmented& found, bool allow_gaps);

}  // namespace downstage::pipeline
