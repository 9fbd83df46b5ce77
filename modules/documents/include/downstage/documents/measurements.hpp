#pragma once

#include "downstage/core/study_report.hpp"

#include <string>

namespace downstage::documents {

/// measurements.json of the contract (`downstage.measurements/1`, docs/schema/measurements.schema.json),
/// indented, with a newline at the end. The same report gives the same bytes.
[[nodiscard]] std::string measurements_json(const StudyReport& report);

/// One line a finding (lesions, possible, benign), comma separated, RFC 4180; header line first.
[[nodiscard]] std::string measurements_csv(const StudyReport& report);

}  // namespace downstage::documents
