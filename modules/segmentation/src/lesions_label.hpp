#pragma once

#include "downstage/core/image.hpp"
#include "downstage/core/notice.hpp"

#include "lesions_choice.hpp"
#include "parenchyma.hpp"

#include <vector>

namespace downstage::segmentation {

/// What is handed on of a suspect: its grown region, and whether it holds something brighter than liver ever
/// is.
struct Outline {
    Patch region;
    bool holds_deposits{};
};

/// The region to label: grown once with `to_label`, and with the lipiodol, clips and calcification (over 250
/// HU) that touch it (SEGMENTATION.md 12, 14).
[[nodiscard]] Outline outline_of(const Suspect& suspect, const Parenchyma& tissue);

/// Writes `region`, which lies on `working` grid, into `labels` where `liver` is set and no label is yet; the
/// grids of `labels` and `liver` are the same. Says how many voxels it got.
std::size_t
draw(LabelMap& labels, const Mask& liver, std::uint16_t label, const Patch& region, const Grid& working);

}  // namespace downstage::segmentation
