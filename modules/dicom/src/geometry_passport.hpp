#pragma once

#include "downstage/dicom/geometry.hpp"

#include "geometry_layout.hpp"

namespace downstage::dicom {

/// What a reader has to know of a volume that is laid out so, with its verdict.
[[nodiscard]] GeometryPassport
passport_of(const Stack& stack, const Layout& layout, const Grid& grid, const GeometryOptions& options);

}  // namespace downstage::dicom
