#pragma once

#include "downstage/dicom/write.hpp"
#include "downstage/phantom/scene.hpp"

#include <filesystem>
#include <string>

namespace downstage::phantom_app {

/// A scene as it stands in a file (docs/phantoms.md, docs/schema/scene.schema.json).
struct SceneFile {
    phantom::Scene scene;
    dicom::TransferSyntax transfer_syntax{};
    std::string text;  ///< the whole file
};

/// Throws `Error{usage}` that names the file and the field when it cannot be read, a field is wrong, or a
/// field is not known.
[[nodiscard]] SceneFile read_scene(const std::filesystem::path& file);

}  // namespace downstage::phantom_app
