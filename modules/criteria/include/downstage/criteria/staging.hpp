#pragma once

#include "downstage/criteria/eligibility.hpp"
#include "downstage/criteria/rule.hpp"

#include <string_view>
#include <vector>

/// Systems that answer with one stage of several, as data: the first stage that holds is the answer.
namespace downstage::criteria {

struct Stage {
    std::string_view name;
    Few<Way, 10> ways;  ///< any of them; those of the stages before it do not hold
};

/// Said where a patient lies just where readings part.
struct ContestedAt {
    Way where;
    std::string_view why;
    std::string_view stage;  ///< only where this is the answer; empty: whatever it is
};

struct StagingTable {
    std::string_view system;  ///< as the contract names it
    std::string_view name, row, source;
    Few<Stage, 8> stages;
    Few<ContestedAt, 4> contested;
};

/// The stage of one patient by the whole lesion, or the stages that unknown facts leave. No stage where no
/// lesion is counted and none needs none.
[[nodiscard]] Staging stage_of(const StagingTable& table, const EligibilityInput& input);

/// Every staging and score: BCLC, AJCC 8 T and stage, ACS band, French AFP points, Child-Pugh, ALBI, days
/// since immunotherapy where a day is given (`today`, counted from 1970-01-01).
[[nodiscard]] std::vector<Staging> stagings(const EligibilityInput& input, const std::optional<Day>& today);

}  // namespace downstage::criteria
