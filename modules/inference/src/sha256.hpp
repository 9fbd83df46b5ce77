#pragma once

#include <string>
#include <string_view>

namespace downstage::inference {

/// SHA-256 (FIPS 180-4) in lower-case hex.
[[nodiscard]] std::string sha256_of(std::string_view bytes);

}  // namespace downstage::inference
