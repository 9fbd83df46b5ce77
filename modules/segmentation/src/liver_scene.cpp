#include "liver_scene.hpp"

#include "working_grid.hpp"

namespace downstage::segmentation {

Mask bounds_of(const Landmarks& landmarks, unsigned workers)
{
    return voxels_where(landmarks.body.grid(), workers, [&](const Index&, std::size_t n) {
        return landmarks.inside_wall.voxels()[n] == 0 || landmarks.below_diaphragm.voxels()[n] == 0 ||
               landmarks.never_liver.voxels()[n] != 0;
    });
}

}  // namespace downstage::segmentation
