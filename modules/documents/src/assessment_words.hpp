#pragma once

#include "downstage/core/case.hpp"

#include "value.hpp"

#include <string>

/// The contract's words and objects for answers of rules.
namespace downstage::documents {

/// "CR" ... and `null` where there is nothing to judge.
[[nodiscard]] Json word(Response response);
[[nodiscard]] Json word(ImmuneResponse response);
[[nodiscard]] std::string word(ItemStatus status);
[[nodiscard]] std::string word(ConversionStatus status);

/// Whether every comparison is written apart, too: as much again as the reasons.
enum class Paths { written, left_out };

/// One entry of `eligibility`: the contract's fields, and behind them margin in the rule's unit, path and
/// counterfactual.
[[nodiscard]] Json verdict_json(const Verdict& verdict, Paths paths);
[[nodiscard]] Json staging_json(const Staging& staging, Paths paths);
[[nodiscard]] Json conversion_json(const Conversion& conversion);

}  // namespace downstage::documents
