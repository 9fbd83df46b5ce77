#include "liver_bright.hpp"

#include "downstage/imaging/components.hpp"
#include "downstage/imaging/morphology.hpp"

#include "liver_contact.hpp"
#include "working_grid.hpp"

namespace downstage::segmentation {

namespace {

constexpr std::int16_t dense_hu = 250;  // SEGMENTATION.md 14
constexpr double rim_mm = 2.5;          // one voxel: the partial volume of what is dense
constexpr double smallest_ml = 0.03;    // two voxels

/// Lipiodol, clips and calcifications, and bone and contrast agent of the neighbours, with the rim of voxels
/// that are half of it.
Mask dense_pieces(const Scene& scene)
{
    const Mask dense = voxels_where(scene.bounds.grid(), scene.workers, [&](const Index&, std::size_t n) {
        return scene.tissue.hu.voxels()[n] > dense_hu && scene.bounds.voxels()[n] == 0;
    });
    return imaging::without(imaging::dilate(dense, rim_mm, scene.workers), scene.bounds);
}

/// The connected parts of `mask` for which `test(contact, part)` holds.
template <typename Test>
Mask parts_where(const Mask& mask, const Mask& liver, const Scene& scene, const Test& test)
{
    Mask result{mask.grid()};
    for (const Piece& piece : pieces_of(imaging::components(mask, {.smallest_ml = smallest_ml})))
        if (test(contact_of(piece.mask, piece, liver, scene), piece.mask))
            put_back(result, piece.mask, piece.box);
    return result;
}

}  // namespace

Mask bright_inside(const Mask& liver, const Scene& scene)
{
    const Mask dense =
        parts_where(imaging::without(dense_pieces(scene), liver),
                    liver,
                    scene,
                    [&](const Contact& contact, const Mask& part) {
                        return is_enclosed(contact) ||
                               belongs_by_contact(contact, inscribed_radius_mm(part, scene.workers));
                    });
    const Mask known = imaging::either(liver, dense);
    const Mask enclosed = parts_where(
        imaging::without(scene.bright, known), known, scene, [](const Contact& contact, const Mask&) {
            return is_enclosed(contact);
        });
    return imaging::either(dense, enclosed);
}

}  // namespace downstage::segmentation
