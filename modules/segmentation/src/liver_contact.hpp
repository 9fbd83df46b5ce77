#pragma once

#include "downstage/core/image.hpp"

#include "liver_scene.hpp"
#include "working_grid.hpp"

#include <cstdint>
#include <vector>

namespace downstage::segmentation {

/// What a piece of tissue borders on: shares of a shell of two voxels around it, of which what is left over
/// is other soft tissue, fat or gas.
struct Contact {
    double liver{};  ///< on liver
    double bound{};  ///< on what bounds a liver: wall, lung, the diaphragm, the place of other organs
};

/// The voxels of one label, in the box around them and their shell.
struct Piece {
    Box box;
    Mask mask;
};
[[nodiscard]] std::vector<Piece> pieces_of(const LabelMap& labels);

/// The radius of the largest ball that fits into a mask.
[[nodiscard]] double inscribed_radius_mm(const Mask& mask, unsigned workers);

/// The contact of `part`, which is `piece` or what is left of it: what was cut off it takes no part in the
/// shell, since a tumour is not to be refused for touching its own remnant (SEGMENTATION.md 17).
[[nodiscard]] Contact contact_of(const Mask& part, const Piece& piece, const Mask& liver, const Scene& scene);

/// Whether a piece of this inscribed radius is a tumour at the liver's surface by what it borders on
/// (SEGMENTATION.md 8.1): a metastasis between liver and front wall has 0.62 of its shell on liver and 0.23
/// on the wall, gallbladders 0.37 to 0.43 and no wall, duodenum, stomach and colon 0.25 to 0.35.
[[nodiscard]] bool belongs_by_contact(const Contact& contact, double radius_mm);

/// Whether the liver encloses a piece: more than 0.60 of its shell (SEGMENTATION.md 14).
[[nodiscard]] bool is_enclosed(const Contact& contact);

/// Sets the voxels of a piece in the mask of the whole.
void put_back(Mask& whole, const Mask& piece, const Box& box);

}  // namespace downstage::segmentation
