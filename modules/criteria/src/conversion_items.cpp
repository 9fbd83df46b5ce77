#include "downstage/core/text.hpp"
#include "downstage/criteria/child_pugh.hpp"
#include "downstage/criteria/conversion.hpp"
#include "downstage/criteria/liver_volume.hpp"

#include <algorithm>

namespace downstage::criteria {

namespace {

ItemStatus status_of(bool is_met)
{
    return is_met ? ItemStatus::met : ItemStatus::unmet;
}

ItemStatus status_of(VerdictStatus verdict)
{
    switch (verdict) {
    case VerdictStatus::met: return ItemStatus::met;
    case VerdictStatus::not_met: return ItemStatus::unmet;
    case VerdictStatus::indeterminate: break;
    }
    return ItemStatus::unknown;
}

std::string number_text(double value)
{
    return fixed(value, value == static_cast<double>(static_cast<std::int64_t>(value)) ? 0 : 1);
}

enum class Side { at_most, at_least, below };

/// A number against its limit.
struct Asked {
    std::string name, what, unit, field;
    Side side{Side::at_least};
    double limit{};
};

bool keeps(const Asked& asked, double value)
{
    switch (asked.side) {
    case Side::at_most: return value <= asked.limit;
    case Side::at_least: return value >= asked.limit;
    case Side::below: return value < asked.limit;
    }
    return false;
}

std::string_view word_of(Side side)
{
    switch (side) {
    case Side::at_most: return "at most ";
    case Side::at_least: return "at least ";
    case Side::below: return "below ";
    }
    return "";
}

ConversionItem compared(const Asked& asked, const std::optional<double>& value)
{
    const std::string unit = asked.unit.empty() ? "" : " " + asked.unit;
    ConversionItem item{.name = asked.name,
                        .words = asked.what + " " + std::string{word_of(asked.side)} +
                                 number_text(asked.limit) + unit + ": " +
                                 (value ? number_text(*value) + unit : std::string{"unknown"}),
                        .rule = "5.27",
                        .unit = asked.unit};
    if (!value) {
        item.missing = {asked.field};
        return item;
    }
    item.status = status_of(keeps(asked, *value));
    item.margin = asked.side == Side::at_least ? *value - asked.limit : asked.limit - *value;
    return item;
}

std::string said(const std::optional<bool>& fact, std::string_view yes, std::string_view no)
{
    if (!fact) return "unknown";
    return std::string{*fact ? yes : no};
}

std::optional<double> as_number(const std::optional<std::int32_t>& value)
{
    return value ? std::optional{static_cast<double>(*value)} : std::nullopt;
}

ConversionItem absent(const std::string& name, const std::string& field, const std::optional<bool>& fact)
{
    std::string words = field;
    std::ranges::replace(words, '_', ' ');
    ConversionItem item{.name = name, .rule = "5.27"};
    item.words = "no " + words + ": " + said(fact, "present", "absent");
    if (fact)
        item.status = status_of(!*fact);
    else
        item.missing = {field};
    return item;
}

ConversionItem child_item(const ConversionProtocol& protocol, const ClinicalFacts& facts)
{
    const Staging staging = child_pugh(facts);
    const std::optional<ChildClass> child = child_class(facts);
    ConversionItem item{.name = "child", .rule = "5.23, 5.27", .contested = staging.contested};
    std::string wanted;
    for (const ChildClass one : protocol.child_pugh)
        wanted += (wanted.empty() ? "" : " or ") + std::string{"ABC"[static_cast<std::size_t>(one)]};
    item.words = "Child-Pugh class " + wanted + ": " + staging.stage.value_or("unknown");
    if (staging.score) item.words += ", " + number_text(*staging.score) + " points";
    if (child)
        item.status = status_of(std::ranges::find(protocol.child_pugh, *child) != protocol.child_pugh.end());
    else
        item.missing = staging.missing;
    return item;
}

ConversionItem size_item(const ConversionProtocol& protocol, const EligibilityInput& input)
{
    const Verdict verdict = apply(rule_by_name(*protocol.size_rule), input);
    ConversionItem item{.name = "size",
                        .status = status_of(verdict.status),
                        .words = "inside " + verdict.name + " now (" + verdict.size_read + ")",
                        .rule = "5.27, 6.2",
                        .margin = verdict.margin_mm,
                        .unit = "mm",
                        .missing = verdict.missing,
                        .contested = verdict.contested};
    if (verdict.counterfactual) item.words += "; " + verdict.counterfactual->sentence;
    return item;
}

ConversionItem remnant_item(const ConversionProtocol& protocol, const ClinicalFacts& facts)
{
    const Verdict verdict = remnant(facts,
                                    {.cirrhosis_percent = protocol.remnant_cirrhosis_percent,
                                     .normal_percent = protocol.remnant_normal_percent});
    ConversionItem item{.name = "flr",
                        .status = status_of(verdict.status),
                        .words = "remnant " + verdict.text,
                        .rule = "5.25, 5.27",
                        .unit = "%",
                        .missing = verdict.missing,
                        .contested = verdict.contested};
    if (verdict.margin) item.margin = verdict.margin->value;
    if (!verdict.path.empty()) item.words += ": " + verdict.path.front().inputs;
    return item;
}

ConversionItem r0_item(const ClinicalFacts& facts)
{
    ConversionItem item{.name = "r0", .rule = "5.27"};
    item.words =
        std::string{"complete removal judged feasible by a surgeon: "} + said(facts.r0_feasible, "yes", "no");
    if (facts.r0_feasible)
        item.status = status_of(*facts.r0_feasible);
    else
        item.missing = {"r0_feasible"};
    return item;
}

ConversionItem washout_item(std::int32_t min_days, const ClinicalFacts& facts, Day today)
{
    const std::optional<double> days =
        facts.last_immunotherapy ? std::optional{static_cast<double>(today - *facts.last_immunotherapy)}
                                 : std::nullopt;
    return compared({.name = "washout",
                     .what = "time since the last dose",
                     .unit = "days",
                     .field = "last_immunotherapy",
                     .limit = static_cast<double>(min_days)},
                    days);
}

ConversionItem icg_item(double limit_percent, const std::optional<double>& icg_r15_percent)
{
    ConversionItem item = compared({.name = "icg",
                                    .what = "ICG-R15",
                                    .unit = "%",
                                    .field = "icg_r15_percent",
                                    .side = Side::below,
                                    .limit = limit_percent},
                                   icg_r15_percent);
    // Makuuchi's limits by the extent of resection begin at 10 %.
    constexpr double lowest_cut_off = 10.0;
    constexpr double highest_cut_off = 30.0;
    const double value = icg_r15_percent.value_or(0.0);
    if (value > lowest_cut_off && value <= highest_cut_off)
        item.contested = "the cut-off differs by centre (10, 20 or 30 %)";
    return item;
}

void add_measured_items(std::vector<ConversionItem>& items,
                        const ConversionProtocol& protocol,
                        const ClinicalFacts& facts)
{
    if (protocol.remnant) items.push_back(remnant_item(protocol, facts));
    if (protocol.icg_r15_below_percent)
        items.push_back(icg_item(*protocol.icg_r15_below_percent, facts.icg_r15_percent));
    if (protocol.max_afp_ng_ml)
        items.push_back(compared({.name = "afp",
                                  .what = "AFP",
                                  .unit = "ng/mL",
                                  .field = "afp_ng_ml",
                                  .side = Side::at_most,
                                  .limit = *protocol.max_afp_ng_ml},
                                 facts.afp_ng_ml));
    if (protocol.r0_feasible) items.push_back(r0_item(facts));
}

std::string_view word_of(Response response)
{
    switch (response) {
    case Response::complete: return "CR";
    case Response::partial: return "PR";
    case Response::stable: return "SD";
    case Response::progressive: return "PD";
    case Response::non_cr_non_pd: return "non-CR/non-PD";
    case Response::not_evaluable: return "NE";
    case Response::not_applicable: break;
    }
    return "none yet";
}

}  // namespace

std::vector<ConversionItem>
conversion_items_now(const ConversionProtocol& protocol, const EligibilityInput& input, Day today)
{
    const ClinicalFacts& facts = input.facts;
    std::vector<ConversionItem> items;
    if (protocol.min_cycles)
        items.push_back(compared({.name = "cycles",
                                  .what = "cycles of immunotherapy",
                                  .field = "immunotherapy_cycles",
                                  .limit = static_cast<double>(*protocol.min_cycles)},
                                 as_number(facts.immunotherapy_cycles)));
    if (protocol.size_rule) items.push_back(size_item(protocol, input));
    if (!protocol.child_pugh.empty()) items.push_back(child_item(protocol, facts));
    if (protocol.max_ecog)
        items.push_back(compared({.name = "ecog",
                                  .what = "ECOG",
                                  .field = "ecog",
                                  .side = Side::at_most,
                                  .limit = static_cast<double>(*protocol.max_ecog)},
                                 as_number(facts.ecog)));
    if (protocol.no_extrahepatic_disease)
        items.push_back(absent("extrahepatic", "extrahepatic_disease", facts.extrahepatic_disease));
    if (protocol.no_macrovascular_invasion)
        items.push_back(absent("macrovascular", "macrovascular_invasion", facts.macrovascular_invasion));
    add_measured_items(items, protocol, facts);
    if (protocol.min_days_since_immunotherapy)
        items.push_back(washout_item(*protocol.min_days_since_immunotherapy, facts, today));
    return items;
}

ConversionItem response_item(const ConversionProtocol& protocol, Response response)
{
    std::string wanted;
    for (const Response one : protocol.responses)
        wanted += (wanted.empty() ? "" : " or ") + std::string{word_of(one)};
    ConversionItem item{.name = "response",
                        .words = "response " + wanted + ": " + std::string{word_of(response)},
                        .rule = "5.27"};
    if (response == Response::not_evaluable) {
        item.missing = {"response"};
        return item;
    }
    item.status = status_of(std::ranges::find(protocol.responses, response) != protocol.responses.end());
    if (response == Response::stable)
        item.contested = "some protocols ask for an objective response, others take lasting stable disease";
    return item;
}

ConversionItem stability_item(const ConversionProtocol& protocol, std::optional<Day> held_days)
{
    const auto weeks = [](Day days) { return static_cast<double>(days) / 7.0; };
    return compared({.name = "stability",
                     .what = "response kept for",
                     .unit = "weeks",
                     .field = "response",
                     .limit = static_cast<double>(protocol.hold_weeks)},
                    held_days ? std::optional{weeks(*held_days)} : std::nullopt);
}

}  // namespace downstage::criteria
