#pragma once

#include "pixels.hpp"

#include <cstdint>
#include <span>

namespace downstage::dicom {

/// Decodes one JPEG 2000 or HTJ2K image (a raw codestream or a JP2 file; ISO/IEC 15444-1, -15) with OpenJPEG
/// into the little-endian words that `format` describes. Throws `Error{input}` (without the file's name) for
/// what OpenJPEG refuses, and where the size inside is not that of the DICOM header.
void decode_jpeg2000(std::span<const std::uint8_t> codestream,
                     const PixelFormat& format,
                     std::span<std::uint8_t> words);

}  // namespace downstage::dicom
