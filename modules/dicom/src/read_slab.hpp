#pragma once

#include "downstage/dicom/geometry.hpp"

#include "read_slice.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace downstage::dicom {

/// Builds slices of a volume as its plan says: from one source slice, from one moved in its own plane, or
/// from two. One for each thread.
class SlabReader {
public:
    SlabReader(const Stack& stack, const StackPlan& plan) : stack_{&stack}, plan_{&plan}, slices_{stack} {}
    /// Fills slice k of the volume.
    SliceFacts read(std::size_t k, std::span<std::int16_t> voxels);

private:
    SliceFacts read_unmoved(const StackPlan::From& from, std::span<std::int16_t> voxels);

    const Stack* stack_;
    const StackPlan* plan_;
    SliceReader slices_;
    std::vector<std::int16_t> unmoved_, second_;
};

}  // namespace downstage::dicom
