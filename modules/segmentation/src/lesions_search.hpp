#pragma once

#include "lesions_choice.hpp"
#include "lesions_patch.hpp"

#include <optional>
#include <vector>

namespace downstage::segmentation {

/// A suspect as it will be listed.
struct Found {
    Patch drawn;  ///< its whole region, with soft rim and deposits, on the tissue's grid
    Features features;
    Evidence evidence;
    double darkness_hu{};  ///< of the liver over its inside; negative for a bright one
    bool holds_deposits{};
    std::optional<double> diameter_by_network_mm;  ///< beside its own, over the network's outline
};

/// Everything that may be a lesion, the most likely first: dark spots that the network does not rule out,
/// bright ones of an arterial scan, and what the network alone sees.
[[nodiscard]] std::vector<Found> lesions_in(const Hearing& hearing);

}  // namespace downstage::segmentation
