#pragma once

#include "downstage/core/error.hpp"

#include <filesystem>
#include <string>

namespace downstage::documents {

/// All bytes of a UTF-8 file, without a byte-order mark. Throws `Error` of this kind where it cannot be read,
/// is UTF-16 or empty.
[[nodiscard]] std::string text_of_file(const std::filesystem::path& file, Errc kind);

}  // namespace downstage::documents
