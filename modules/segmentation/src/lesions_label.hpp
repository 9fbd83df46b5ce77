#pragma once

#include "downstage/core/image.hpp"
#include "downstage/core/notice.hpp"

#include "lesions_choice.hpp"
#include "parenchyma.hpp"

#include <vector>

namespace downstage::segmentation {

/// What is handed on of a suspect: its grown region, and whether it holds something brighter than liver ever
/// is.
struct LabelledRegion {
    Patch region;
    bool holds_deposits{};
};

/// The region to label: grown once with `to_label`, from the spot and, where the network was asked, from what
/// it sees beside that (LESION-TRAINING.md 8.5); with the lipiodol, clips and calcification (over 250 HU)
/// that touch it (SEGMENTATION.md 12, 14).
[[nodiscard]] LabelledRegion labelled_region(const Suspect& suspect, const Hearing& hearing);

/// `region` of the grid `from` as it lies on `to`, smoothly; nothing is set where it has no voxel of that
/// grid.
[[nodiscard]] Patch carried_over(const Patch& region, const Grid& from, const Grid& to);

/// Writes `region` into `labels` where no label is yet, and says how many voxels it got.
std::size_t draw(LabelMap& labels, std::uint16_t label, const Patch& region);

/// A liver holds its lesions, those in notches of its surface, too.
void include(Mask& liver, const LabelMap& lesions);

}  // namespace downstage::segmentation
