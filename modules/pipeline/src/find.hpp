#pragma once

#include "downstage/core/lesion.hpp"
#include "downstage/dicom/read.hpp"
#include "downstage/pipeline/study.hpp"

namespace downstage::pipeline {

/// The volume in which liver and lesions are looked for, and what is known of it.
struct Sight {
    const dicom::LoadedVolume& volume;
    const Networks& networks;
    Phase phase{Phase::unknown};
    const Volume* arterial = nullptr;  ///< the arterial pass, aligned, on the grid of the volume
};

/// Liver and lesions of a volume, by whichever way the options ask for: automatic, from clicks, or from a
/// mask that somebody made. Throws `Error{input}` when no liver is found and one is needed.
[[nodiscard]] Segmented find(const Sight& sight, const MeasureOptions& options);

/// Refuses a volume whose missing slices lie in the liver (in the lesions, where there is no liver mask),
/// naming both positions and the gap; with `allow_gaps` a notice takes the place of the refusal. Gaps
/// elsewhere are noted.
[[nodiscard]] std::vector<Notice>
check_gaps(const GeometryPassport& passport, const Segmented& found, bool allow_gaps);

}  // namespace downstage::pipeline
