#pragma once

#include "downstage/criteria/eligibility.hpp"

#include "read_sizes.hpp"

#include <optional>
#include <string>
#include <vector>

/// One rule on one patient: what was read, what is known, and the answer. The parts of a verdict are derived
/// from it, each in its own file.
namespace downstage::criteria {

struct Decision {
    const Rule& rule;
    const ClinicalFacts& facts;
    ReadLesions read;
    Findings findings;
    Truth truth{Truth::unknown};
};

[[nodiscard]] Decision decide(const Rule& rule, const EligibilityInput& input);

/// A way that number and facts do not already close: the one that is met, else the one that fails least; none
/// where the number is out of reach or the rule has no ways.
[[nodiscard]] const Way* nearest_way(const Decision& decision);

/// Distance to the nearest limit of a length, in mm; empty where number or facts decide.
[[nodiscard]] std::optional<Margin> margin_of_size(const Decision& decision);
/// The same in whatever unit decides: a length if there is one, else a blood value or a volume.
[[nodiscard]] std::optional<Margin> margin_of(const Decision& decision);

/// Every comparison in the order it was made, and last the answer.
[[nodiscard]] std::vector<PathStep> path_of(const Decision& decision, VerdictStatus status);
/// The path as sentences, with count, sizes, probability and counterfactual.
[[nodiscard]] std::vector<std::string>
reasons_of(const Decision& decision, const Verdict& verdict, std::size_t possible_count);

/// Names of unknown facts that the answer depends on; empty where it is known.
[[nodiscard]] std::vector<std::string> missing_of(const Decision& decision);

/// The smallest change of one size, else of one fact, else of the number that turns the answer; empty where
/// no single change does.
[[nodiscard]] std::optional<Counterfactual> counterfactual_of(const Decision& decision);

/// Where another reading of the rule answers otherwise, with both answers.
[[nodiscard]] std::optional<std::string> contested_by(const Decision& decision);

/// Another customary rounding would change the answer (RULES.md 0.2).
[[nodiscard]] bool is_rounding_sensitive(const Decision& decision);

[[nodiscard]] constexpr VerdictStatus status_of(Truth truth)
{
    switch (truth) {
    case Truth::no: return VerdictStatus::not_met;
    case Truth::yes: return VerdictStatus::met;
    case Truth::unknown: break;
    }
    return VerdictStatus::indeterminate;
}

}  // namespace downstage::criteria
