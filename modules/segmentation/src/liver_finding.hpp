#pragma once

#include "downstage/core/image.hpp"
#include "downstage/segmentation/liver.hpp"

#include "intensity.hpp"
#include "liver_network.hpp"
#include "liver_place.hpp"
#include "liver_shape.hpp"
#include "self_check.hpp"

#include <optional>
#include <variant>

namespace downstage::segmentation {

/// A liver on the working grid, and how far it is to be believed.
struct Finding {
    Outline outline;
    Intensity intensity;
    SelfCheck check;
    double certainty{};  ///< 0..1, before the doubts of its check
};

/// The liver without learned weights (SEGMENTATION.md 4-8, 10). Its certainty is how much of it stays when
/// its density is read 20 % narrower and wider.
[[nodiscard]] std::variant<Finding, NoLiver> find_by_density(const Place& place, unsigned workers);

/// The network's liver, repaired by the landmarks. `own` is the one without learned weights: what both find
/// is liver, what one of them finds is judged (liver_repair.hpp). Its certainty is how well both agree. Where
/// there is no `own`, the network must pass its check with at most one doubt.
[[nodiscard]] std::variant<Finding, NoLiver>
find_by_network(const NetworkLiver& network, const Place& place, const Finding* own, unsigned workers);

/// The network's liver on the working grid.
[[nodiscard]] Mask on_working_grid(const NetworkLiver& network, const Grid& grid, unsigned workers);

}  // namespace downstage::segmentation
