#pragma once

#include "downstage/core/assessment.hpp"

#include <filesystem>
#include <string>

namespace downstage::documents {

/// Reads `--clinical FILE`: a JSON object, or a CSV with a header line and one row for `patient_id` (or only
/// one row and no such column). Every field of docs/assess.md is known, e.g. `macrovascular_invasion`
/// (true/false, yes/no, 1/0 in any case), `afp_ng_ml`, `bilirubin_umol_l`, `ascites`; empty, null or left out
/// is unknown. Other fields are left for later readers. A byte-order mark and CR LF are tolerated. A file
/// that names another patient is refused, since its answers would be taken for this one's. Throws
/// `Error{usage}` naming the file, row and field that is wrong, and never the patient.
[[nodiscard]] ClinicalFacts read_clinical(const std::filesystem::path& file, const std::string& patient_id);

}  // namespace downstage::documents
