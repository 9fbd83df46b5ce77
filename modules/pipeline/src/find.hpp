#pragma once

#include "downstage/core/lesion.hpp"
#include "downstage/dicom/read.hpp"
#include "downstage/imaging/align.hpp"
#include "downstage/pipeline/study.hpp"

#include <optional>
#include <vector>

namespace downstage::pipeline {

/// The volume in which liver and lesions are looked for, and what is known of it.
struct Sight {
    const dicom::LoadedVolume& volume;
    const Networks& networks;
    Phase phase{Phase::unknown};
    const Volume* arterial = nullptr;   ///< the arterial pass of the study, on its own grid
    const Mask* about_liver = nullptr;  ///< coarse, from the look at the series
};

/// What was found, and how it lies in the arterial pass, where there is one and a liver to align.
struct Found {
    Segmented segmented;
    std::optional<imaging::Alignment> in_arterial;
};

/// Liver and lesions of a volume, by whichever way the options ask for: automatic, from clicks, or from a
/// mask that somebody made. Throws `Error{input}` when no liver is found and one is needed.
[[nodiscard]] Found find(const Sight& sight, const MeasureOptions& options);

/// Refuses a volume whose missing slices lie in the liver (in the lesions, where there is no liver mask),
/// naming both positions and the gap; with `allow_gaps` a notice takes the place of the refusal. Gaps
/// elsewhere are noted.
[[nodiscard]] std::vector<Notice>
check_gaps(const GeometryPassport& passport, const Segmented& found, bool allow_gaps);

}  // namespace downstage::pipeline
