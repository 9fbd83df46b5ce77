#pragma once

#include "downstage/dicom/write.hpp"
#include "downstage/phantom/scene.hpp"

#include "field.hpp"
#include "shape_folder.hpp"

#include <filesystem>
#include <string>

namespace downstage::phantom_app {

/// A scene as it stands in a file (docs/phantoms.md, docs/schema/scene.schema.json).
struct SceneFile {
    phantom::Scene scene;
    dicom::TransferSyntax transfer_syntax{};
    std::string text;        ///< the whole file
    std::string lacks_room;  ///< which lesion finds no room, in one sentence; empty when all do
};

/// Throws `Error{usage}` that names the file and the field when it cannot be read, a field is wrong, or a
/// field is not known. or a lesion finds no room. Lesions of real shape are lobed ones where there are no
/// `shapes`.
[[nodiscard]] SceneFile read_scene(const std::filesystem::path& file, const ShapeFolder* shapes = nullptr);

/// The scene of a document, which may lack room; `text` is what the UIDs are made of. Throws `Error{usage}`
/// that names the field.
[[nodiscard]] SceneFile scene_of(const Field& root, const std::string& text, const ShapeFolder* shapes);

}  // namespace downstage::phantom_app
