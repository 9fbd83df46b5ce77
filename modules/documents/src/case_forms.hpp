#pragma once

#include "downstage/core/case.hpp"

#include <string>
#include <vector>

namespace downstage::documents {

/// The patients of a CSV case file. A refusal names line and field.
[[nodiscard]] std::vector<Case> cases_of_csv(const std::string& text);

/// The patients of a JSON case file. A refusal names place and field.
[[nodiscard]] std::vector<Case> cases_of_json(const std::string& text);

}  // namespace downstage::documents
