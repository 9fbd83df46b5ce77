#pragma once

#include "downstage/core/image.hpp"

#include <filesystem>

namespace downstage::imaging {

/// Reads a label map somebody made, NIfTI (.nii, .nii.gz) or NRRD (.nrrd, .nhdr), in LPS. Values are rounded
/// to the nearest label. Throws `Error{input}` naming the file when it is unreadable, not three-dimensional,
/// has negative or fractional labels, or its axes are not orthogonal.
[[nodiscard]] LabelMap read_labels(const std::filesystem::path& file);

/// Reads an image as numbers (CT in HU) from the same formats.
[[nodiscard]] Volume read_image(const std::filesystem::path& file);

/// Writes NIfTI (gzip by the name's ending), on the very grid of `labels`. The same labels give the same
/// bytes.
void write_labels(const LabelMap& labels, const std::filesystem::path& file);
void write_image(const Volume& image, const std::filesystem::path& file);

}  // namespace downstage::imaging
