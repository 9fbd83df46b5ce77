#include "html.hpp"
#include "numbers.hpp"
#include "sections.hpp"
#include "words.hpp"

namespace downstage::report {
namespace {

std::string with_interval(const Diameter& diameter)
{
    return with_mm(diameter.length_mm) + " (95 % interval " + with_mm(diameter.ci95_mm) + ")";
}

std::string density(const Attenuation& attenuation)
{
    return fixed(attenuation.mean_hu, 0) + " HU (spread " + fixed(attenuation.sd_hu, 0) + ")";
}

std::string measurability(const LesionMeasurement& measured)
{
    return (measured.measurable ? "yes: " : "no: ") + measured.measurable_because;
}

std::string viable(const LesionMeasurement& measured)
{
    return measured.viable_diameter_mm ? with_mm(*measured.viable_diameter_mm)
                                       : "not measured: " + measured.viable_reason;
}

std::string distance(const LesionMeasurement& measured)
{
    return measured.distance_to_liver_surface_mm ? with_mm(*measured.distance_to_liver_surface_mm)
                                                 : "not known";
}

Facts lesion_facts(const ReportedFinding& found)
{
    const LesionMeasurement& measured = found.measured;
    return {
        {"Longest diameter", with_interval(measured.long_axis)},
        {"Perpendicular to it", with_interval(measured.short_axis)},
        {"Longest in any plane", with_interval(measured.max_3d)},
        {"Volume", with_ml(measured.volume.ml) + " (95 % interval " + with_ml(measured.volume.ci95_ml) + ")"},
        {"Mean density", density(measured.attenuation)},
        {"Viable diameter", viable(measured)},
        {"Place", measured.place.empty() ? "not known" : measured.place},
        {"To the liver's surface", distance(measured)},
        {"Measurable (RECIST 1.1)", measurability(measured)},
        {"Edge blur (1 sd)", with_mm(measured.boundary_blur_mm)},
        {"Confidence", percent(found.finding.confidence)}};
}

std::string key()
{
    return "<span class=\"key outline\"></span>outline <span class=\"key long\"></span>longest diameter "
           "<span class=\"key short\"></span>perpendicular";
}

std::string
picture_of(const std::vector<Picture>& pictures, std::size_t n, const std::string& alternative_text)
{
    if (n >= pictures.size()) return {};
    const std::string caption = escaped(pictures[n].caption) + "<br>Left without, right with marks:" + key();
    return element("figure",
                   embedded_png(pictures[n].png, alternative_text) + element("figcaption", caption));
}

std::string names_of(const ReportedFinding& found)
{
    return element("p class=\"mono soft\"",
                   "tracking UID " + escaped(found.tracking_uid.text) + "<br>image " +
                       escaped(found.slice_sop_uid.text));
}

std::string lesion_card(const ReportedFinding& found, const PageContent& content, std::size_t n)
{
    const std::string name = "Lesion " + std::to_string(found.id);
    const Diameter& axis = found.measured.long_axis;
    const std::string head =
        element("h2", escaped(name)) + element("span class=\"big\"", escaped(with_mm(axis.length_mm))) +
        element("span class=\"soft\"",
                escaped("95 % interval " + with_mm(axis.ci95_mm) + "; " + found.measured.place));
    const std::string picture = picture_of(
        content.lesions, n, "CT slice of " + name + ", without and with its outline and both axes");
    return element("section class=\"card\"",
                   element("div class=\"card-head\"", head) +
                       element("div class=\"card-body\"",
                               element("div", picture + names_of(found)) +
                                   element("div", facts_table(lesion_facts(found)))));
}

struct UncountedKind {
    std::string title, introduction, name;
};

Facts uncounted_facts(const ReportedFinding& found)
{
    const LesionMeasurement& measured = found.measured;
    Facts facts{{"Longest diameter", with_interval(measured.long_axis)},
                {"Volume", with_ml(measured.volume.ml)},
                {"Mean density", density(measured.attenuation)},
                {"Place", measured.place.empty() ? "not known" : measured.place},
                {"Confidence", percent(found.finding.confidence)}};
    if (!found.finding.why_not_counted.empty())
        facts.emplace_back("Not counted because", found.finding.why_not_counted);
    return facts;
}

std::string uncounted_section(const UncountedKind& kind,
                              const std::vector<ReportedFinding>& findings,
                              const std::vector<Picture>& pictures)
{
    if (findings.empty()) return {};
    std::string cards;
    for (std::size_t n = 0; n < findings.size(); ++n) {
        const std::string name = kind.name + " " + std::to_string(findings[n].id);
        cards +=
            element("section class=\"card\"",
                    element("h3", escaped(name)) +
                        element("div class=\"card-body\"",
                                picture_of(pictures, n, "CT slice of " + name + ", without and with marks") +
                                    facts_table(uncounted_facts(findings[n]))));
    }
    return element("section", element("h2", kind.title) + element("p class=\"soft\"", kind.introduction)) +
           cards;
}

}  // namespace

std::string lesion_sections(const PageContent& content)
{
    const std::vector<ReportedFinding>& lesions = content.report.lesions;
    if (lesions.empty())
        return element("section",
                       element("h2", "Lesions") + element("p", "No lesion was found in the liver."));
    std::string cards;
    for (std::size_t n = 0; n < lesions.size(); ++n)
        cards += lesion_card(lesions[n], content, n);
    return cards;
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
                              .introduction = "Fluid-filled: listed, not counted.",
                              .name = "Cyst"},
                             report.benign,
                             content.benign);
}

}  // namespace downstage::report
