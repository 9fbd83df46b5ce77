#pragma once

#include "downstage/core/image.hpp"
#include "downstage/core/notice.hpp"

#include "landmarks.hpp"

#include <optional>

namespace downstage::segmentation {

/// One sentence on two livers that differ: how well they agree, and where the largest piece lies that one of
/// them lacks. Empty where they agree as good cases do (0.93 and more).
[[nodiscard]] std::optional<Notice>
disagreement(const Mask& network, const Mask& own, const Spine& spine, unsigned workers);

/// 0..1: how far a liver is to be believed that two ways agree on to this Dice: all of it from 0.95 on, which
/// is what both reach against a reader, half of it at 0.70.
[[nodiscard]] double certainty_of(double agreement);

}  // namespace downstage::segmentation
