#pragma once

#include "scene_file.hpp"

#include <filesystem>

namespace downstage::phantom_app {

/// Writes the scene as one DICOM study, a folder "series-1", "series-2" ... each. Every UID is made of the
/// scene's text, so the same file gives the same study. Throws `Error{output}`.
void write_study(const SceneFile& file, const std::filesystem::path& folder, unsigned workers);

}  // namespace downstage::phantom_app
