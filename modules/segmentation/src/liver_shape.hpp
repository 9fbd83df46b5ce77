#pragma once

#include "downstage/core/image.hpp"

#include "core.hpp"
#include "intensity.hpp"
#include "landmarks.hpp"
#include "liver_scene.hpp"

#include <optional>

namespace downstage::segmentation {

/// A liver on the working grid and what it grew from.
struct Outline {
    Core core;
    Mask bright;  ///< enhanced neighbours that are not liver
    Mask liver;
};

/// The trunk of the liver without learned weights, its tumours at the surface still outside: sections 5 to 7
/// of SEGMENTATION.md in their order, for one reading of the liver's density. Empty when no core of 100 ml is
/// found.
[[nodiscard]] std::optional<Outline>
find_outline(const Tissue& tissue, const Landmarks& landmarks, const Intensity& intensity, unsigned workers);

/// From the core to the trunk of the liver without an optimiser (SEGMENTATION.md 7a, 7c): cuts off once more
/// what hangs on by a neck, closes notches up to 10 mm wide where liver may be, and fills holes.
[[nodiscard]] Mask shape_of(
    const Core& core, const Mask& bright, const Tissue& tissue, const Landmarks& landmarks, unsigned workers);

/// From the trunk of the liver to the whole of it (SEGMENTATION.md 8, 14): tumours at its surface, what is
/// bright and belongs to it, bays, no islands in heart and vessels, and the rim that partial volume hides.
[[nodiscard]] Mask completed(const Mask& trunk, const Scene& scene);

}  // namespace downstage::segmentation
