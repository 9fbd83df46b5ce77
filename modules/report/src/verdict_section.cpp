#include "chart.hpp"
#include "html.hpp"
#include "numbers.hpp"
#include "sections.hpp"
#include "words.hpp"

#include <algorithm>

namespace downstage::report {
namespace {

const Verdict* headline_of(const std::vector<Verdict>& verdicts)
{
    const auto found = std::ranges::find_if(verdicts, &Verdict::headline);
    if (found != verdicts.end()) return &*found;
    return verdicts.empty() ? nullptr : &verdicts.front();
}

std::string big_words(const Verdict& verdict)
{
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
    std::vector<std::string> facts;
    for (const std::string& fact : verdict.missing)
        facts.push_back(words_of_fact(fact));
    return listed(facts);
}

std::string lead(const Verdict& verdict)
{
    if (verdict.missing.empty()) return {};
    return element("p",
                   "Size and number do not rule it out. Not known, and decisive: " +
                       element("strong", escaped(missing_words(verdict))) + ".");
}

std::string tile(const std::string& what, const std::string& answer, const std::string& beside)
{
    const std::string small = beside.empty() ? std::string{} : element("span", escaped(beside));
    return element("div", element("dt", escaped(what)) + element("dd", escaped(answer) + small));
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
    return tile("Probability that it is met", percent(*verdict.probability), "given the intervals");
}

std::string tiles(const StudyReport& report, const Verdict& verdict)
{
    const std::string apart = report.possible.empty()
                                  ? std::string{}
                                  : std::to_string(report.possible.size()) + " possible, not counted";
    return element(
        "dl class=\"tiles\"",
        tile("Lesions counted", std::to_string(report.lesions.size()), apart) + largest_tile(report) +
            tile("Margin", margin_words(verdict, report.lesions.size()), "") + probability_tile(verdict));
}

std::string if_size_changes(const Verdict& verdict)
{
    const double margin_mm = *verdict.margin_mm;
    if (margin_mm >= 0.0)
        return "A diameter " + with_mm(margin_mm) + " longer on the lesion nearest the limit would reach it.";
    return "A diameter " + with_mm(-margin_mm) +
           " shorter on the lesion farthest over the limit would reach it.";
}

std::string if_possible_counts(const StudyReport& report)
{
    const std::size_t all = report.lesions.size() + report.possible.size();
    const std::string effect = all > 3                      ? "more than the three that Milan allows"
                               : report.lesions.size() == 1 ? "and the limit would fall from 50 to 30 mm"
                                                            : "";
    return "If every possible finding were a lesion, there would be " + std::to_string(all) +
           (effect.empty() ? "." : ", " + effect + ".");
}

std::string what_would_change_it(const StudyReport& report, const Verdict& verdict)
{
    std::vector<std::string> changes;
    if (!verdict.missing.empty())
        changes.push_back("Any of these, if present, puts the patient outside: " + missing_words(verdict) +
                          ". Images do not settle them; state them with --clinical FILE.");
    if (verdict.margin_mm) changes.push_back(if_size_changes(verdict));
    if (!report.possible.empty()) changes.push_back(if_possible_counts(report));
    if (verdict.rounding_sensitive)
        changes.emplace_back("Another customary rounding of the diameters would change the answer.");
    if (verdict.contested) changes.push_back("Readings of the rule differ here: " + *verdict.contested);
    if (changes.empty()) return {};
    return element("h3", "What would change it") + bullets(changes);
}

std::string form_row(const Verdict& verdict, std::size_t lesions)
{
    const CriterionWords words = words_of(verdict.criterion);
    const std::string pill = "<span class=\"pill " + std::string{style_of(verdict.status)} + "\">" +
                             std::string{words_of(verdict.status)} + "</span>";
    const std::string notes =
        verdict.contested.value_or(verdict.rounding_sensitive ? "depends on how diameters are rounded" : "");
    const std::string note =
        notes.empty() ? std::string{} : element("div class=\"small soft\"", escaped(notes));
    return element(
        "tr",
        element("th scope=\"row\"", escaped(words.name)) +
            element("td class=\"small\"", escaped(words.rule)) + element("td", pill) +
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
        heads += element("th scope=\"col\"", head);
    return element("table class=\"small-table\"",
                   element("thead", element("tr", heads)) + element("tbody", rows));
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
    return element("h3", "Longest diameters and their 95 % intervals, against the limits") +
           limits_chart(rows);
}

std::string reasons(const std::vector<Verdict>& verdicts)
{
    std::string out;
    for (const Verdict& verdict : verdicts) {
        if (verdict.reasons.empty()) continue;
        out += element("p", element("strong", escaped(words_of(verdict.criterion).name))) +
               bullets(verdict.reasons);
    }
    if (out.empty()) return {};
    return element("h3", "How each was decided") + element("div class=\"small\"", out);
}

}  // namespace

std::string verdict_section(const StudyReport& report)
{
    const Verdict* const headline = headline_of(report.eligibility);
    if (headline == nullptr)
        return element("section class=\"verdict\"",
                       element("h1", escaped(counted(report.lesions.size(), "lesion", "lesions"))) +
                           element("p", "No criterion was applied."));
    const std::string rule = words_of(headline->criterion).rule;
    return element("section class=\"verdict " + std::string{style_of(headline->status)} + "\"",
                   element("h1", escaped(big_words(*headline))) + element("p class=\"soft\"", escaped(rule)) +
                       lead(*headline) + tiles(report, *headline) + what_would_change_it(report, *headline)) +
           element("section",
                   element("h2", "The forms of the rule") + forms_table(report) + chart(report) +
                       reasons(report.eligibility));
}

}  // namespace downstage::report
