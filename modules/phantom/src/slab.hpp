#pragma once

#include "downstage/core/space.hpp"
#include "downstage/phantom/body.hpp"

#include <cstdint>

namespace downstage::phantom {

/// The voxels from `first` to `last`, both included.
struct Box {
    Index first, last;
};

/// The voxels of a grid that lie within `margin_mm` of a body, and some more.
[[nodiscard]] Box box_about(const Grid& grid, const Body& body, double margin_mm);

/// The places through the thickness of a slice that make up its mean.
struct Slab {
    std::int32_t samples{1};
    double step_mm{};
    VectorLps normal;
    [[nodiscard]] VectorLps offset(std::int32_t n) const
    {
        return ((n - 0.5 * (samples - 1)) * step_mm) * normal;
    }
};

/// Slices as thick as they are apart, sampled every 0.75 mm.
[[nodiscard]] Slab slab_of(const Grid& grid);

}  // namespace downstage::phantom
