#pragma once

#include "downstage/core/protocol.hpp"
#include "downstage/criteria/eligibility.hpp"

#include <span>
#include <vector>

namespace downstage::criteria {

/// What a protocol reads at one visit. Responses are those of the protocol's rule; at baseline there is none
/// (`not_applicable`).
struct ConversionVisit {
    Day day{};
    EligibilityInput input;
    Response response{Response::not_applicable};
    bool is_baseline{};
};

/// Every item of the protocol at each visit, with `since`, and the first day on which all were met (RULES.md
/// 5.27). One unmet item decides; else one unknown leaves it open (RULES.md 0.4). Visits in the order of
/// their days.
[[nodiscard]] std::vector<Conversion> conversion(const ConversionProtocol& protocol,
                                                 std::span<const ConversionVisit> visits);

/// Items that need no history: all but response and stability.
[[nodiscard]] std::vector<ConversionItem>
conversion_items_now(const ConversionProtocol& protocol, const EligibilityInput& input, Day today);

/// The response item and, where a response holds, how many weeks it has been kept.
[[nodiscard]] ConversionItem response_item(const ConversionProtocol& protocol, Response response);
[[nodiscard]] ConversionItem stability_item(const ConversionProtocol& protocol, std::optional<Day> held_days);

[[nodiscard]] ConversionStatus status_of(std::span<const ConversionItem> items);

/// The rule of transplant_rules.hpp with this name. Throws `Error{input}` naming it where there is none.
[[nodiscard]] const Rule& rule_by_name(std::string_view criterion);

}  // namespace downstage::criteria
