#pragma once

#include "downstage_test/dicom_bytes.hpp"
#include "downstage_test/temporary_folder.hpp"

#include <string>

namespace downstage::test {

/// Slice n of a series of slices 5 mm apart.
inline ImageFile slice(int n)
{
    ImageFile image;
    image.position = "0\\0\\" + std::to_string(5 * n);
    image.instance = std::to_string(n);
    image.sop += "." + image.instance;
    return image;
}

/// Four slices of it.
inline void write_series(const TemporaryFolder& folder, const std::string& below = "")
{
    for (int n = 1; n <= 4; ++n)
        folder.write(below + "file" + std::to_string(n), test::image_file(slice(n)));
}

}  // namespace downstage::test
