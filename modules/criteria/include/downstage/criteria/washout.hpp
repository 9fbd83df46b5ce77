#pragma once

#include "downstage/core/assessment.hpp"

#include <cstdint>
#include <string_view>

namespace downstage::criteria {

/// Rejection after a transplantation this many days after the last dose of a checkpoint inhibitor (RULES.md
/// 5.28): "high" under 30 days (odds ratio 21.3), "intermediate" for 30 to 50 (9.48), "low" above 50
/// (reference). Moeckli, Hepatology 2025 (n = 119).
[[nodiscard]] std::string_view washout_band(std::int32_t days);

/// Days from the last dose to `today`, shown against every mark that was proposed (30, 42, 50, 90 days); a
/// band of risk and no verdict.
[[nodiscard]] Staging washout(const ClinicalFacts& facts, Day today);

}  // namespace downstage::criteria
