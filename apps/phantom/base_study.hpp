#pragma once

#include "downstage/core/image.hpp"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace downstage::phantom_app {

/// A real CT that is painted into, and where its liver is; both on one grid in the order left, back, head.
struct BaseStudy {
    Volume image;
    Mask liver;
};

/// The longest series of a DICOM study, or a NIfTI image.
[[nodiscard]] Volume read_base(const std::filesystem::path& image);

/// The voxels of a label map that have one of these labels (any label where there are none), on `grid`.
[[nodiscard]] Mask
read_liver(const std::filesystem::path& labels, const std::vector<std::int32_t>& liver, const Grid& grid);

}  // namespace downstage::phantom_app
