#pragma once

#include "downstage/phantom/scene.hpp"

#include "paint.hpp"
#include "plane.hpp"

#include <vector>

namespace downstage::phantom {

/// The organs of a patient with a value each: a density with its mottle, or 1 for liver and 0 for the rest.
struct ValuedAnatomy {
    std::vector<Shape> shapes;   ///< of those that overlap the later one is there
    std::vector<float> values;   ///< first that of the room around, then one a shape
    std::vector<Mottle> mottle;  ///< the same; none where empty
    Deformation deformation;
    std::uint64_t seed{};  ///< of the mottle
};

/// Values on the lattice of one slice, averaged over its thickness; the patient is shifted by `shift`.
[[nodiscard]] Plane
tissue_plane(const ValuedAnatomy& anatomy, const SliceLattice& slice, const VectorLps& shift);

/// Lays a lesion over a plane.
void overlay(Plane& plane, const SliceLattice& slice, const Body& body, const Tone& tone, double edge_mm);

/// A ball that holds the shape.
[[nodiscard]] Ball around(const Shape& shape);

}  // namespace downstage::phantom
