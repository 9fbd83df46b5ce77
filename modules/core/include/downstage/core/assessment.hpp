#pragma once

#include "downstage/core/clinical.hpp"

#include <optional>
#include <string>
#include <vector>

namespace downstage {

enum class VerdictStatus { met, not_met, indeterminate };

/// One comparison on the way to an answer, complete in itself.
struct PathStep {
    std::string rule;        ///< RULES.md row, e.g. "5.2"
    std::string source;      ///< where the wording comes from
    std::string inputs;      ///< what went in, e.g. "largest diameter 46.0 mm (lesion 1)"
    std::string comparison;  ///< e.g. "46.0 mm <= 45.0 mm"
    std::string result;      ///< "yes", "no" or "unknown"
    friend bool operator==(const PathStep&, const PathStep&) = default;
};

/// The way to the nearest limit: positive inside, negative outside, zero at it.
struct Margin {
    double value{};
    std::string unit;  ///< "mm", "ng/mL", ...
    std::string of;    ///< what is compared, e.g. "largest diameter"
    friend bool operator==(const Margin&, const Margin&) = default;
};

/// The smallest single change that turns an answer.
struct Counterfactual {
    std::string sentence;  ///< "inside Milan (strict) if lesion 2 were 29.9 mm or less, 1.2 mm below today"
    std::string lesion;    ///< the lesion that would change; empty for a clinical fact
    std::optional<double> from, to;  ///< in `unit`; empty for a fact that is only present or absent
    std::string unit;
    friend bool operator==(const Counterfactual&, const Counterfactual&) = default;
};

/// What one criterion says today, and how near its limit that is.
struct Verdict {
    std::string criterion;  ///< e.g. "milan_strict"
    bool headline{};
    VerdictStatus status{VerdictStatus::indeterminate};
    std::optional<double> probability;  ///< that it is met, given the intervals of the sizes; on the
                                        ///< condition that whatever is unknown is in favour
    std::optional<double> margin_mm;  ///< to the nearest limit: positive inside, negative outside; empty when
                                      ///< the count decides or there is no lesion
    std::optional<std::string> contested;  ///< where readings of the rule disagree on this patient
    bool rounding_sensitive{};         ///< another customary rounding would change the answer (RULES.md 0.2)
    std::vector<std::string> reasons;  ///< the rule's path: rule, source, inputs, comparison, result
    std::vector<std::string> missing;  ///< names of unknown facts the answer depends on
    std::string name, text;            ///< as a reader calls it, and the rule in words
    std::optional<Margin> margin;      ///< in the unit of the rule
    std::string size_read;             ///< which of the three sizes was read (RULES.md 6.2); empty where none
    std::vector<PathStep> path;        ///< the reasons, taken apart
    std::optional<Counterfactual> counterfactual;
    friend bool operator==(const Verdict&, const Verdict&) = default;
};

/// A stage, grade, band or score: an answer of several, not of two.
struct Staging {
    std::string system, name;           ///< e.g. "bclc", "BCLC 2022"
    std::optional<std::string> stage;   ///< empty while unknown facts leave more than one
    std::vector<std::string> possible;  ///< stages not ruled out; the one stage where it is known
    std::optional<double> score;        ///< points or index, where the system has one
    std::optional<std::string> contested;
    bool rounding_sensitive{};
    std::vector<std::string> missing;
    std::vector<PathStep> path;
    friend bool operator==(const Staging&, const Staging&) = default;
};

}  // namespace downstage
