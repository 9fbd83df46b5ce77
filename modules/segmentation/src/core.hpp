#pragma once

#include "downstage/core/image.hpp"

#include "intensity.hpp"
#include "landmarks.hpp"

#include <optional>

namespace downstage::segmentation {

struct TrunkCutOptions {
    double erode_mm{};
    double regrow_mm{};
};

/// Cuts off what hangs on the liver by a neck: erodes, keeps the largest piece on the patient's right, grows
/// it back inside the mask (SEGMENTATION.md 5.2). Spleen and stomach lie left and lose. Empty when nothing is
/// as thick.
[[nodiscard]] Mask
trunk_cut(const Mask& mask, const Spine& spine, const TrunkCutOptions& options, unsigned workers);

/// The certain part of the liver, and its density from place to place.
struct Core {
    Mask mask;
    Field mean_hu;  ///< the slowly varying mean: the `F` of SEGMENTATION.md
};

/// Finds both in rounds, each from the mean of the one before, until the core stays as it is (SEGMENTATION.md
/// 5). Empty when less than 100 ml agree.
[[nodiscard]] std::optional<Core>
find_core(const Tissue& tissue, const Landmarks& landmarks, const Intensity& intensity, unsigned workers);

/// The mean of `smooth` over `mask` around every voxel, Gaussian with sigma 22 mm, drawn to `mean_hu` where
/// the mask is far (SEGMENTATION.md 5.4).
[[nodiscard]] Field drifting_mean(const Volume& smooth, const Mask& mask, double mean_hu, unsigned workers);

/// Enhanced kidney, caval vein and portal trunk: too bright for liver and thicker than its veins
/// (SEGMENTATION.md 6).
[[nodiscard]] Mask
bright_neighbours(const Tissue& tissue, const Field& mean_hu, double spread_hu, unsigned workers);

}  // namespace downstage::segmentation
