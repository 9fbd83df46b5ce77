#pragma once

#include "downstage/phantom/scene.hpp"

#include "plane.hpp"

namespace downstage::phantom {

/// From a place to what lies there: the anatomy at `place` is that of the undeformed patient at place +
/// displacement. Within the plane of the two directions.
[[nodiscard]] VectorLps displacement(const Deformation& deformation, const PointLps& place, const Axes& axes);

/// What `plane` shows once its patient is deformed. The plane lies `shift` off the patient's own place.
[[nodiscard]] Plane deformed(const Plane& plane,
                             const SliceLattice& slice,
                             const Deformation& deformation,
                             const VectorLps& shift);

}  // namespace downstage::phantom
