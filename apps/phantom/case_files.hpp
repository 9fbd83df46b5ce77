#pragma once

#include "scene_file.hpp"

#include <filesystem>

namespace downstage::phantom_app {

/// Writes the scene's study into `study` (a folder a series), and truth.json and truth.nii.gz into `folder`.
/// There is no truth.nii.gz where no volume can be made of the slices. Throws `Error{output}`.
void write_case(const SceneFile& file,
                const std::filesystem::path& folder,
                const std::filesystem::path& study,
                unsigned workers);

}  // namespace downstage::phantom_app
