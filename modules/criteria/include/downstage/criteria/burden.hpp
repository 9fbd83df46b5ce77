#pragma once

#include "downstage/core/units.hpp"

#include <optional>
#include <string>
#include <vector>

namespace downstage::criteria {

/// The size of one lesion that a criterion reads, with its 95 % interval.
struct LesionSize {
    double diameter_mm{};
    Interval95 ci95_mm;
    friend bool operator==(const LesionSize&, const LesionSize&) = default;
};

/// A finding that may or may not be a lesion: it enters the probability, not the count.
struct PossibleLesion {
    LesionSize size;
    double probability_real{};
    friend bool operator==(const PossibleLesion&, const PossibleLesion&) = default;
};

/// Lesions whose one size has been chosen already.
struct TumourBurden {
    std::vector<LesionSize> lesions;
    std::vector<PossibleLesion> possible;
    friend bool operator==(const TumourBurden&, const TumourBurden&) = default;
};

/// One lesion with its three sizes (RULES.md 6.2). A size that was not measured is empty, never 0 mm; a
/// viable size of 0 mm is a lesion wholly necrotic.
struct SizedLesion {
    std::string name;                     ///< as an explanation calls it, e.g. "lesion 2"
    std::optional<LesionSize> axial;      ///< longest in an axial slice (RECIST)
    std::optional<LesionSize> any_plane;  ///< outer edge to outer edge in any plane (LI-RADS)
    std::optional<LesionSize> viable;     ///< arterially enhancing part (mRECIST)
    friend bool operator==(const SizedLesion&, const SizedLesion&) = default;
};

}  // namespace downstage::criteria
