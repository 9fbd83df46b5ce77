#pragma once

#include "downstage/core/image.hpp"

#include <optional>

namespace downstage::segmentation {

/// How far a region may reach from its click: a lesion of 140 mm has one place to be clicked at.
inline constexpr double reach_limit_mm = 70.0;

/// The liver of an image, and the density that most of it has.
struct KnownLiver {
    Mask mask;
    double mean_hu{};
};

/// What is looked at for one click: the surroundings of the place, fine and a little smoothed.
struct ClickView {
    Field smoothed_hu;  ///< 140 mm around the click; its grid is that of the view
    Mask within;        ///< where the region may lie: at most 70 mm away, in the liver if the click is there
    Field reach_mm;     ///< distance from the click
    bool in_liver{};
    double noise_hu{};  ///< robust sd of `smoothed_hu` over distances shorter than anatomy
};

/// `ct` and `liver` are in LPS order; lesions in notches of the liver's surface count as
/// in it. Throws `Error{usage}` when `click` lies outside the image or the body.
[[nodiscard]] ClickView
view_around(const Volume& ct, const std::optional<KnownLiver>& liver, const PointLps& click);

}  // namespace downstage::segmentation
