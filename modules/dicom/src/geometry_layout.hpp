#pragma once

#include "downstage/core/series.hpp"
#include "downstage/core/space.hpp"

#include "geometry_spacing.hpp"

#include <string>
#include <vector>

namespace downstage::dicom {

/// A slice in the frame of its stack: distances along the axes from the patient's origin.
struct Placed {
    std::size_t slice{};  ///< into the stack's slices
    double i_mm{}, j_mm{}, along_mm{};
};

/// In-plane drift per millimetre along the normal.
struct Drift {
    double i{}, j{};
    double range_i_mm{}, range_j_mm{};  ///< over the whole stack
};

/// How the slices of a stack stand to one another.
struct Layout {
    Axes axes;
    std::vector<Placed> placed;
    Ladder ladder;
    Drift drift;
    bool is_sheared{};
    double first_i_mm{}, first_j_mm{};  ///< in-plane place of the volume's first voxel
};

/// Finds it from positions and directions alone, or refuses: `Error{input}` with the positions and
/// millimetres.
[[nodiscard]] Layout layout_of(const Stack& stack);

/// Throws `Error{input}`: "series 1.2.3 is no volume: why".
[[noreturn]] void refuse(const Stack& stack, const std::string& why);

}  // namespace downstage::dicom
