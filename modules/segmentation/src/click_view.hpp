#pragma once

#include "downstage/core/image.hpp"

#include <optional>
#include <string>

namespace downstage::segmentation {

/// How far a region may reach from its click: a lesion of 140 mm has one place to be clicked at.
inline constexpr double reach_limit_mm = 70.0;

/// What densities tell a lesion there from what is around it.
enum class Range {
    soft_tissue,  ///< gas counts as fat: it must not smear over the lesion beside it
    with_air,     ///< all of them, as around a nodule of the lung
};

/// How closely the surroundings of a place are looked at.
struct Lens {
    double reach_mm{reach_limit_mm};  ///< nothing farther away is seen
    double voxel_mm{2.0};             ///< or the native spacing, where that is coarser
    Range range{Range::soft_tissue};
};

/// To see how far a lesion reaches, whatever its size.
inline constexpr Lens wide_lens{};

/// The liver of an image, and the density that most of it has.
struct KnownLiver {
    Mask mask;
    double mean_hu{};
};

/// What is looked at for one click: the surroundings of the place, fine and a little smoothed.
struct ClickView {
    Field smoothed_hu;  ///< its grid is that of the view
    Mask within;     ///< where the region may lie: as far as the lens reaches, in the liver if the click is
                     ///< there, in the lung and its nodules if it is there
    Field reach_mm;  ///< distance from the click
    double limit_mm{};  ///< the reach of the lens
    bool in_liver{};
    double noise_hu{};  ///< robust sd of `smoothed_hu` over distances shorter than anatomy
};

/// Throws `Error{usage}` when `place` lies outside the image or the body; `option` is what named it.
void check_inside_body(const Volume& ct, const PointLps& place, const std::string& option);

/// `ct` and `liver` are in LPS order; lesions in notches of the liver's surface count as in it, nodules on
/// the wall of the lung as in the lung. `click` lies in the image.
[[nodiscard]] ClickView view_around(const Volume& ct,
                                    const std::optional<KnownLiver>& liver,
                                    const PointLps& click,
                                    const Lens& lens);

}  // namespace downstage::segmentation
