#pragma once

#include "downstage/dicom/write.hpp"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <string>
#include <vector>

namespace downstage::dicom {

/// A number as a decimal string: the most exact one that fits the 16 characters of VR DS (PS3.5 6.2).
[[nodiscard]] std::string decimal_string(double value);

/// All attributes of one CT image, pixels included and uncompressed. The only place that puts values into
/// one.
void fill_ct_image(DcmDataset& dataset, const CtSeriesTags& tags, const CtSlice& slice);

}  // namespace downstage::dicom
