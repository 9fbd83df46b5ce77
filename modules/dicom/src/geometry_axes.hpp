#pragma once

#include "downstage/core/space.hpp"

#include <string>

namespace downstage::dicom {

/// Right-handed unit axes from the two triples of ImageOrientationPatient: i along the rows, j along the
/// columns, k the slice normal i x j (DICOM PS3.3 C.7.6.2.1.1). Small departures from unit length and from a
/// right angle (below 0.01: values written with two decimals) are made good; larger ones are `Error{input}`.
[[nodiscard]] Axes axes_from(const VectorLps& row_direction, const VectorLps& column_direction);

/// "axial, +i left, +j posterior, +k head": the nearest patient axis of each grid axis.
[[nodiscard]] std::string orientation_words(const Axes& axes);

/// Angle between a direction and the nearest patient axis.
[[nodiscard]] double obliquity_deg(const VectorLps& direction);

}  // namespace downstage::dicom
