#pragma once

#include "downstage/core/image.hpp"

#include <array>
#include <optional>
#include <string>

/// Where a place of one image lies in another image of the same patient. It only says where to look: nothing
/// is ever measured on an image that was moved.
namespace downstage::imaging {

/// A turn about a centre, then a shift.
struct RigidMotion {
    std::array<VectorLps, 3> rows{{{1.0, 0.0, 0.0}, {0.0, 1.0, 0.0}, {0.0, 0.0, 1.0}}};  ///< of the rotation
    PointLps centre;
    VectorLps shift_mm;
    friend bool operator==(const RigidMotion&, const RigidMotion&) = default;
};

/// How far to believe it.
struct AlignmentQuality {
    double likeness_before{};       ///< correlation of the two images around the mask, -1..1, not moved
    double likeness_rigid{};        ///< after the rigid motion
    double likeness_after{};        ///< after both
    double block_likeness{};        ///< median correlation of structured blocks at their best places
    double disagreement_mm{};       ///< median distance between where blocks fit best and where they are put
    std::optional<double> overlap;  ///< Dice of the two masks, where both were given
    bool good{};
    std::string why;  ///< what makes it good or poor, in words
};

/// From places of the fixed image to those of the moving one: `moved`.
struct Alignment {
    RigidMotion rigid;
    Image<VectorLps> bend_mm;  ///< added after `rigid`; on a coarse grid of the fixed image, 0 outside it
    AlignmentQuality quality;
};

struct AlignInput {
    const Volume& fixed;
    const Volume& moving;
    const Mask& where;                   ///< on the grid of `fixed`: the organ that matters
    const Mask* ignored = nullptr;       ///< on the same grid: what must not drive it, such as tumours
    const Mask* moving_where = nullptr;  ///< the organ in `moving`, for the overlap alone
};

/// Aligns two CT images around an organ: first the shift that makes them most alike (up to 36 mm along each
/// axis, breathing), then a rigid motion fitted robustly to where many small blocks are found again (block
/// matching with least trimmed squares; Ourselin et al., MICCAI 2000), then a smooth bend from the blocks
/// that still disagree. Blocks are compared by correlation, so other contrast phases are taken as well. The
/// same bytes for any number of workers. Both images may have any grid; an empty mask gives a poor alignment
/// that moves nothing.
[[nodiscard]] Alignment align(const AlignInput& input, unsigned workers = 0);

/// Where `fixed` lies in the moving image.
[[nodiscard]] PointLps moved(const Alignment& alignment, const PointLps& fixed);

/// Where a place of the moving image lies in the fixed one, to 0.05 mm where the bend is smooth.
[[nodiscard]] PointLps moved_back(const Alignment& alignment, const PointLps& moving);

/// The moving image on the grid of the fixed one, for looking and finding: never for measuring. `outside`
/// where it does not reach.
[[nodiscard]] Volume brought_to(const Grid& fixed,
                                const Volume& moving,
                                const Alignment& alignment,
                                std::int16_t outside,
                                unsigned workers = 0);

/// A mask of the fixed image on the moving one's own grid.
[[nodiscard]] Mask
carried_to(const Grid& moving, const Mask& fixed, const Alignment& alignment, unsigned workers = 0);

}  // namespace downstage::imaging
