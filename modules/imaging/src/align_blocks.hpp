#pragma once

#include "downstage/core/image.hpp"

#include "align_rigid.hpp"

#include <array>
#include <functional>
#include <vector>

namespace downstage::imaging {

/// Where a place of the fixed image is now thought to lie in the moving one.
using Mapping = std::function<PointLps(const PointLps&)>;

/// What is compared: both images coarse, clamped to soft tissue, and which voxels of the fixed one take part.
struct Pair {
    Field fixed, moving;
    Mask taking_part;               ///< on the grid of `fixed`
    std::vector<PointLps> centres;  ///< of blocks
};

/// How far around the place it is thought at a block is searched for.
struct Search {
    double reach_mm{}, step_mm{};
};

/// A block and where it fits best.
struct Match {
    PointLps centre;       ///< in the fixed image
    PointLps thought_at;   ///< in the moving one, by the mapping
    VectorLps further_mm;  ///< to where it fits best
    double likeness{};     ///< correlation there
    VectorLps sureness;    ///< along each axis, 0..1: a plain border says nothing of a motion along itself
    bool structured{};     ///< holds more than noise
};

/// Every block's best place: where its correlation is highest, finer than the step by a parabola along each
/// axis. Blocks with too few voxels that take part are left out.
[[nodiscard]] std::vector<Match>
match_blocks(const Pair& pair, const Mapping& mapping, const Search& search, unsigned workers);

/// What one block says of a small further motion d: that tensor x d should be `pull` (the normal equations of
/// least squares on the block's grey values, brought to mean 0 and sd 1 in both images; Lucas & Kanade, IJCAI
/// 1981). A plain border says nothing along itself, and the tensor knows.
struct Pull {
    PointLps centre;
    std::array<VectorLps, 3> tensor;  ///< rows, per mm2
    VectorLps pull;                   ///< per mm
    double likeness{};
};

/// One for every block of which enough takes part.
[[nodiscard]] std::vector<Pull> pulls_on_blocks(const Pair& pair, const Mapping& mapping, unsigned workers);

/// The correlation of both images over all voxels that take part.
[[nodiscard]] double likeness(const Pair& pair, const Mapping& mapping);

/// The fixed image in the tones of the moving one: every density becomes the mean of what the moving image
/// has where it lies (as the correlation ratio does; Roche et al., MICCAI 1998). So vessels that one contrast
/// phase shows and another hardly does pull no border about.
[[nodiscard]] Field toned(const Pair& pair, const Mapping& mapping);

/// The shift, on a lattice of 6 mm up to 36 mm each way, that makes the images most alike.
[[nodiscard]] VectorLps best_shift(const Pair& pair, unsigned workers);

/// Linear between voxels, the nearest voxel beyond the edge.
[[nodiscard]] float sample(const Field& image, const PointLps& place);

}  // namespace downstage::imaging
