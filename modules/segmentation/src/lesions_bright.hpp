#pragma once

#include "lesions_search.hpp"

#include <vector>

namespace downstage::segmentation {

/// `dark` with the lesions that are brighter than the liver in `hearing.arterial` (SEGMENTATION.md 14). A
/// bright part that touches a dark one is one lesion with it: a rim and its core. Vessels are left out: what
/// is long, what is as bright as the large vessels, and what lies within 5 mm of one. The network was not
/// taught bright lesions and is not asked.
[[nodiscard]] std::vector<Found> united_with_bright(std::vector<Found> dark, const Hearing& hearing);

/// The liver as its negative: what was brighter than the liver around it is darker by as much.
[[nodiscard]] Parenchyma negative_of(Parenchyma tissue);

/// Large vessels and organs around the liver that are far brighter, wide enough to stand an opening by 5 mm
/// (SEGMENTATION.md 6). `negative` as `negative_of` makes it.
[[nodiscard]] Mask bright_trunks(const Parenchyma& negative, unsigned workers);

}  // namespace downstage::segmentation
