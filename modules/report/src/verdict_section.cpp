#include "chart.hpp"
#include "html.hpp"
#include "numbers.hpp"
#include "sections.hpp"
#include "words.hpp"

#include <algorithm>
#include <cmath>

namespace downstage::report {
namespace {

const Verdict* headline_of(const std::vector<Verdict>& verdicts)
{
    const auto found = std::ranges::find_if(verdicts, &Verdict::headline);
    if (found != verdicts.end()) return &*found;
    return verdicts.empty() ? nullptr : &verdicts.front();
}

std::string big_words(const Verdict& verdict, std::size_t lesions)
{
    if (lesions == 0) return "No lesion counted";
    const std::string name = words_of(verdict.criterion).name;
    switch (verdict.status) {
    case VerdictStatus::met: return "Inside " + name;
    case VerdictStatus::not_met: return "Outside " + name;
    case VerdictStatus::indeterminate: break;
    }
    return name + ": indeterminate";
}

std::string missing_words(const Verdict& verdict)
{
    std::vector<std::string> facts(verdict.missing.size());
    std::ranges::transform(verdict.missing, facts.begin(), words_of_fact);
    return listed(facts);
}

std::string lead(const Verdict& verdict, std::size_t lesions)
{
    if (lesions == 0)
        return block("p",
                     escaped(words_of(verdict.criterion).name + ": " + std::string{words_of(verdict.status)} +
                             ". There is nothing in the liver that the criterion could be applied to."));
    if (verdict.missing.empty()) return {};
    return block("p",
                 "Size and number do not rule it out. Not known, and decisive: " +
                     element("strong", escaped(missing_words(verdict))) + ".");
}

std::string tile(const std::string& what, const std::string& answer, const std::string& beside)
{
    const std::string small = beside.empty() ? std::string{} : element("span", escaped(beside));
    return block("div", element("dt", escaped(what)) + element("dd", escaped(answer) + small));
}

std::string largest_tile(const StudyReport& report)
{
    const auto length = [](const ReportedFinding& found) { return found.measured.long_axis.length_mm; };
    const auto largest = std::ranges::max_element(report.lesions, {}, length);
    if (largest == report.lesions.end()) return tile("Largest", "none", "");
    const Diameter& axis = largest->measured.long_axis;
    return tile("Largest", with_mm(axis.length_mm), "95 % interval " + with_mm(axis.ci95_mm));
}

std::string probability_tile(const Verdict& verdict)
{
    if (!verdict.probability)
        return tile("Probability that it is met", "not stated", "a needed fact is unknown");
    const std::string on_condition =
        verdict.missing.empty() ? "given the intervals" : "by size and number, if nothing unknown is present";
    return tile("Probability that it is met", percent(*verdict.probability), on_condition);
}

std::string margin_tile(const Verdict& verdict, std::size_t lesions)
{
    if (!verdict.margin_mm) return tile("Margin", "none", margin_words(verdict, lesions));
    const std::string words = margin_words(verdict, lesions);
    const std::string number = with_mm(std::abs(*verdict.margin_mm));
    if (!words.starts_with(number)) return tile("Margin", with_mm(0.0), words);
    return tile("Margin", number, words.substr(number.size()));
}

std::string tiles(const StudyReport& report, const Verdict& verdict)
{
    const std::string apart = report.possible.empty()
                                  ? std::string{}
                                  : std::to_string(report.possible.size()) + " possible, not counted";
    return block("dl class='tiles'",
                 tile("Lesions counted", std::to_string(report.lesions.size()), apart) +
                     largest_tile(report) + margin_tile(verdict, report.lesions.size()) +
                     probability_tile(verdict));
}

std::size_t lesions_over(const std::vector<ReportedFinding>& lesions, double limit_mm)
{
    return static_cast<std::size_t>(std::ranges::count_if(lesions, [limit_mm](const ReportedFinding& found) {
        return to_tenths(found.measured.long_axis.length_mm) > to_tenths(limit_mm);
    }));
}

std::string if_size_changes(const StudyReport& report, const Verdict& verdict)
{
    const double margin_mm = verdict.margin_mm.value_or(0.0);
    if (to_tenths(margin_mm) == 0) return "The lesion nearest the limit lies exactly at it.";
    if (margin_mm > 0.0)
        return "A diameter " + with_mm(margin_mm) +
               " longer on the lesion nearest the limit would bring it to the limit.";
    const std::optional<double> limit = limit_mm(verdict.criterion, report.lesions.size());
    const std::size_t over = limit ? lesions_over(report.lesions, *limit) : 1;
    if (over > 1)
        return std::to_string(over) + " lesions are over the limit, the largest by " + with_mm(-margin_mm) +
               "; all of them would have to be shorter.";
    return "A diameter " + with_mm(-margin_mm) +
           " shorter on the lesion over the limit would bring it to the limit.";
}

std::string if_possible_counts(const StudyReport& report)
{
    const std::size_t counted_now = report.lesions.size();
    const std::size_t all = counted_now + report.possible.size();
    const std::string sentence =
        "If every possible finding were a lesion, there would be " + std::to_string(all);
    if (all > 3) return sentence + ", more than the three that Milan allows.";
    if (counted_now == 1) return sentence + ", and the limit would fall from 50 to 30 mm.";
    return sentence + ", which Milan allows.";
}

std::string what_would_change_it(const StudyReport& report, const Verdict& verdict)
{
    std::vector<std::string> changes;
    if (!verdict.missing.empty())
        changes.push_back("Any of these, if present, puts the patient outside: " + missing_words(verdict) +
                          ". They are not looked for in the images; state them with --clinical FILE.");
    if (verdict.counterfactual)
        changes.push_back("The smallest single change that turns it: " + verdict.counterfactual->sentence +
                          ".");
    else if (verdict.margin_mm)
        changes.push_back(if_size_changes(report, verdict));
    if (!report.possible.empty()) changes.push_back(if_possible_counts(report));
    if (verdict.rounding_sensitive)
        changes.emplace_back("Another customary rounding of the diameters would change the answer.");
    if (verdict.contested) changes.push_back("Readings of the rule differ here: " + *verdict.contested);
    if (changes.empty()) return {};
    return block("h3", "What would change it") + bullets(changes);
}

std::string form_row(const Verdict& verdict, std::size_t lesions)
{
    const CriterionWords words = words_of(verdict.criterion);
    const std::string pill = "<span class='pill " + std::string{style_of(verdict.status)} + "'>" +
                             std::string{words_of(verdict.status)} + "</span>";
    const std::string notes =
        verdict.contested.value_or(verdict.rounding_sensitive ? "depends on how diameters are rounded" : "");
    const std::string note = notes.empty() ? std::string{} : block("div class='small soft'", escaped(notes));
    return block(
        "tr",
        element("th scope='row'", escaped(words.name)) + element("td class='small'", escaped(words.rule)) +
            element("td", pill) +
            element("td", verdict.probability ? escaped(percent(*verdict.probability)) : "not stated") +
            element("td", escaped(margin_words(verdict, lesions)) + note));
}

std::string forms_table(const StudyReport& report)
{
    std::string rows;
    for (const Verdict& verdict : report.eligibility)
        rows += form_row(verdict, report.lesions.size());
    std::string heads;
    for (const std::string_view head : {"Form", "Rule", "Verdict", "Probability", "Margin"})
        heads += element("th scope='col'", head);
    return block("table class='forms'", block("thead", block("tr", heads)) + block("tbody", rows));
}

std::string chart(const StudyReport& report)
{
    std::vector<ChartRow> rows;
    const auto add =
        [&rows](const std::string& name, const std::vector<ReportedFinding>& findings, bool counts) {
            for (const ReportedFinding& found : findings)
                rows.push_back({.name = name + " " + std::to_string(found.id),
                                .diameter_mm = found.measured.long_axis.length_mm,
                                .ci95_mm = found.measured.long_axis.ci95_mm,
                                .counts = counts});
        };
    add("Lesion", report.lesions, true);
    add("Possible", report.possible, false);
    if (rows.empty()) return {};
    return block("h3", "Longest diameters and their 95 % intervals, against the limits") + limits_chart(rows);
}

/// The path of each form through its rule, side by side, so that they can be compared.
std::string paths(const std::vector<Verdict>& verdicts)
{
    std::string html;
    for (const Verdict& verdict : verdicts)
        html +=
            block("div", block("h3", escaped(words_of(verdict.criterion).name)) + bullets(verdict.reasons));
    return block("div class='paths'", html);
}

}  // namespace

std::string verdict_section(const StudyReport& report)
{
    const Verdict* const headline = headline_of(report.eligibility);
    if (headline == nullptr)
        return block("section class='card verdict'",
                     block("h1", escaped(counted(report.lesions.size(), "lesion", "lesions"))) +
                         block("p", "No criterion was applied."));
    return block("section class='card verdict " + std::string{style_of(headline->status)} + "'",
                 block("h1", escaped(big_words(*headline, report.lesions.size()))) +
                     block("p class='soft'", escaped(words_of(headline->criterion).rule)) +
                     lead(*headline, report.lesions.size()) + tiles(report, *headline) +
                     what_would_change_it(report, *headline));
}

std::string forms_section(const StudyReport& report)
{
    if (report.eligibility.empty()) return {};
    return block("section", block("h2", "The forms of the rule") + forms_table(report) + chart(report));
}

std::string paths_section(const StudyReport& report)
{
    if (report.eligibility.empty()) return {};
    return block("section class='card'",
                 block("h2", "How each form was decided") + paths(report.eligibility));
}

}  // namespace downstage::report
