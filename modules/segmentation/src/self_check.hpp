#pragma once

#include "downstage/core/notice.hpp"

#include "intensity.hpp"
#include "landmarks.hpp"
#include "liver_shape.hpp"

#include <optional>
#include <string>
#include <vector>

namespace downstage::segmentation {

/// The figures by which a liver is believed or not (SEGMENTATION.md 10).
struct LiverFigures {
    double density_hu{};  ///< median of its core
    double volume_ml{};
    double right_share{};    ///< of its voxels, right of the spine's midline
    double core_share{};     ///< core volume / liver volume: the rest was added by rules
    double noise_ratio{};    ///< spread around the drifting mean, in the liver / in the core
    double at_lung_share{};  ///< of its surface, within reach of lung (9.5 mm)
    double at_wall_share{};  ///< of its surface, on the wall of the trunk
    double left_ratio{};     ///< solid tissue under the diaphragm: left of the midline / right of it
    double cut_area_cm2{};   ///< in the first or last slice, the larger one
    double thickness_mm{};   ///< radius of the largest ball that fits in
    double lung_under_dome_mm{};
    bool lung_in_view{};
    double
        largest_jump{};  ///< change of its area over 5 mm, in parts of the larger one, tip and dome left out
    double unsure_share{};  ///< of the network's liver, where it is not sure; 0 without one
};

/// Outline, tissue and landmarks are on a part of the grid `image`.
[[nodiscard]] LiverFigures figures_of(const Outline& outline,
                                      const Tissue& tissue,
                                      const Landmarks& landmarks,
                                      const Grid& image,
                                      unsigned workers);

/// What follows from the figures.
struct SelfCheck {
    std::optional<std::string> no_liver;  ///< a reason not to call it a liver at all
    bool cut_off{};
    int doubts{};                 ///< how many figures are out of the range of good cases
    std::vector<Notice> notices;  ///< one for each of them, and one where the liver is cut off
};
[[nodiscard]] SelfCheck self_check(const LiverFigures& figures);

/// How well two masks agree: twice the common volume over the sum of both.
[[nodiscard]] double dice(const Mask& a, const Mask& b);

/// 0..1: how much of the mask stays the same when the width of the density is read 20 % narrower or wider,
/// and less for every doubt.
[[nodiscard]] double confidence_in(double stability, int doubts);

}  // namespace downstage::segmentation
