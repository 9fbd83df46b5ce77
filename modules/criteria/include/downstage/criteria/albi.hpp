#pragma once

#include "downstage/core/assessment.hpp"

#include <cstdint>
#include <string>

namespace downstage::criteria {

/// Albumin-bilirubin (RULES.md 5.24): 0.66 log10(bilirubin umol/L) - 0.085 albumin g/L. Johnson 2015, as
/// printed in CRAN cliot and in public calculators.
[[nodiscard]] double albi_score(double bilirubin_umol_l, double albumin_g_l);

/// 1 up to -2.60, 2 up to -1.39, 3 above; each limit belongs to the lower grade.
[[nodiscard]] std::int32_t albi_grade(double score);

/// "1", "2a" (up to -2.27), "2b", "3": Hiraoka's modified grade.
[[nodiscard]] std::string modified_albi_grade(double score);

/// The modified grade with its score; unknown without both values or with a bilirubin of 0.
[[nodiscard]] Staging albi(const ClinicalFacts& facts);

}  // namespace downstage::criteria
