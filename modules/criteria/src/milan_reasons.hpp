#pragma once

#include "downstage/core/assessment.hpp"
#include "downstage/criteria/size_rule.hpp"

#include <optional>
#include <string>
#include <vector>

/// The words of a Milan verdict; no decision is taken here.
namespace downstage::criteria {

/// One clinical fact that excludes a transplantation whatever the size.
struct Exclusion {
    std::string name;   ///< as the contract's `missing` names it
    std::string words;  ///< as a sentence names it
    std::optional<bool> present;
};

/// Everything that one reading decided, and on what.
struct Decision {
    const SizeRule& rule;
    std::vector<TenthsMm> sizes;  ///< largest first
    std::size_t possible_count{};
    std::vector<Exclusion> exclusions;
    SizeAnswer by_size{SizeAnswer::no_tumour};
    VerdictStatus status{VerdictStatus::indeterminate};
    double probability{};
};

/// The path in the order it was taken: rule, count, sizes, comparison, clinical facts, probability, and last
/// what single change would turn the answer.
[[nodiscard]] std::vector<std::string> reasons_of(const Decision& decision);

/// Why readings of Milan part on this patient; empty where they agree.
[[nodiscard]] std::optional<std::string> contested_on(const std::vector<TenthsMm>& sizes);

}  // namespace downstage::criteria
