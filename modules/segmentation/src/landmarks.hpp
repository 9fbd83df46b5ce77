#pragma once

#include "downstage/core/image.hpp"
#include "downstage/segmentation/liver.hpp"

#include "landmarks_body.hpp"
#include "landmarks_spine.hpp"
#include "working_grid.hpp"

#include <cstdint>
#include <variant>

namespace downstage::segmentation {

/// Slices from `bottom_k` to `top_k`, both included, k growing to the head.
struct SliceRange {
    std::int32_t bottom_k{}, top_k{};
};

/// What is known of a patient before any organ has been looked for: the place where a liver may be.
/// All masks are on the working grid (working_grid.hpp).
struct Landmarks {
    Mask body;  ///< without arms and table, holes filled
    Mask bone;
    Lungs lungs;
    double lung_under_dome_mm{};  ///< see `deepest_under_dome_mm`; 0 where no lung is in view
    Spine spine;
    Mask below_diaphragm;  ///< everything where no lung is in view
    Mask inside_wall;      ///< inside ribs and the muscle of the trunk
    Mask never_liver;      ///< spleen, left kidney, aorta, vertebrae and what lies far left, by place alone
    SliceRange search;     ///< from the right dome of the diaphragm 260 mm down
};

/// Finds them in a CT on the working grid (SEGMENTATION.md 3), or says why there can be no liver.
[[nodiscard]] std::variant<Landmarks, NoLiver> find_landmarks(const Volume& ct, unsigned workers);

/// The same landmarks in a part of their grid.
[[nodiscard]] Landmarks cropped(const Landmarks& landmarks, const Box& box);

/// The place of spleen, left kidney, aorta, crus and vertebrae, and all that lies far left, relative to the
/// spine (SEGMENTATION.md 3.7).
[[nodiscard]] Mask never_liver(const Spine& spine, const Grid& grid, unsigned workers);

}  // namespace downstage::segmentation
