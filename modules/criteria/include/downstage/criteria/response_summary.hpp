#pragma once

#include "downstage/core/timepoint.hpp"
#include "downstage/criteria/response_best.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

/// From judged visits to the answers about the patient, and to the other readings of contested rows.
namespace downstage::criteria {

/// Best response, days of response and progression, rounding.
[[nodiscard]] ResponseAssessment
summarised(std::vector<VisitAssessment> visits, const Course& course, const ResponseOptions& options);

/// A contested row and the option that chooses its other reading.
struct ContestedRow {
    const char* rule;    ///< RULES.md id
    const char* option;  ///< as a protocol names it
    const char* why;
    void (*choose_other)(ResponseOptions& options);
};

/// The row read the other way, where that changes a visit or the best response; empty otherwise.
[[nodiscard]] std::optional<OtherReading> read_otherwise(const ContestedRow& row,
                                                         const ResponseAssessment& adopted,
                                                         const ResponseAssessment& otherwise);

}  // namespace downstage::criteria
