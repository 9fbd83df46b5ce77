#pragma once

#include "candidates.hpp"
#include "lesions_patch.hpp"
#include "parenchyma.hpp"

#include <optional>

namespace downstage::segmentation {

/// How far a region goes from the dark spot it starts from.
struct Reach {
    double contrast_fraction{};  ///< its rim is where the darkness falls to this part of its own
    double distance_mm{};        ///< nothing farther from the spot belongs to it
};

/// To find, describe and score (SEGMENTATION.md 9.4 and 12): half contrast does not creep along the rind.
inline constexpr Reach to_detect{.contrast_fraction = 0.5, .distance_mm = 3.0};
/// To label what was accepted: a soft rim belongs to the lesion, as readers draw it.
inline constexpr Reach to_label{.contrast_fraction = 0.4, .distance_mm = 4.0};

struct Region {
    Patch patch;
    double lev_hu{};     ///< how much darker its inside is than the liver around it
    double radius_mm{};  ///< of the largest ball in the spot it grew from
};

/// What belongs to the lesion that `candidate` is the heart of; nothing when it has no dark inside.
[[nodiscard]] std::optional<Region>
region_of(const Candidate& candidate, const Parenchyma& tissue, const Reach& reach);

}  // namespace downstage::segmentation
