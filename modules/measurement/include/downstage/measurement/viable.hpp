#pragma once

#include "downstage/core/image.hpp"
#include "downstage/core/measurement.hpp"

#include <optional>

namespace downstage::measurement {

/// The part of a lesion that still enhances, and how sharply it is seen.
struct ViableSection {
    const Field& membership;  ///< crosses 0.5 at its border; on the grid of the arterial image
    double contrast_hu{};
    double noise_hu{};
};

/// The longest straight distance between two border points of one slice that stays inside: it bridges neither
/// necrosis nor two islands (mRECIST, RULES.md 3.3), but may cross specks of up to 2 mm in all. Its interval
/// holds the errors of pixel, noise and of where the border is drawn between the two densities; what readers
/// differ by beyond that is not in it (RULES.md 4.11). Empty where nothing is inside.
[[nodiscard]] std::optional<Diameter> viable_diameter(const ViableSection& section);

}  // namespace downstage::measurement
