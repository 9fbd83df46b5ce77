#pragma once

#include "downstage/core/case.hpp"

#include "clinical_fields.hpp"

#include <string>
#include <vector>

/// What JSON and CSV case files have in common.
namespace downstage::documents {

/// One lesion at one visit from its fields: `lesion_id`, `organ`, `node`, `role`, `state`,
/// `longest_diameter_mm`, `any_plane_diameter_mm`, `viable_diameter_mm`, their `..._low_mm` and
/// `..._high_mm`, `probability_real`, `equivocal`, `progressed`.
[[nodiscard]] CaseLesion case_lesion(const FieldReader& fields);

/// Refuses a lesion that stands there twice.
void check_lesions(const std::vector<CaseLesion>& lesions);

/// Refuses visits out of order, lesions that change what they are, and sizes that are centimetres.
void check_case(const Case& patient, bool unit_is_stated);

}  // namespace downstage::documents
