#pragma once

#include "summary.hpp"

#include <string>
#include <vector>

namespace downstage::evaluate_app {

// SVG pictures of 640 x 400, readable in a browser and on a code host.

/// Sensitivity by size, a line a kind, with 95 % intervals.
[[nodiscard]] std::string sensitivity_plot(const std::vector<Summary>& summaries);
/// Difference of the long axis over its true length (Bland & Altman), with bias and limits of agreement.
[[nodiscard]] std::string agreement_plot(const std::vector<Summary>& summaries);
/// Share of real findings over the confidence they were given.
[[nodiscard]] std::string calibration_plot(const std::vector<Summary>& summaries);

}  // namespace downstage::evaluate_app
