#pragma once

#include <filesystem>

namespace downstage::phantom_app {

struct PhantomOptions {
    std::filesystem::path scene;
    std::filesystem::path shapes;  ///< as unpack_shapes.py writes it; lobed bodies when empty
    std::filesystem::path out;
    unsigned workers = 0;  ///< 0: one a processor
};

/// Renders the scene into the folder `out`: a folder of DICOM files a series, truth.json and
/// truth.nii.gz. `out` appears
/// when all of it is there. Throws `Error`: `usage` for a bad scene, `output` for a folder that cannot be
/// written or is not empty.
void run_phantom(const PhantomOptions& options);

}  // namespace downstage::phantom_app
