#pragma once

#include "downstage/core/image.hpp"

#include <optional>

namespace downstage::segmentation {

/// What a network says of the liver, in the box around it.
struct NetworkLiver {
    Field probability;      ///< evened out from slice to slice
    Mask mask;              ///< the parts of it that are one liver, closed
    double threshold{};     ///< of the probability
    double unsure_share{};  ///< of the mask, where the probability is below 0.8
};

/// Makes one liver of the probability of each pixel (TRAINING.md 5.5, 5.6): evened out from slice to slice;
/// the thickest connected core and others that hang together with it, grown back; closed and without holes.
/// Empty when nothing reaches the threshold.
[[nodiscard]] std::optional<NetworkLiver>
one_liver(const Field& probability, double threshold, unsigned workers);

}  // namespace downstage::segmentation
