#pragma once

#include "downstage/core/image.hpp"

namespace downstage::imaging {

/// Recursive Gaussian; `sigma_mm` per axis, 0 leaves that axis alone.
[[nodiscard]] Field gaussian(const Field& image, const SpacingMm& sigma_mm);
[[nodiscard]] Field gaussian(const Volume& image, const SpacingMm& sigma_mm);

/// Median of the 3x3x3 neighbourhood.
[[nodiscard]] Volume median3(const Volume& image, unsigned workers = 0);

}  // namespace downstage::imaging
