#pragma once

#include <filesystem>

namespace downstage::phantom_app {

struct SuiteOptions {
    std::filesystem::path suite;   ///< e.g. testdata/suites/phantoms.json
    std::filesystem::path shapes;  ///< as unpack_shapes.py writes it; lobed bodies when empty
    std::filesystem::path out;
    unsigned workers = 0;  ///< 0: one a processor
};

/// Draws and renders the scenes of a suite (docs/phantoms.md, "Suites"). Throws `Error` that names the case.
void run_suite(const SuiteOptions& options);

}  // namespace downstage::phantom_app
