#pragma once

#include "downstage/core/image.hpp"

#include "truth_file.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace downstage::phantom_app {

/// One study of a suite, as index.json lists it.
struct SuiteCase {
    std::string name;
    std::string kind;  ///< "phantom", "healthy", "mr", "painted"
    std::string base;  ///< the real study that was painted into; empty in a phantom
};

/// A CT as one DICOM series in `folder`, which is made. UIDs come from `name` alone.
void write_volume_study(const Volume& hu, const std::string& name, const std::filesystem::path& folder);

/// index.json of a suite. Throws `Error{output}`.
void write_index(const std::string& suite,
                 const std::vector<SuiteCase>& cases,
                 const std::filesystem::path& folder);

}  // namespace downstage::phantom_app
