#pragma once

#include "lesions_choice.hpp"

#include <optional>
#include <vector>

namespace downstage::segmentation {

/// What the network calls tumour and no dark spot led to (LESION-TRAINING.md 7.3, 7.4, 8.2): parts of its
/// probability with a high peak, at least 8 mm across, that hold no fat and keep clear of `known`. Largest
/// first. Empty where the network was not asked.
[[nodiscard]] std::vector<Suspect> seen_by_network_alone(const std::vector<Suspect>& known,
                                                         const Hearing& hearing);

/// The longest diameter in a slice of what the network outlines at `region`, over its 0.4 contour
/// (LESION-TRAINING.md 7.5); nothing where it sees nothing there or was not asked.
[[nodiscard]] std::optional<double> diameter_by_network_mm(const Patch& region, const Hearing& hearing);

}  // namespace downstage::segmentation
