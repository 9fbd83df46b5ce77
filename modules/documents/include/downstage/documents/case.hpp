#pragma once

#include "downstage/core/case.hpp"

#include <filesystem>
#include <vector>

namespace downstage::documents {

/// Reads `downstage assess CASE.json|CASE.csv`: one patient or many. JSON is `downstage.case/1`
/// (docs/schema/case.schema.json); CSV has one row for each lesion at each visit (docs/assess.md). Visits
/// stand in the order of their days, the first is baseline. Throws `Error{input}` naming the file, the row or
/// place, and the field that is wrong, and never the patient: a decimal comma, centimetres where millimetres
/// are meant, a date that does not exist, a visit before baseline, a lesion, visit or patient twice.
[[nodiscard]] std::vector<Case> read_cases(const std::filesystem::path& file);

}  // namespace downstage::documents
