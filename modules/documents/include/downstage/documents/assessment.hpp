#pragma once

#include "downstage/core/case.hpp"

#include <string>
#include <vector>

namespace downstage::documents {

/// Where an assessment came from.
struct AssessmentSource {
    std::string software;  ///< "downstage x.y.z"
    ConversionProtocol protocol;
    bool with_paths{};  ///< every comparison apart (`path`), as much again as the `reasons`
};

/// assessment.json (`downstage.assessment/1`, docs/schema/assessment.schema.json): one entry a patient, one
/// time point a visit, each with response, eligibility, stages and conversion. The same input gives the same
/// bytes. Lengths to 0.01 mm, probabilities to 0.001; what could not be obtained is `null`.
[[nodiscard]] std::string assessment_json(const std::vector<CaseAssessment>& patients,
                                          const AssessmentSource& source);

/// The path of every answer line by line, for `--explain`: rule, source, inputs, comparison, result, and the
/// smallest change that would turn it.
[[nodiscard]] std::string explanation(const std::vector<CaseAssessment>& patients);

}  // namespace downstage::documents
