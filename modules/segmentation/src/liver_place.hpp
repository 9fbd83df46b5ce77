#pragma once

#include "downstage/core/image.hpp"

#include "intensity.hpp"
#include "landmarks.hpp"

#include <variant>

namespace downstage::segmentation {

/// The part of an image where a liver may be, on the working grid, and what is known of it.
struct Place {
    Grid image;  ///< the working grid of the whole image
    Landmarks landmarks;
    Tissue tissue;
};

/// Finds it in a CT in LPS order (SEGMENTATION.md 2, 3), or says why there can be no liver.
[[nodiscard]] std::variant<Place, NoLiver> find_place(const Volume& upright, unsigned workers);

}  // namespace downstage::segmentation
