#pragma once

#include "downstage/core/network.hpp"

#include <filesystem>

namespace downstage::documents {

/// The name of the file that makes a folder a package of a network.
inline constexpr const char* network_manifest_name = "manifest.json";

/// Reads what a package says of its network (docs/networks.md, docs/schema/network.schema.json); fields the
/// schema does not name are left alone. The model itself is neither opened nor looked for. Throws
/// `Error{usage}` with one sentence that names the file and the field that is wrong.
[[nodiscard]] NetworkManifest read_network_manifest(const std::filesystem::path& package_dir);

}  // namespace downstage::documents
