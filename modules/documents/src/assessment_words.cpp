#include "assessment_words.hpp"

#include "clinical_fields.hpp"
#include "words.hpp"

#include <algorithm>

namespace downstage::documents {
namespace {

/// Blood values and percentages.
constexpr int value_decimals = 2;

template <typename T, typename ToJson>
Json list(const std::vector<T>& items, const ToJson& to_json)
{
    Json out = Json::array();
    for (const T& item : items)
        out.push_back(to_json(item));
    return out;
}

Json path_step(const PathStep& step)
{
    return {{"rule", text(step.rule)},
            {"source", text(step.source)},
            {"inputs", text(step.inputs)},
            {"comparison", text(step.comparison)},
            {"result", text(step.result)}};
}

Json margin(const std::optional<Margin>& margin)
{
    if (!margin) return nullptr;
    return {{"value", number(margin->value, value_decimals)},
            {"unit", text(margin->unit)},
            {"of", text(margin->of)}};
}

Json counterfactual(const std::optional<Counterfactual>& change)
{
    if (!change) return nullptr;
    return {{"sentence", change->sentence},
            {"lesion", text(change->lesion)},
            {"from", number(change->from, value_decimals)},
            {"to", number(change->to, value_decimals)},
            {"unit", text(change->unit)}};
}

Json item_json(const ConversionItem& item)
{
    return {{"item", item.name},
            {"status", word(item.status)},
            {"words", text(item.words)},
            {"rule", text(item.rule)},
            {"margin", number(item.margin, value_decimals)},
            {"unit", text(item.unit)},
            {"since", item.since ? Json(date_text(*item.since)) : Json(nullptr)},
            {"missing", item.missing},
            {"contested", text(item.contested)}};
}

}  // namespace

Json word(Response response)
{
    switch (response) {
    case Response::complete: return "CR";
    case Response::partial: return "PR";
    case Response::stable: return "SD";
    case Response::progressive: return "PD";
    case Response::non_cr_non_pd: return "NON-CR/NON-PD";
    case Response::not_evaluable: return "NE";
    case Response::not_applicable: break;
    }
    return nullptr;
}

Json word(ImmuneResponse response)
{
    switch (response) {
    case ImmuneResponse::complete: return "iCR";
    case ImmuneResponse::partial: return "iPR";
    case ImmuneResponse::stable: return "iSD";
    case ImmuneResponse::non_cr_non_pd: return "iNON-CR/NON-UPD";
    case ImmuneResponse::unconfirmed_progressive: return "iUPD";
    case ImmuneResponse::confirmed_progressive: return "iCPD";
    case ImmuneResponse::not_evaluable: break;
    }
    return "NE";
}

std::string word(ItemStatus status)
{
    switch (status) {
    case ItemStatus::met: return "met";
    case ItemStatus::unmet: return "unmet";
    case ItemStatus::unknown: break;
    }
    return "unknown";
}

std::string word(ConversionStatus status)
{
    switch (status) {
    case ConversionStatus::eligible: return "eligible";
    case ConversionStatus::not_eligible: return "not_eligible";
    case ConversionStatus::indeterminate: break;
    }
    return "indeterminate";
}

Json verdict_json(const Verdict& verdict, Paths paths)
{
    Json out{{"criterion", verdict.criterion},
             {"headline", verdict.headline},
             {"status", word(verdict.status)},
             {"probability", number(verdict.probability, decimals::probability)},
             {"margin_mm", number(verdict.margin_mm, decimals::mm)},
             {"contested", text(verdict.contested)},
             {"reasons", verdict.reasons},
             {"missing", verdict.missing},
             {"rounding_sensitive", verdict.rounding_sensitive},
             {"name", text(verdict.name)},
             {"rule", text(verdict.text)},
             {"size_read", text(verdict.size_read)},
             {"margin", margin(verdict.margin)},
             {"counterfactual", counterfactual(verdict.counterfactual)}};
    if (paths == Paths::written) out["path"] = list(verdict.path, path_step);
    return out;
}

Json staging_json(const Staging& staging, Paths paths)
{
    Json out{{"system", staging.system},
             {"name", text(staging.name)},
             {"stage", text(staging.stage)},
             {"possible", staging.possible},
             {"score", number(staging.score, value_decimals)},
             {"contested", text(staging.contested)},
             {"rounding_sensitive", staging.rounding_sensitive},
             {"missing", staging.missing}};
    if (paths == Paths::written) out["path"] = list(staging.path, path_step);
    return out;
}

Json conversion_json(const Conversion& conversion)
{
    Json reasons = Json::array();
    Json missing = Json::array();
    for (const ConversionItem& item : conversion.items) {
        if (item.status != ItemStatus::met) reasons.push_back(word(item.status) + ": " + item.words);
        for (const std::string& fact : item.missing)
            if (item.status == ItemStatus::unknown &&
                std::find(missing.begin(), missing.end(), fact) == missing.end())
                missing.push_back(fact);
    }
    return {{"status", word(conversion.status)},
            {"first_eligible",
             conversion.first_eligible ? Json(date_text(*conversion.first_eligible)) : Json(nullptr)},
            {"reasons", reasons},
            {"missing", missing},
            {"items", list(conversion.items, item_json)}};
}

}  // namespace downstage::documents
