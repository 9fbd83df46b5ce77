#pragma once

#include "header_bytes.hpp"

#include <cstdint>
#include <vector>

namespace downstage::dicom {

/// The dataset of a deflated file (PS3.5 A.5), inflated from byte `begin` to its end. Grows with what is
/// really there, up to 512 MiB: beyond that, or where the stream is damaged, `Error{input}`.
[[nodiscard]] std::vector<std::uint8_t> inflate(HeaderBytes& bytes, std::uintmax_t begin);

}  // namespace downstage::dicom
