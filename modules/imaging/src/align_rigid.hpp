#pragma once

#include "downstage/imaging/align.hpp"

#include <vector>

namespace downstage::imaging {

/// A place, where it is found again, and how much that is to be believed.
struct Pairing {
    PointLps from, to;
    double weight{};
};

[[nodiscard]] PointLps apply(const RigidMotion& motion, const PointLps& place);
[[nodiscard]] PointLps undo(const RigidMotion& motion, const PointLps& place);

/// The rigid motion with the least weighted squared distance of the 60 % of pairings that fit it best (least
/// trimmed squares). Closed form by unit quaternions (Horn, J Opt Soc Am A 4, 1987). At least three pairings.
[[nodiscard]] RigidMotion fitted_to(const std::vector<Pairing>& pairings, const RigidMotion& first);

}  // namespace downstage::imaging
