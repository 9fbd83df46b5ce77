#pragma once

#include "downstage/core/assessment.hpp"
#include "downstage/core/units.hpp"

#include <vector>

namespace downstage::criteria {

/// The size of one lesion that a criterion reads, with its 95 % interval.
struct LesionSize {
    double diameter_mm{};
    Interval95 ci95_mm;
};

/// A finding that may or may not be a lesion: it enters the probability, not the count.
struct PossibleLesion {
    LesionSize size;
    double probability_real{};
};

struct TumourBurden {
    std::vector<LesionSize> lesions;
    std::vector<PossibleLesion> possible;
};

/// The three readings of Milan (RULES.md 5.1, 5.1b and the project's): `milan_strict` (single < 50 mm, or up
/// to three all < 30 mm; the headline), `milan_acs` (single < 50, or two or three none > 30), `milan` (single
/// <= 50, or up to three none > 30), in this order.
[[nodiscard]] std::vector<Verdict> milan(const TumourBurden& burden, const ClinicalFacts& facts);

}  // namespace downstage::criteria
