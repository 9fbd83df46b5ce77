#include "downstage/criteria/milan.hpp"

#include "downstage/criteria/size_probability.hpp"
#include "downstage/criteria/size_rule.hpp"

#include "milan_reasons.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace downstage::criteria {

namespace {

/// Sizes in whole tenths as `quantised` makes them, largest first.
template <typename Quantise>
std::vector<TenthsMm> sizes_of(const TumourBurden& burden, const Quantise& quantised)
{
    std::vector<TenthsMm> sizes;
    sizes.reserve(burden.lesions.size());
    for (const LesionSize& lesion : burden.lesions)
        sizes.push_back(quantised(lesion.diameter_mm));
    std::ranges::sort(sizes, std::greater{});
    return sizes;
}

TenthsMm to_whole_mm(double length_mm)
{
    return 10 * std::llround(length_mm);
}

/// Not rounded: whole tenths that compare with any limit, which is a whole number of tenths, as the raw value
/// does.
bool raw_is_inside(const SizeRule& rule, const TumourBurden& burden)
{
    const std::size_t count = burden.lesions.size();
    if (count == 0 || count > rule.most_lesions) return false;
    const SizeLimit& limit = limit_for(rule, count);
    const double limit_mm = from_tenths(limit.limit);
    return std::ranges::all_of(burden.lesions, [&](const LesionSize& lesion) {
        return lesion.diameter_mm < limit_mm ||
               (lesion.diameter_mm <= limit_mm && limit.at_limit == AtLimit::included);
    });
}

/// RULES.md 0.2: raw, 0.1 mm and 1 mm (which is 0.1 cm) are the customary roundings.
bool is_rounding_sensitive(const SizeRule& rule, const TumourBurden& burden)
{
    const auto inside = [&rule](const std::vector<TenthsMm>& sizes) {
        return answer_by_size(rule, sizes) == SizeAnswer::inside;
    };
    const bool by_tenths = inside(sizes_of(burden, to_tenths));
    return by_tenths != raw_is_inside(rule, burden) || by_tenths != inside(sizes_of(burden, to_whole_mm));
}

/// Millimetres from the largest lesion to its limit; empty where the number decides.
std::optional<double> margin_mm(const Decision& decision)
{
    if (decision.by_size == SizeAnswer::no_tumour || decision.by_size == SizeAnswer::too_many)
        return std::nullopt;
    const SizeLimit& limit = limit_for(decision.rule, decision.sizes.size());
    return from_tenths(limit.limit - decision.sizes.front());
}

bool is_excluded(const std::vector<Exclusion>& exclusions)
{
    return std::ranges::any_of(exclusions, [](const Exclusion& e) { return e.present == true; });
}

std::vector<std::string> unknown_names(const std::vector<Exclusion>& exclusions)
{
    std::vector<std::string> names;
    for (const Exclusion& exclusion : exclusions)
        if (!exclusion.present) names.push_back(exclusion.name);
    return names;
}

/// Three-valued and: whatever is surely false decides before anything unknown does (RULES.md 0.4).
VerdictStatus status_of(SizeAnswer by_size, const std::vector<Exclusion>& exclusions)
{
    if (by_size != SizeAnswer::inside || is_excluded(exclusions)) return VerdictStatus::not_met;
    return unknown_names(exclusions).empty() ? VerdictStatus::met : VerdictStatus::indeterminate;
}

Decision decide(const SizeRule& rule, const TumourBurden& burden, const ClinicalFacts& facts)
{
    Decision decision{
        .rule = rule, .sizes = sizes_of(burden, to_tenths), .possible_count = burden.possible.size()};
    decision.exclusions = {{.name = "macrovascular_invasion",
                            .words = "macrovascular invasion",
                            .present = facts.macrovascular_invasion},
                           {.name = "extrahepatic_disease",
                            .words = "extrahepatic disease",
                            .present = facts.extrahepatic_disease}};
    decision.by_size = answer_by_size(rule, decision.sizes);
    decision.status = status_of(decision.by_size, decision.exclusions);
    decision.probability = is_excluded(decision.exclusions) ? 0.0 : probability_by_size(rule, burden);
    return decision;
}

Verdict verdict_of(const SizeRule& rule, const TumourBurden& burden, const ClinicalFacts& facts)
{
    const Decision decision = decide(rule, burden, facts);
    const bool excluded = is_excluded(decision.exclusions);
    const bool is_open = decision.status == VerdictStatus::indeterminate;
    return {.criterion = std::string{rule.criterion},
            .headline = rule.criterion == milan_rules.front().criterion,
            .status = decision.status,
            .probability = decision.probability,
            .margin_mm = margin_mm(decision),
            .contested = excluded ? std::nullopt : contested_on(decision.sizes),
            .rounding_sensitive = !excluded && is_rounding_sensitive(rule, burden),
            .reasons = reasons_of(decision),
            .missing = is_open ? unknown_names(decision.exclusions) : std::vector<std::string>{}};
}

}  // namespace

std::vector<Verdict> milan(const TumourBurden& burden, const ClinicalFacts& facts)
{
    std::vector<Verdict> verdicts;
    verdicts.reserve(milan_rules.size());
    for (const SizeRule& rule : milan_rules)
        verdicts.push_back(verdict_of(rule, burden, facts));
    return verdicts;
}

}  // namespace downstage::criteria
