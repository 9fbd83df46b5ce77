#pragma once

#include "downstage/core/protocol.hpp"

#include <filesystem>
#include <string>

namespace downstage::documents {

/// Reads `--protocol FILE`, `downstage.protocol/1` (docs/schema/protocol.schema.json). A field that is left
/// out keeps the default; one that is `null`, or an empty list, is not asked. Throws `Error{usage}` naming
/// the file and the field that is wrong or that it does not know, for a mistyped condition must not go
/// unasked.
[[nodiscard]] ConversionProtocol read_protocol(const std::filesystem::path& file);

/// The same, as text: what is compiled in, for `docs/protocols/default.json` and the provenance.
[[nodiscard]] std::string protocol_json(const ConversionProtocol& protocol);

}  // namespace downstage::documents
