#pragma once

#include "downstage/core/assessment.hpp"
#include "downstage/core/series.hpp"

#include <string>

/// The contract's words for our enumerators.
namespace downstage::documents {

[[nodiscard]] std::string word(GeometryVerdict verdict);
[[nodiscard]] std::string word(Phase phase);
[[nodiscard]] std::string word(VerdictStatus status);

}  // namespace downstage::documents
