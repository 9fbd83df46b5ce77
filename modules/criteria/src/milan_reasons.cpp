#include "milan_reasons.hpp"

#include "downstage/core/text.hpp"

#include <algorithm>

namespace downstage::criteria {

namespace {

std::string in_mm(TenthsMm tenths)
{
    return mm_text(from_tenths(tenths));
}

std::string lesions_in_words(std::size_t count)
{
    return std::to_string(count) + (count == 1 ? " lesion" : " lesions");
}

std::string joined(const std::vector<std::string>& parts, const std::string& between)
{
    std::string text;
    for (const std::string& part : parts)
        text += (text.empty() ? "" : between) + part;
    return text;
}

std::string limit_in_words(const SizeLimit& limit)
{
    return (limit.at_limit == AtLimit::included ? "at most " : "under ") + in_mm(limit.limit);
}

/// The largest size in whole tenths that keeps the limit.
TenthsMm largest_within(const SizeLimit& limit)
{
    return limit.at_limit == AtLimit::included ? limit.limit : limit.limit - 1;
}

std::string rule_line(const SizeRule& rule)
{
    return std::string{rule.criterion} + ": " + std::string{rule.text} +
           ", no macrovascular invasion, no extrahepatic disease (" + std::string{rule.source} + ")";
}

std::string count_line(const Decision& decision)
{
    std::string line = "counted: " + lesions_in_words(decision.sizes.size());
    if (decision.possible_count > 0)
        line += "; " + std::to_string(decision.possible_count) +
                " possible enter the probability only, not the count (RULES 6.5)";
    return line;
}

std::string sizes_line(const std::vector<TenthsMm>& sizes)
{
    std::vector<std::string> texts;
    texts.reserve(sizes.size());
    for (const TenthsMm size : sizes)
        texts.push_back(in_mm(size));
    return "longest diameters, each rounded once to 0.1 mm (RULES 0.2): " + joined(texts, ", ");
}

std::string comparison_line(const Decision& decision)
{
    const std::size_t count = decision.sizes.size();
    const SizeLimit& limit = limit_for(decision.rule, count);
    switch (decision.by_size) {
    case SizeAnswer::no_tumour: return "no lesion is counted, so there is nothing to qualify: not met";
    case SizeAnswer::too_many:
        return lesions_in_words(count) + " are more than " + std::to_string(decision.rule.most_lesions) +
               ": size and number are not met";
    case SizeAnswer::too_large:
        return "largest " + in_mm(decision.sizes.front()) + " is not " + limit_in_words(limit) +
               ": size and number are not met";
    case SizeAnswer::inside: break;
    }
    return "largest " + in_mm(decision.sizes.front()) + " is " + limit_in_words(limit) +
           ": size and number are met";
}

std::string exclusion_line(const Exclusion& exclusion)
{
    if (!exclusion.present) return exclusion.words + ": unknown, and unknown is not no (RULES 0.4)";
    return exclusion.words + (*exclusion.present ? ": present, which excludes" : ": absent");
}

std::string probability_line(const Decision& decision)
{
    const bool excluded =
        std::ranges::any_of(decision.exclusions, [](const Exclusion& e) { return e.present == true; });
    if (excluded) return "probability 0: an exclusion is present";
    std::vector<std::string> unknown;
    for (const Exclusion& exclusion : decision.exclusions)
        if (!exclusion.present) unknown.push_back("no " + exclusion.words);
    const std::string condition =
        unknown.empty() ? "" : ", on the condition that there is " + joined(unknown, " and ");
    return "probability " + fixed(decision.probability, 3) +
           " by size and number from the 95 % intervals (RULES section 5, Uncertainty)" + condition;
}

/// What would bring the sizes within the limits, or that no single change does.
std::string way_in(const Decision& decision)
{
    const SizeRule& rule = decision.rule;
    const std::vector<TenthsMm>& sizes = decision.sizes;
    if (sizes.empty()) return "one lesion within the limits would meet size and number";
    std::vector<std::string> ways;
    const SizeLimit& limit = limit_for(rule, sizes.size());
    const bool only_one_is_too_large =
        decision.by_size == SizeAnswer::too_large && (sizes.size() == 1 || within(sizes[1], limit));
    if (only_one_is_too_large)
        ways.push_back("the largest lesion measured " + in_mm(sizes.front() - largest_within(limit)) +
                       " less, " + in_mm(largest_within(limit)));
    const std::vector<TenthsMm> without_largest(sizes.begin() + 1, sizes.end());
    const std::vector<TenthsMm> only_largest{sizes.front()};
    const auto fits = [&rule](const std::vector<TenthsMm>& rest) {
        return answer_by_size(rule, rest) == SizeAnswer::inside;
    };
    if (fits(without_largest)) ways.emplace_back("the largest lesion did not count");
    if (sizes.size() == 2 && fits(only_largest)) ways.emplace_back("the smaller lesion did not count");
    if (ways.empty()) return "no change of a single lesion would meet size and number";
    return "size and number would be met if " + joined(ways, ", or if ");
}

/// What would carry the sizes over a limit.
std::string way_out(const Decision& decision)
{
    const SizeRule& rule = decision.rule;
    const std::size_t count = decision.sizes.size();
    const SizeLimit& limit = limit_for(rule, count);
    std::string words = "size and number would fail if the largest lesion measured " +
                        in_mm(largest_within(limit) + 1 - decision.sizes.front()) + " more, " +
                        in_mm(largest_within(limit) + 1);
    const bool another_fits = count < rule.most_lesions && within(decision.sizes.front(), rule.each);
    if (!another_fits) words += ", or if one more lesion counted";
    return words;
}

std::string counterfactual(const Decision& decision)
{
    std::vector<std::string> present;
    std::vector<std::string> unknown;
    for (const Exclusion& exclusion : decision.exclusions) {
        if (exclusion.present == true) present.push_back(exclusion.words);
        if (!exclusion.present) unknown.push_back(exclusion.words);
    }
    const bool inside = decision.by_size == SizeAnswer::inside;
    if (!inside && !present.empty())
        return "no single change turns the answer: size or number fail and an exclusion is present";
    if (present.size() > 1) return "no single change turns the answer: two exclusions are present";
    if (!present.empty()) return "to turn the answer: " + present.front() + " absent";
    if (!inside) return "to turn the answer: " + way_in(decision);
    if (!unknown.empty())
        return "to settle the answer: it is met when " + joined(unknown, " and ") +
               (unknown.size() == 1 ? " is absent" : " are both absent") + ", not met otherwise; " +
               way_out(decision);
    return "to turn the answer: " + way_out(decision);
}

}  // namespace

std::vector<std::string> reasons_of(const Decision& decision)
{
    std::vector<std::string> reasons{rule_line(decision.rule), count_line(decision)};
    if (!decision.sizes.empty()) reasons.push_back(sizes_line(decision.sizes));
    reasons.push_back(comparison_line(decision));
    for (const Exclusion& exclusion : decision.exclusions)
        reasons.push_back(exclusion_line(exclusion));
    reasons.push_back(probability_line(decision));
    reasons.push_back(counterfactual(decision));
    return reasons;
}

std::optional<std::string> contested_on(const std::vector<TenthsMm>& sizes)
{
    if (sizes.empty())
        return "no lesion is counted: after complete necrosis programmes still list the patient as within "
               "criteria, while here there is nothing to qualify";
    const auto inside = [&sizes](const SizeRule& rule) {
        return answer_by_size(rule, sizes) == SizeAnswer::inside;
    };
    if (inside(milan_acs) != inside(milan_1996))
        return "a single lesion of exactly 50.0 mm: the 1996 paper includes it (<= 5 cm), the American "
               "Cancer "
               "Society's wording and the strict reading exclude it (< 5 cm)";
    if (inside(milan_strict) != inside(milan_acs))
        return "the largest of two or three lesions is exactly 30.0 mm: the 1996 paper and the American "
               "Cancer "
               "Society include it (none above 3 cm), the strict reading excludes it";
    return std::nullopt;
}

}  // namespace downstage::criteria
