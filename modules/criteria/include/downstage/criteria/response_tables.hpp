#pragma once

#include "downstage/core/timepoint.hpp"

#include <span>

/// RECIST 1.1 Tables 1 and 2, and what non-target lesions say together (RULES.md 1.25, 1.34, 1.35).
namespace downstage::criteria {

/// All non-target lesions together: unequivocal progression of one decides; then any that could not be
/// evaluated; complete only when all are absent and every node is below 10 mm. An empty list is none at
/// baseline. Growth alone is never progression: that is a reader's judgement (RULES.md 1.25, 1.26).
[[nodiscard]] NonTarget non_target_status(std::span<const NonTargetLesion> lesions);

/// As a reader stated it, or from the lesions where they are listed one by one.
[[nodiscard]] NonTarget non_target_of(const Visit& visit);

/// What is beside the target lesions at one visit.
struct OtherDisease {
    NonTarget non_target{NonTarget::none_at_baseline};
    NewLesion new_lesion{NewLesion::none};
    bool has_malignant_effusion{};  ///< mRECIST: proven by cytology (RULES.md 3.11)
    friend bool operator==(const OtherDisease&, const OtherDisease&) = default;
};

/// Table 1 where there is target disease, Table 2 where `target` is `not_applicable`. Without any disease the
/// answer is `not_applicable`.
[[nodiscard]] Response overall_response(Response target, const OtherDisease& other);

}  // namespace downstage::criteria
