#pragma once

#include <filesystem>

namespace downstage::phantom_app {

struct PaintedOptions {
    std::filesystem::path suite;   ///< e.g. testdata/suites/painted.json
    std::filesystem::path bases;   ///< the folder below which the suite's images lie
    std::filesystem::path livers;  ///< NAME.nii.gz for bases that bring no label map of their own
    std::filesystem::path shapes;  ///< as unpack_shapes.py writes it; lobed bodies when empty
    std::filesystem::path out;
};

/// Writes the painted studies, and each base as it is, into `out` (docs/phantoms.md, "Suites"). Throws
/// `Error` that names the base.
void run_painted(const PaintedOptions& options);

}  // namespace downstage::phantom_app
