#pragma once

#include "downstage/core/image.hpp"
#include "downstage/core/notice.hpp"
#include "downstage/core/series.hpp"
#include "downstage/dicom/geometry.hpp"

#include <string>
#include <vector>

namespace downstage::dicom {

struct ReadOptions {
    unsigned workers = 0;
    GeometryOptions geometry;
};

/// A volume with the facts a reader needs to trust it.
struct LoadedVolume {
    Volume
        voxels;  ///< HU after the rescale of each slice; padding and overlays removed (padding: air, -1024)
    GeometryPassport passport;
    std::vector<SopUid> slice_sop_uids;  ///< for each slice k, the nearest source image
    std::vector<Notice> notices;
};

/// Reads and decodes the pixels of a stack in parallel and builds its volume. Throws `Error{input}` naming
/// the file that is cut, uses a transfer syntax nobody here decodes, or disagrees with its header.
[[nodiscard]] LoadedVolume read_volume(const Stack& stack, const ReadOptions& options = {});

/// SHA-256, as 64 hexadecimal digits, over the files of a stack in the order of its slices.
[[nodiscard]] std::string sha256_of(const Stack& stack);

}  // namespace downstage::dicom
