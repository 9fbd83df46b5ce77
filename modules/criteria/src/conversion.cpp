#include "downstage/criteria/conversion.hpp"

#include "downstage/core/error.hpp"
#include "downstage/criteria/transplant_rules.hpp"

#include <algorithm>

namespace downstage::criteria {

namespace {

bool is_wanted(const ConversionProtocol& protocol, Response response)
{
    return std::ranges::find(protocol.responses, response) != protocol.responses.end();
}

/// Days from the first visit of the run of wanted responses that ends at visit `now`; a visit that could not
/// be evaluated neither breaks nor begins a run. Empty while the visit itself could not be evaluated.
std::optional<Day>
held_days(const ConversionProtocol& protocol, std::span<const ConversionVisit> visits, std::size_t now)
{
    if (visits[now].response == Response::not_evaluable) return std::nullopt;
    if (!is_wanted(protocol, visits[now].response)) return 0;
    Day first = visits[now].day;
    for (std::size_t n = now; n-- > 0;) {
        if (visits[n].response == Response::not_evaluable) continue;
        if (!is_wanted(protocol, visits[n].response)) break;
        first = visits[n].day;
    }
    return visits[now].day - first;
}

std::vector<ConversionItem>
items_at(const ConversionProtocol& protocol, std::span<const ConversionVisit> visits, std::size_t now)
{
    const ConversionVisit& visit = visits[now];
    std::vector<ConversionItem> items = conversion_items_now(protocol, visit.input, visit.day);
    if (protocol.responses.empty()) return items;
    // Response and its stability stand behind the cycles, where a reader looks for them.
    const auto place = items.begin() + (protocol.min_cycles ? 1 : 0);
    items.insert(place,
                 {response_item(protocol, visit.response),
                  stability_item(protocol, held_days(protocol, visits, now))});
    return items;
}

/// Carries the first day of an unbroken run over from the visit before.
void set_since(std::vector<ConversionItem>& items, const std::vector<Conversion>& before, Day today)
{
    for (std::size_t n = 0; n < items.size(); ++n) {
        const bool goes_on = !before.empty() && before.back().items[n].status == items[n].status;
        items[n].since = goes_on ? before.back().items[n].since : today;
    }
}

}  // namespace

ConversionStatus status_of(std::span<const ConversionItem> items)
{
    const auto any = [items](ItemStatus status) {
        return std::ranges::any_of(items, [status](const ConversionItem& i) { return i.status == status; });
    };
    if (any(ItemStatus::unmet)) return ConversionStatus::not_eligible;
    return any(ItemStatus::unknown) ? ConversionStatus::indeterminate : ConversionStatus::eligible;
}

std::vector<Conversion> conversion(const ConversionProtocol& protocol,
                                   std::span<const ConversionVisit> visits)
{
    std::vector<Conversion> answers;
    std::optional<Day> first_eligible;
    for (std::size_t n = 0; n < visits.size(); ++n) {
        Conversion answer{.items = items_at(protocol, visits, n)};
        set_since(answer.items, answers, visits[n].day);
        answer.status = status_of(answer.items);
        if (answer.status == ConversionStatus::eligible && !first_eligible) first_eligible = visits[n].day;
        answer.first_eligible = first_eligible;
        answers.push_back(std::move(answer));
    }
    return answers;
}

const Rule& rule_by_name(std::string_view criterion)
{
    const auto* const found =
        std::ranges::find(rules::all, criterion, [](const Rule* rule) { return rule->criterion; });
    if (found == rules::all.end())
        throw Error{Errc::input,
                    "there is no criterion '" + std::string{criterion} + "'; docs/criteria.md lists them"};
    return **found;
}

}  // namespace downstage::criteria
