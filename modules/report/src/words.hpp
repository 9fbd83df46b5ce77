#pragma once

#include "downstage/core/study_report.hpp"

#include <optional>
#include <string>
#include <string_view>

/// The page's words for what the report holds as names and enumerators.
namespace downstage::report {

/// A criterion as a reader calls it: name, and the rule in one line.
struct CriterionWords {
    std::string name, rule;
};
[[nodiscard]] CriterionWords words_of(std::string_view criterion);

/// The diameter that a Milan form allows for this many lesions, in mm; empty for other criteria and counts
/// that no diameter can put right (RULES.md 5.1, 5.1b).
[[nodiscard]] std::optional<double> limit_mm(std::string_view criterion, std::size_t lesions);

/// "macrovascular_invasion" to "macrovascular invasion".
[[nodiscard]] std::string words_of_fact(std::string_view fact);

[[nodiscard]] std::string_view words_of(Phase phase);
/// One plain sentence: can the lengths be trusted?
[[nodiscard]] std::string_view sentence_of(GeometryVerdict verdict);
/// "met", "not met", "indeterminate"
[[nodiscard]] std::string_view words_of(VerdictStatus status);
/// The name that the style sheet knows the status by.
[[nodiscard]] std::string_view style_of(VerdictStatus status);

/// "a", "a and b", "a, b and c"
[[nodiscard]] std::string listed(const std::vector<std::string>& texts);

/// "3.1 mm under the limit of 30 mm", "exactly at", "4.2 mm over"; what stands in its place when there is
/// none.
[[nodiscard]] std::string margin_words(const Verdict& verdict, std::size_t lesions);

}  // namespace downstage::report
