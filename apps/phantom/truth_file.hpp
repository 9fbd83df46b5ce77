#pragma once

#include "downstage/phantom/scene.hpp"

#include <filesystem>

namespace downstage::phantom_app {

/// Writes what is to be found in the scene (docs/phantoms.md, "truth.json"). Throws `Error{output}`.
void write_truth(const phantom::Scene& scene, const std::filesystem::path& file);

}  // namespace downstage::phantom_app
