#pragma once

#include "summary.hpp"

#include <string>
#include <vector>

namespace downstage::evaluate_app {

/// Markdown: the summaries side by side, then a line a case, as it is.
[[nodiscard]] std::string tables(const std::vector<Summary>& summaries,
                                 const std::vector<CaseFigures>& cases);

/// A line a true lesion, for whoever wants to plot or count it another way.
[[nodiscard]] std::string lesions_csv(const std::vector<CaseFigures>& cases);

}  // namespace downstage::evaluate_app
