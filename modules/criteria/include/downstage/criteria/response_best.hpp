#pragma once

#include "downstage/core/timepoint.hpp"

#include <optional>
#include <span>
#include <vector>

/// Best overall response, with and without confirmation (RULES.md 1.36 to 1.38; RECIST 1.1 Table 3).
namespace downstage::criteria {

struct DatedResponse {
    Day day{};
    Response overall{Response::not_evaluable};
};

struct BestResponse {
    Response best{Response::not_evaluable};
    std::optional<Day> response_day;  ///< of the first CR or PR that counts; confirmed, where that is wanted
    friend bool operator==(const BestResponse&, const BestResponse&) = default;
};

struct BestResponseBasis {
    Day baseline_day{};
    bool has_targets{true};  ///< without them nothing is ever "stable": it is non-CR/non-PD (RULES.md 1.35)
};

/// The visits that count: up to and including the first progression, and none after `new_therapy` began.
[[nodiscard]] std::vector<DatedResponse> visits_that_count(std::span<const DatedResponse> visits,
                                                           const std::optional<Day>& new_therapy);

/// The best of `visits`, which are those that count, in order of their days. Stable disease (and
/// non-CR/non-PD) must stand at least `min_sd_days` after baseline; a response that is not confirmed is
/// stable disease, if it stands long enough.
[[nodiscard]] BestResponse best_response(std::span<const DatedResponse> visits,
                                         const BestResponseBasis& basis,
                                         const ResponseOptions& options);

}  // namespace downstage::criteria
