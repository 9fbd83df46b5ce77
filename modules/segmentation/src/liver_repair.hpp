#pragma once

#include "downstage/core/image.hpp"

#include "liver_scene.hpp"

namespace downstage::segmentation {

/// What of the network's liver is another organ. Pieces thicker than 7 mm that the liver found without
/// learned weights lacks are judged: above the diaphragm they are heart; where a third of them has the
/// liver's own density they are liver; with nearly half their shell on liver they are tumour; all else is
/// stomach, bowel or gallbladder (TRAINING.md 7), and so are thin strips far from any surface.
[[nodiscard]] Mask other_organs(const Mask& network, const Mask& own, const Scene& scene);

/// The network's liver without other organs and bright vessels, with the tumours at its surface, lipiodol and
/// calcifications, and without holes. Its outline stays the network's where nothing is mended.
[[nodiscard]] Mask repaired(const Mask& network, const Mask& own, const Scene& scene);

}  // namespace downstage::segmentation
