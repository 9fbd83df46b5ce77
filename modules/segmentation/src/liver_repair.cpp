#include "liver_repair.hpp"

#include "downstage/imaging/components.hpp"
#include "downstage/imaging/morphology.hpp"

#include "liver_bright.hpp"
#include "liver_contact.hpp"
#include "liver_tumours.hpp"
#include "working_grid.hpp"

#include <cmath>
#include <cstddef>

namespace downstage::segmentation {

namespace {

// Thinner differences are two opinions on the same surface.
constexpr double thick_mm = 3.5;   // SEGMENTATION.md 8.1: what opens a tumour's room
constexpr double regrow_mm = 6.0;  // gives a piece the rind back that the opening took
constexpr double neck_depth_mm = 2.0;
constexpr double same_spreads = 2.4;  // SEGMENTATION.md 5.1: the window of the core
// A tip of the liver that holds a tumour has 0.43 of its voxels there, stomach and colon 0.02 to 0.12.
constexpr double least_like_share = 0.33;
constexpr double heart_share = 0.5;
// With the network's word for it less contact will do than without: gallbladders have 0.43 at most, bowel
// 0.35 (SEGMENTATION.md 8.1).
constexpr double least_contact = 0.45;
constexpr double surface_mm = 7.0;  // as far as two opinions on one surface lie apart

/// What is asked of a piece.
struct PieceFacts {
    double like_share{};   ///< of the liver's density there
    double above_share{};  ///< above the diaphragm
};

PieceFacts facts_of(const Piece& piece, const Scene& scene)
{
    const double window_hu = same_spreads * scene.intensity.spread_hu;
    std::size_t like = 0;
    std::size_t above = 0;
    for_each_set(piece.mask, [&](const Index& at, std::size_t) {
        const Index whole{piece.box.first.i + at.i, piece.box.first.j + at.j, piece.box.first.k + at.k};
        if (std::abs(scene.tissue.smooth[whole] - static_cast<double>(scene.mean_hu[whole])) < window_hu)
            ++like;
        if (scene.landmarks.below_diaphragm[whole] == 0) ++above;
    });
    const auto all = static_cast<double>(imaging::count(piece.mask));
    return {.like_share = static_cast<double>(like) / all, .above_share = static_cast<double>(above) / all};
}

bool is_liver(const Piece& piece, const Mask& known, const Scene& scene)
{
    const PieceFacts facts = facts_of(piece, scene);
    if (facts.above_share > heart_share) return false;
    if (facts.like_share > least_like_share) return true;
    return contact_of(piece.mask, piece, known, scene).liver > least_contact;
}

/// The thick pieces of a difference, each with its rind.
LabelMap thick_pieces(const Mask& difference, unsigned workers)
{
    const Mask thick = imaging::open(difference, thick_mm, workers);
    return imaging::split_at_necks(
        imaging::grow_within(thick, difference, regrow_mm), neck_depth_mm, workers);
}

}  // namespace

Mask other_organs(const Mask& network, const Mask& own, const Scene& scene)
{
    const Mask extra = imaging::without(network, own);
    Mask known = imaging::without(network, extra);
    Mask others{network.grid()};
    Mask judged{network.grid()};
    for (const Piece& piece : pieces_of(thick_pieces(extra, scene.workers)))
        put_back(is_liver(piece, known, scene) ? judged : others, piece.mask, piece.box);
    known = imaging::either(known, judged);
    const Mask stray = imaging::without(extra, imaging::dilate(known, surface_mm, scene.workers));
    return imaging::either(others, stray);
}

Mask repaired(const Mask& network, const Mask& own, const Scene& scene)
{
    Mask liver = imaging::without(network, other_organs(network, own, scene));
    liver = imaging::without(liver, scene.bright);
    liver = imaging::largest_component(liver);
    liver = imaging::either(liver, surface_tumours(liver, scene));
    liver = imaging::either(liver, bright_inside(liver, scene));
    return imaging::fill_holes(liver);
}

}  // namespace downstage::segmentation
