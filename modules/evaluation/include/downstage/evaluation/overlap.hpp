#pragma once

#include "downstage/core/image.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace downstage::evaluation {

/// 2 |a and b| / (|a| + |b|); empty when both masks are. Both must lie on one grid, else
/// `Error{internal}`.
[[nodiscard]] std::optional<double> dice(const Mask& a, const Mask& b);

/// How much of one true lesion one finding covers, in voxels. Only pairs that share a voxel are listed.
struct SharedVoxels {
    std::uint16_t truth{}, found{};
    std::size_t voxels{};
};

/// Every pair of a true lesion and a finding, with the size of each label: one pass over both maps.
struct OverlapTable {
    std::vector<std::size_t> truth_voxels, found_voxels;  ///< by label; [0] is not used
    std::vector<SharedVoxels> shared;                     ///< by truth, then by found

    /// Dice of one pair.
    [[nodiscard]] double dice(const SharedVoxels& pair) const;
    /// The share of true lesion `truth` that any finding covers.
    [[nodiscard]] double covered(std::uint16_t truth) const;
    /// The share of finding `found` that lies in any true lesion.
    [[nodiscard]] double justified(std::uint16_t found) const;
    /// The finding that shares most with true lesion `truth`.
    [[nodiscard]] std::optional<SharedVoxels> best_for(std::uint16_t truth) const;
};
[[nodiscard]] OverlapTable overlap_of(const LabelMap& truth, const LabelMap& found);

/// A true lesion counts as found when findings cover this share of it, and a finding as justified when this
/// share of it lies in true lesions (LESION-TRAINING.md, head).
inline constexpr double found_from = 0.3;

}  // namespace downstage::evaluation
