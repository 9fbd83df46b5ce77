#pragma once

#include "downstage/core/assessment.hpp"
#include "downstage/criteria/burden.hpp"

#include <vector>

namespace downstage::criteria {

/// The three readings of Milan (RULES.md 5.1, 5.1b and the project's): `milan_strict` (single < 50 mm, or up
/// to three all < 30 mm; the headline), `milan_acs` (single < 50, or two or three none > 30), `milan` (single
/// <= 50, or up to three none > 30), in this order. They are the first three of `eligibility`, on axial
/// sizes.
[[nodiscard]] std::vector<Verdict> milan(const TumourBurden& burden, const ClinicalFacts& facts);

}  // namespace downstage::criteria
