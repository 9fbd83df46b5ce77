#include "downstage/core/text.hpp"

#include "decision.hpp"
#include "quantities.hpp"

#include <algorithm>

namespace downstage::criteria {

namespace {

std::string joined(const std::vector<std::string>& parts, const std::string& between)
{
    std::string text;
    for (const std::string& part : parts)
        text += (text.empty() ? "" : between) + part;
    return text;
}

std::string lesions_in_words(std::size_t count)
{
    return std::to_string(count) + (count == 1 ? " lesion" : " lesions");
}

std::string size_text(const ReadLesion& lesion)
{
    if (!lesion.measured) return lesion.name + " not measured, at most " + mm_text(lesion.highest_mm);
    return lesion.name + " " + mm_text(from_tenths(to_tenths(lesion.measured->diameter_mm)));
}

std::string inputs_text(const Decision& decision, const Condition& condition)
{
    const Range& known = decision.findings.of(condition.quantity);
    std::string text{words_of(condition.quantity).words};
    text += " " + range_text(condition.quantity, known);
    const bool names_largest =
        condition.quantity == Quantity::largest || condition.quantity == Quantity::largest_plus_count;
    if (names_largest && !decision.read.lesions.empty())
        text += " (" + decision.read.lesions.front().name + ")";
    if (condition.quantity == Quantity::smallest && !decision.read.lesions.empty())
        text += " (" + decision.read.lesions.back().name + ")";
    return text;
}

std::string result_text(Truth truth)
{
    if (truth == Truth::unknown) return "unknown, and unknown is not no (RULES 0.4)";
    return std::string{word_of(truth)};
}

PathStep step_of(const Decision& decision, const Condition& condition)
{
    return {.rule = std::string{decision.rule.row},
            .source = std::string{decision.rule.source},
            .inputs = inputs_text(decision, condition),
            .comparison = comparison_text(condition, decision.findings.of(condition.quantity)),
            .result = result_text(truth_of(condition, decision.findings))};
}

/// A way that the number closes says only that.
void add_way(std::vector<PathStep>& path, const Decision& decision, const Way& way)
{
    const auto closes = [&](const Condition& condition) {
        return condition.quantity == Quantity::count && truth_of(condition, decision.findings) == Truth::no;
    };
    const auto* const closed = std::ranges::find_if(way, closes);
    if (closed != way.end()) {
        path.push_back(step_of(decision, *closed));
        path.back().result = "no: this way is closed";
        return;
    }
    for (const Condition& condition : way)
        path.push_back(step_of(decision, condition));
}

std::string_view word_of_status(VerdictStatus status)
{
    switch (status) {
    case VerdictStatus::met: return "met";
    case VerdictStatus::not_met: return "not met";
    case VerdictStatus::indeterminate: break;
    }
    return "indeterminate";
}

std::string rule_line(const Rule& rule)
{
    std::string line = std::string{rule.criterion} + ": " + std::string{rule.text};
    for (const Condition& condition : rule.always)
        if (words_of(condition.quantity).kind == QuantityKind::fact)
            line += std::string{condition.limit == 0 ? ", no " : ", "} +
                    std::string{words_of(condition.quantity).words};
    return line + " (RULES " + std::string{rule.row} + "; " + std::string{rule.source} + ")";
}

std::string count_line(const Decision& decision, std::size_t possible_count)
{
    std::string line = "counted: " + lesions_in_words(decision.read.lesions.size());
    if (possible_count > 0)
        line += "; " + std::to_string(possible_count) +
                " possible enter the probability only, not the count (RULES 6.5)";
    return line;
}

std::string sizes_line(const ReadLesions& read)
{
    std::vector<std::string> texts;
    texts.reserve(read.lesions.size());
    for (const ReadLesion& lesion : read.lesions)
        texts.push_back(size_text(lesion));
    return "sizes (" + read.size_read +
           "; RULES 6.2), each rounded once to 0.1 mm (0.2): " + joined(texts, ", ");
}

std::string step_line(const PathStep& step)
{
    return step.inputs + ": " + step.comparison + "? " + step.result;
}

std::string probability_line(const Decision& decision, const Verdict& verdict)
{
    if (!verdict.probability) return "no probability: no size with an interval decides";
    std::string line = "probability " + fixed(*verdict.probability, 3) +
                       " from the 95 % intervals of the sizes (RULES section 5, Uncertainty)";
    if (!verdict.missing.empty()) {
        std::vector<std::string> unknown = verdict.missing;
        for (std::string& name : unknown)
            std::ranges::replace(name, '_', ' ');
        line += ", on the condition that what is unknown is in favour: " + joined(unknown, ", ");
    } else if (decision.truth == Truth::no && verdict.probability == 0.0) {
        line += ": no size within its interval changes the answer";
    }
    return line;
}

}  // namespace

std::vector<PathStep> path_of(const Decision& decision, VerdictStatus status)
{
    std::vector<PathStep> path;
    for (const Way& way : decision.rule.ways)
        add_way(path, decision, way);
    for (const Condition& condition : decision.rule.always)
        path.push_back(step_of(decision, condition));
    path.push_back({.rule = std::string{decision.rule.row},
                    .source = std::string{decision.rule.source},
                    .inputs = lesions_in_words(decision.read.lesions.size()),
                    .comparison = std::string{decision.rule.text},
                    .result = std::string{word_of_status(status)}});
    return path;
}

std::vector<std::string>
reasons_of(const Decision& decision, const Verdict& verdict, std::size_t possible_count)
{
    std::vector<std::string> reasons{rule_line(decision.rule), count_line(decision, possible_count)};
    if (!decision.read.lesions.empty()) reasons.push_back(sizes_line(decision.read));
    for (std::size_t n = 0; n + 1 < verdict.path.size(); ++n)
        reasons.push_back(step_line(verdict.path[n]));
    reasons.push_back(std::string{decision.rule.name} + ": " + std::string{word_of_status(verdict.status)});
    reasons.push_back(probability_line(decision, verdict));
    reasons.push_back(verdict.counterfactual ? verdict.counterfactual->sentence
                                             : "no single change turns the answer");
    return reasons;
}

}  // namespace downstage::criteria
