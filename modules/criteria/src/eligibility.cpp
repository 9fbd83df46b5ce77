#include "downstage/criteria/eligibility.hpp"

#include "downstage/criteria/milan.hpp"
#include "downstage/criteria/size_probability.hpp"
#include "downstage/criteria/transplant_rules.hpp"

#include "decision.hpp"
#include "quantities.hpp"

#include <algorithm>

namespace downstage::criteria {

namespace {

/// The lesions that have a size; one without can be anything, and is no part of a probability.
TumourBurden burden_of(const ReadLesions& read, const std::vector<PossibleLesion>& possible)
{
    TumourBurden burden{.possible = possible};
    for (const ReadLesion& lesion : read.lesions)
        if (lesion.measured) burden.lesions.push_back(*lesion.measured);
    return burden;
}

bool compares_sizes(const Rule& rule)
{
    return std::ranges::any_of(rule.ways, [](const Way& way) {
        return std::ranges::any_of(way, [](const Condition& c) { return is_size(c.quantity); });
    });
}

std::optional<double> probability_of(const Decision& decision, const EligibilityInput& input)
{
    if (!compares_sizes(decision.rule)) return std::nullopt;  // sizes are the only numbers with an interval
    if (!decision.read.missing.empty())
        return decision.truth == Truth::no ? std::optional{0.0} : std::nullopt;
    const TumourBurden burden = burden_of(decision.read, input.possible);
    const std::optional<double> exact = exact_probability(decision.rule, burden, decision.findings);
    return exact ? *exact : sampled_probability(decision.rule, burden, decision.findings);
}

/// Systemic treatment: nobody says which size Milan reads then, so both are said (RULES.md 6.3).
std::optional<std::string> whole_or_viable(const Decision& decision, const EligibilityInput& input)
{
    const bool both_may_apply = decision.rule.reads == SizeRead::whole && was_treated(input.facts) == true;
    const auto has_viable = [](const SizedLesion& lesion) { return lesion.viable.has_value(); };
    if (!both_may_apply || !std::ranges::all_of(input.lesions, has_viable)) return std::nullopt;
    const ReadLesions viable = read_sizes(input, SizeRead::viable_if_treated);
    const Truth by_viable = truth_of(decision.rule, findings_of(viable, input.facts));
    if (by_viable == decision.truth) return std::nullopt;
    return "after treatment no source says whether the whole lesion or its viable part is meant (RULES 6.3): "
           "by the whole " +
           std::string{word_of(decision.truth)} + ", by the viable part " + std::string{word_of(by_viable)};
}

}  // namespace

Decision decide(const Rule& rule, const EligibilityInput& input)
{
    Decision decision{.rule = rule, .facts = input.facts, .read = read_sizes(input, rule.reads)};
    decision.findings = findings_of(decision.read, input.facts);
    decision.truth = truth_of(rule, decision.findings);
    return decision;
}

std::vector<std::string> missing_of(const Decision& decision)
{
    std::vector<std::string> names;
    if (decision.truth != Truth::unknown) return names;
    const auto add = [&names](std::string_view name) {
        if (std::ranges::find(names, name) == names.end()) names.emplace_back(name);
    };
    const auto add_unknown = [&](const Condition& condition) {
        if (truth_of(condition, decision.findings) != Truth::unknown) return;
        add(is_size(condition.quantity) && !decision.read.missing.empty()
                ? std::string_view{decision.read.missing.front()}
                : words_of(condition.quantity).field);
    };
    for (const Way& way : decision.rule.ways)
        if (all_of(way, decision.findings) == Truth::unknown) std::ranges::for_each(way, add_unknown);
    std::ranges::for_each(decision.rule.always, add_unknown);
    return names;
}

std::optional<std::string> contested_by(const Decision& decision)
{
    const bool needs_a_lesion = std::ranges::count(decision.rule.always, rules::count >= 1) != 0;
    if (needs_a_lesion && decision.read.lesions.empty())
        return "no lesion is counted: after complete necrosis programmes still list the patient as within "
               "criteria, while here there is nothing to qualify";
    for (const Reading& reading : decision.rule.readings) {
        const Truth other = std::min(any_of(reading.ways, decision.findings),
                                     all_of(decision.rule.always, decision.findings));
        if (other == decision.truth) continue;
        return "read here: " + std::string{word_of(decision.truth)} + "; read by " +
               std::string{reading.who} + ": " + std::string{word_of(other)};
    }
    return std::nullopt;
}

bool is_rounding_sensitive(const Decision& decision)
{
    const auto differs = [&](SizeRounding rounding) {
        return truth_of(decision.rule, findings_of(decision.read, decision.facts, rounding)) !=
               decision.truth;
    };
    return differs(SizeRounding::whole_mm) || differs(SizeRounding::raw);
}

Verdict apply(const Rule& rule, const EligibilityInput& input)
{
    const Decision decision = decide(rule, input);
    Verdict verdict{.criterion = std::string{rule.criterion},
                    .headline = &rule == rules::all.front(),
                    .status = status_of(decision.truth),
                    .probability = probability_of(decision, input),
                    .contested = contested_by(decision),
                    .rounding_sensitive = is_rounding_sensitive(decision),
                    .missing = missing_of(decision),
                    .name = std::string{rule.name},
                    .text = std::string{rule.text},
                    .margin = margin_of(decision),
                    .size_read = decision.read.size_read,
                    .path = path_of(decision, status_of(decision.truth)),
                    .counterfactual = counterfactual_of(decision)};
    if (!verdict.contested) verdict.contested = whole_or_viable(decision, input);
    if (const std::optional<Margin> size = margin_of_size(decision)) verdict.margin_mm = size->value;
    verdict.reasons = reasons_of(decision, verdict, input.possible.size());
    return verdict;
}

std::vector<Verdict> eligibility(const EligibilityInput& input)
{
    std::vector<Verdict> verdicts;
    verdicts.reserve(rules::all.size());
    for (const Rule* const rule : rules::all)
        verdicts.push_back(apply(*rule, input));
    return verdicts;
}

std::vector<Verdict> milan(const TumourBurden& burden, const ClinicalFacts& facts)
{
    EligibilityInput input{.possible = burden.possible, .facts = facts};
    for (const LesionSize& size : burden.lesions)
        input.lesions.push_back({.axial = size});
    return {apply(rules::milan_strict, input), apply(rules::milan_acs, input), apply(rules::milan, input)};
}

}  // namespace downstage::criteria
