#pragma once

#include "downstage/core/lesion.hpp"
#include "downstage/imaging/align.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace downstage::segmentation {

/// The arterial pass of a study whose liver and lesions were found in another one.
struct ArterialPass {
    const Volume& arterial;
    const Volume& found_in;               ///< the image of `found`
    const Segmented& found;               ///< with a liver
    const imaging::Alignment& alignment;  ///< from `found_in` to `arterial`
};

/// The enhancing part of one lesion, on a part of the arterial image's own grid: nothing is measured on an
/// image that was moved.
struct ViablePart {
    std::uint16_t label{};
    enum class Outcome {
        enhancing,
        none_left,    ///< it holds necrosis or lipiodol, and nothing of it enhances: 0 mm (RULES.md 3.4, 6.6)
        hypovascular  ///< nothing of it enhances, and nothing says that it ever did: mRECIST does not apply
    } outcome{Outcome::hypovascular};
    Field membership;      ///< crosses 0.5 at the border of the enhancing part; empty where there is none
    double contrast_hu{};  ///< between the enhancing part and the liver around the lesion
    double noise_hu{};     ///< sd of the smoothed image in that liver
    std::string why;       ///< one sentence where nothing enhances
};

/// For every finding, in their order: what is brighter in the arterial phase than the liver 3 to 15 mm around
/// the lesion by more than the noise explains (twice its sd, at least 10 HU), without deposits of lipiodol
/// (over 250 HU in both images). Islands under 30 mm3 are noise. RULES.md 3.1-3.3.
[[nodiscard]] std::vector<ViablePart> viable_parts(const ArterialPass& pass, unsigned workers = 0);

}  // namespace downstage::segmentation
