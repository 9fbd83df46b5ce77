#pragma once

#include <optional>
#include <string>
#include <vector>

namespace downstage {

/// Clinical facts that no image shows. Empty is unknown, and unknown is not no (RULES.md 0.4).
struct ClinicalFacts {
    std::optional<bool> macrovascular_invasion;
    std::optional<bool> extrahepatic_disease;
    friend bool operator==(const ClinicalFacts&, const ClinicalFacts&) = default;
};

enum class VerdictStatus { met, not_met, indeterminate };

/// What one criterion says today, and how near its limit that is.
struct Verdict {
    std::string criterion;  ///< e.g. "milan_strict"
    bool headline{};
    VerdictStatus status{VerdictStatus::indeterminate};
    std::optional<double> probability;  ///< that size and number meet it, given the intervals; on the
                                        ///< condition that no excluding fact is present
    std::optional<double> margin_mm;  ///< to the nearest limit: positive inside, negative outside; empty when
                                      ///< the count decides or there is no lesion
    std::optional<std::string> contested;  ///< where readings of the rule disagree on this patient
    bool rounding_sensitive{};         ///< another customary rounding would change the answer (RULES.md 0.2)
    std::vector<std::string> reasons;  ///< the rule's path: rule, source, inputs, comparison, result
    std::vector<std::string> missing;  ///< names of unknown facts the answer depends on
    friend bool operator==(const Verdict&, const Verdict&) = default;
};

}  // namespace downstage
