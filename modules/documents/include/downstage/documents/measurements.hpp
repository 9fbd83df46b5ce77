#pragma once

#include "downstage/core/study_report.hpp"

#include <string>

/// Reads and writes the JSON and CSV of the contract, and names the row or field that is wrong.
namespace downstage::documents {

/// measurements.json of the contract (`downstage.measurements/1`, docs/schema/measurements.schema.json),
/// indented, with a newline at the end. The same report gives the same bytes. Lengths and places are rounded
/// to 0.01 mm, volumes to 0.001 ml, densities to 0.1 HU, angles to 0.01 degrees, probabilities to 0.001. What
/// could not be obtained (an empty text, an empty optional, a number that is not finite) is `null`. Bytes
/// that are not UTF-8, as DICOM texts may hold, become U+FFFD.
[[nodiscard]] std::string measurements_json(const StudyReport& report);

/// One line a finding (lesions, possible, benign), comma separated, RFC 4180 with CR LF; header line first.
/// Numbers as in the JSON, an empty field where that has `null`. A text that a spreadsheet would run as a
/// formula (it begins with = + - @, tab or carriage return) is given a leading apostrophe.
[[nodiscard]] std::string measurements_csv(const StudyReport& report);

}  // namespace downstage::documents
