#pragma once

#include "downstage/core/image.hpp"
#include "downstage/core/series.hpp"

#include <string>

namespace downstage::segmentation {

/// What a quick look at a CT says, for choosing between series: a fraction of the cost of `find_liver`.
struct Survey {
    bool liver_in_view{};
    std::string why_not;       ///< when there is none
    double liver_extent_mm{};  ///< head-foot extent of the liver region that is in view
    Mask about_liver;          ///< on a coarse grid in LPS order, with what it encloses; empty without one
    PhaseEstimate phase;       ///< from aorta, kidney, spleen and veins against the liver, in HU
};

/// `phase_hint` is free text from the tags (series description, protocol, contrast agent); it moves the
/// confidence, never overrules clear pixels.
[[nodiscard]] Survey survey(const Volume& ct, const std::string& phase_hint, unsigned workers = 0);

}  // namespace downstage::segmentation
