#pragma once

#include "downstage/core/image.hpp"
#include "downstage/phantom/body.hpp"
#include "downstage/phantom/truth.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace downstage::phantom_app {

/// What is to be found in a study (docs/phantoms.md, "truth.json").
struct TruthDocument {
    phantom::Truth truth;
    std::string scene;
    std::string base;                  ///< the real study that was painted into; empty in a phantom
    std::string liver_source;          ///< "formula", "reference", "measured"
    std::vector<phantom::Ball> known;  ///< real findings of the base: neither true nor false when found
};

/// Throws `Error{output}`.
void write_truth(const TruthDocument& document, const std::filesystem::path& file);

}  // namespace downstage::phantom_app
