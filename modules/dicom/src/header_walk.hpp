#pragma once

#include "header_bytes.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace downstage::dicom {

/// How the elements of a dataset are written (DICOM PS3.5 section 7.1, annex A).
enum class Encoding { explicit_little, implicit_little, explicit_big };

/// Where the parts of a DICOM file are. Every length inside has been checked against the file's size.
struct HeaderLayout {
    std::string transfer_syntax;  ///< UID in the file's meta header; empty where there is none
    Encoding encoding{Encoding::explicit_little};
    bool has_magic{};                ///< "DICM" stands at byte 128
    std::uintmax_t dataset_begin{};  ///< first byte behind the meta header
    std::uintmax_t pixels_begin{};   ///< first byte of the pixel element; the end where there is none
    bool has_pixels{};
};

/// A checked layout, and the bytes it speaks of: those of the file, inflated where the file is deflated.
struct CheckedBytes {
    HeaderLayout layout;
    HeaderBytes bytes;
};

/// Walks over the element headers of a file, into sequences and over the fragments of encapsulated pixels,
/// and allocates nothing by a length it has not compared with the bytes that are left. Empty when the file is
/// not DICOM. Throws `Error{input}` (without the file's name) where it is DICOM but cut, or a length inside
/// claims more than there is.
[[nodiscard]] std::optional<CheckedBytes> check_lengths(const std::filesystem::path& file);

}  // namespace downstage::dicom
