#pragma once

#include "downstage/core/lesion.hpp"

#include <cstdint>

namespace downstage::report {

/// Which densities a picture shows between black and white.
struct Window {
    double centre_hu{}, width_hu{};
    friend bool operator==(const Window&, const Window&) = default;
};

/// A window of 260 HU around the mean of the liver without its lesions, so that liver is mid-grey in every
/// phase and a lesion 20 HU away from it can be seen. Without a liver: the customary abdominal window,
/// 60/350.
[[nodiscard]] Window window_for(const Volume& image, const Segmented& found);

/// 0 (black) to 255 (white), linear (DICOM PS3.3 C.11.2.1.3.2).
[[nodiscard]] std::uint8_t grey(const Window& window, double hu);

}  // namespace downstage::report
