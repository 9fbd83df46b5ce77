#pragma once

#include "click_view.hpp"
#include "lesions_patch.hpp"

#include <optional>

namespace downstage::segmentation {

/// What was found for one click or line.
struct ClickedLesion {
    Patch region;                ///< on the grid of the image
    double contrast_to_noise{};  ///< between inside and outside
    bool in_liver{};
    bool in_lung{};  ///< surrounded by air
};

/// The image that lesions are pointed at in, in LPS order, and its liver where one is known.
struct ClickScene {
    const Volume& ct;
    const std::optional<KnownLiver>& liver;
};

/// The lesion that holds `click`. It is looked at from its own middle, once that is known, so that every
/// click in it gives the same. Nothing where nothing stands out.
[[nodiscard]] std::optional<ClickedLesion> lesion_around(const ClickScene& scene, const PointLps& click);

}  // namespace downstage::segmentation
