#include "html.hpp"
#include "numbers.hpp"
#include "sections.hpp"
#include "words.hpp"

#include <cmath>
#include <utility>

namespace downstage::report {
namespace {

std::string density(const Attenuation& attenuation)
{
    if (!std::isfinite(attenuation.mean_hu)) return "not known";
    return fixed(attenuation.mean_hu, 0) + " HU (spread " + fixed(attenuation.sd_hu, 0) + ")";
}

std::string measurability(const LesionMeasurement& measured)
{
    const std::string answer = measured.measurable ? "yes" : "no";
    return measured.measurable_because.empty() ? answer : answer + ": " + measured.measurable_because;
}

std::string viable(const LesionMeasurement& measured)
{
    if (measured.viable_diameter_mm)
        return with_mm(*measured.viable_diameter_mm) +
               (measured.viable_reason.empty() ? "" : ": " + measured.viable_reason);
    return measured.viable_reason.empty() ? "not measured" : "not measured: " + measured.viable_reason;
}

std::string distance(const LesionMeasurement& measured)
{
    return measured.distance_to_liver_surface_mm ? with_mm(*measured.distance_to_liver_surface_mm)
                                                 : "not known";
}

/// A quantity, its value and its interval: a row of the table of numbers.
struct NumberRow {
    std::string quantity, value, interval;
};

NumberRow number_row(const std::string& quantity, const Diameter& diameter)
{
    return {
        .quantity = quantity, .value = with_mm(diameter.length_mm), .interval = with_mm(diameter.ci95_mm)};
}

std::string numbers_table(const LesionMeasurement& measured)
{
    const std::vector<NumberRow> rows{number_row("Longest diameter", measured.long_axis),
                                      number_row("Perpendicular", measured.short_axis),
                                      number_row("Longest in 3-D", measured.max_3d),
                                      {.quantity = "Volume",
                                       .value = with_ml(measured.volume.ml),
                                       .interval = with_ml(measured.volume.ci95_ml)}};
    std::string html;
    for (const NumberRow& row : rows)
        html += block("tr",
                      element("th scope='row'", escaped(row.quantity)) + element("td", escaped(row.value)) +
                          element("td", escaped(row.interval)));
    const std::string heads = element("th scope='col'", "Quantity") + element("th scope='col'", "Value") +
                              element("th scope='col'", "95 % interval");
    return block("table class='numbers'", block("thead", block("tr", heads)) + block("tbody", html));
}

Facts finding_facts(const ReportedFinding& found)
{
    const LesionMeasurement& measured = found.measured;
    return {{"Confidence", percent(found.finding.confidence)},
            {"Place", measured.place.empty() ? "not known" : measured.place},
            {"To the liver's surface", distance(measured)},
            {"Mean density", density(measured.attenuation)}};
}

Facts rule_facts(const LesionMeasurement& measured)
{
    return {{"Measurable (RECIST 1.1)", measurability(measured)},
            {"Viable diameter", viable(measured)},
            {"Blur of its edge", with_mm(measured.boundary_blur_mm) + " (1 sd)"}};
}

std::string picture_of(const std::vector<Picture>& pictures, std::size_t n, const std::string& of)
{
    if (n >= pictures.size()) return {};
    const std::string alternative_text =
        of +
        " on its CT slice: left the plain image, right with its outline, longest diameter and perpendicular";
    const std::string keys = "<span class='key outline'></span>outline<span class='key long'></span>longest "
                             "diameter<span class='key short'></span>perpendicular";
    const std::string caption = element("span", escaped(pictures[n].caption)) + element("span", keys);
    return block("figure", embedded_png(pictures[n].png, alternative_text) + block("figcaption", caption));
}

/// The names by which other systems know the lesion and its image.
std::string names_of(const ReportedFinding& found)
{
    return block("p class='mono soft'",
                 "Tracking UID " + escaped(found.tracking_uid.text) + "<br>Image " +
                     escaped(found.slice_sop_uid.text));
}

std::string card_head(const std::string& name, const LesionMeasurement& measured)
{
    std::string beside = "95 % interval " + with_mm(measured.long_axis.ci95_mm);
    if (!measured.place.empty()) beside += "; " + measured.place;
    return block("div class='card-head'",
                 block("h3", escaped(name)) +
                     element("span class='big'", escaped(with_mm(measured.long_axis.length_mm))) +
                     element("span class='soft'", escaped(beside)));
}

std::string lesion_card(const ReportedFinding& found, const std::string& picture)
{
    const std::string numbers =
        block("div", numbers_table(found.measured) + facts_table(finding_facts(found)));
    const std::string rules = facts_table(rule_facts(found.measured));
    return block("section class='card'",
                 card_head("Lesion " + std::to_string(found.id), found.measured) +
                     block("div class='card-body'",
                           block("div", picture + names_of(found)) + numbers + block("div", rules)));
}

std::string uncounted_card(const std::string& name, const ReportedFinding& found, const std::string& picture)
{
    Facts facts;
    if (!found.finding.why_not_counted.empty())
        facts.emplace_back("Not counted because", found.finding.why_not_counted);
    facts.emplace_back("Volume", with_ml(found.measured.volume.ml));
    for (auto& fact : finding_facts(found))
        facts.push_back(std::move(fact));
    return block(
        "div class='card apart'",
        card_head(name, found.measured) +
            block("div class='card-body'", block("div", picture) + block("div", facts_table(facts))));
}

struct UncountedKind {
    std::string title, introduction, name;
};

std::string uncounted_section(const UncountedKind& kind,
                              const std::vector<ReportedFinding>& findings,
                              const std::vector<Picture>& pictures)
{
    if (findings.empty()) return {};
    std::string cards;
    for (std::size_t n = 0; n < findings.size(); ++n) {
        const std::string name = kind.name + " " + std::to_string(findings[n].id);
        cards += uncounted_card(name, findings[n], picture_of(pictures, n, name));
    }
    return block("section",
                 block("h2", escaped(kind.title)) + block("p class='soft'", escaped(kind.introduction)) +
                     cards);
}

}  // namespace

std::string lesion_sections(const PageContent& content)
{
    const std::vector<ReportedFinding>& lesions = content.report.lesions;
    std::string html =
        block("h2 class='between'", escaped(counted(lesions.size(), "lesion", "lesions") + " counted"));
    if (lesions.empty())
        html += block("section", block("p", "No lesion that counts was found in the liver."));
    for (std::size_t n = 0; n < lesions.size(); ++n)
        html += lesion_card(lesions[n],
                            picture_of(content.lesions, n, "Lesion " + std::to_string(lesions[n].id)));
    return html;
}

std::string uncounted_sections(const PageContent& content)
{
    const StudyReport& report = content.report;
    return uncounted_section({.title = "Possible findings, not counted",
                              .introduction = "They enter the probability of a verdict, not the count.",
                              .name = "Possible finding"},
                             report.possible,
                             content.possible) +
           uncounted_section({.title = "Benign findings",
                              .introduction = "Filled with fluid: listed, not counted.",
                              .name = "Cyst"},
                             report.benign,
                             content.benign);
}

}  // namespace downstage::report
