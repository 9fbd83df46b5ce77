#include "html.hpp"
#include "numbers.hpp"
#include "sections.hpp"
#include "words.hpp"

namespace downstage::report {
namespace {

std::vector<std::string> texts_of(const std::vector<Notice>& notices, Severity severity)
{
    std::vector<std::string> texts;
    for (const Notice& notice : notices)
        if (notice.severity == severity) texts.push_back(notice.text);
    return texts;
}

std::string or_unknown(const std::string& text)
{
    return text.empty() ? "not known" : text;
}

std::string place_words(const PointLps& point)
{
    return "(" + fixed(point.x_mm, 1) + ", " + fixed(point.y_mm, 1) + ", " + fixed(point.z_mm, 1) + ")";
}

std::string gap_words(const MissingSlices& gap)
{
    return counted(static_cast<std::size_t>(gap.count), "slice", "slices") + " missing between " +
           place_words(gap.before) + " and " + place_words(gap.after) + ", a gap of " + with_mm(gap.gap_mm);
}

std::string spacing_words(const SpacingMm& spacing)
{
    return fixed(spacing.i, 3) + " x " + fixed(spacing.j, 3) + " mm in the slice, " + fixed(spacing.k, 3) +
           " mm between slices";
}

Facts geometry_facts(const GeometryPassport& passport)
{
    const Size& size = passport.size;
    return {{"Matrix",
             std::to_string(size.i) + " x " + std::to_string(size.j) + ", " +
                 counted(static_cast<std::size_t>(size.k), "slice", "slices")},
            {"Spacing", spacing_words(passport.spacing_mm)},
            {"Spacing taken from", or_unknown(passport.spacing_source)},
            {"Slice thickness",
             passport.slice_thickness_mm ? fixed(*passport.slice_thickness_mm, 2) + " mm" : "not stated"},
            {"Orientation", or_unknown(passport.orientation)},
            {"Off the nearest body plane", fixed(passport.obliquity_deg, 1) + " degrees"},
            {"Gantry tilt", fixed(passport.tilt_deg, 1) + " degrees"},
            {"Largest irregularity", fixed(passport.largest_irregularity_mm, 2) + " mm"},
            {"Duplicates dropped", std::to_string(passport.duplicates_dropped)},
            {"Missing slices",
             passport.missing.empty() ? "none"
                                      : std::to_string(passport.missing.size()) +
                                            (passport.missing.size() == 1 ? " gap" : " gaps")}};
}

std::string others_table(const std::vector<OtherSeries>& others)
{
    if (others.empty()) return block("p class='soft'", "The study holds no other series.");
    std::string rows;
    for (const OtherSeries& other : others)
        rows += block("tr",
                      element("th scope='row'",
                              escaped(other.description.empty() ? "no description" : other.description)) +
                          element("td", escaped(other.not_chosen_because)) +
                          element("td class='mono soft'", escaped(other.uid.text)));
    const std::string heads = element("th scope='col'", "Series") +
                              element("th scope='col'", "Not chosen because") +
                              element("th scope='col'", "UID");
    return block("table", block("thead", block("tr", heads)) + block("tbody", rows));
}

Facts liver_facts(const StudyReport& report)
{
    Facts facts{
        {"Volume", report.liver_volume_ml ? with_ml(*report.liver_volume_ml) : "not known: no liver mask"}};
    if (report.liver_is_cut_off)
        facts.emplace_back("Cut off", "the liver leaves the field of view, so the volume is a lower bound");
    if (report.liver_confidence) facts.emplace_back("Confidence", percent(*report.liver_confidence));
    facts.emplace_back("Outlined by",
                       report.segmentation_method +
                           (report.segmentation_version.empty() ? "" : " " + report.segmentation_version));
    if (report.segmentation_source) facts.emplace_back("Mask", *report.segmentation_source);
    return facts;
}

}  // namespace

std::string warnings_section(const StudyReport& report)
{
    const std::vector<std::string> warnings = texts_of(report.warnings, Severity::warning);
    if (warnings.empty()) return {};
    return block("section class='warnings'", block("h2", "Read this first") + bullets(warnings));
}

std::string liver_section(const PageContent& content)
{
    const std::string keys = "<span class='key liver'></span>liver<span class='key outline'></span>lesion"
                             "<span class='key possible'></span>possible<span class='key long'></span>cyst";
    std::string picture;
    if (!content.overview.png.empty())
        picture =
            block("figure",
                  embedded_png(content.overview.png,
                               "Axial, coronal and sagittal plane through the liver, with outlines of the "
                               "liver and of every finding") +
                      block("figcaption",
                            element("span", escaped(content.overview.caption)) + element("span", keys)));
    return block("section class='card'",
                 block("h2", "Liver") + picture + facts_table(liver_facts(content.report)));
}

std::string geometry_section(const GeometryPassport& passport)
{
    std::vector<std::string> sentences = passport.notes;
    for (const MissingSlices& gap : passport.missing)
        sentences.push_back(gap_words(gap));
    return block("section class='card'",
                 block("h2", "Geometry passport") + block("p", escaped(sentence_of(passport.verdict))) +
                     bullets(sentences) + facts_table(geometry_facts(passport)));
}

std::string series_section(const StudyReport& report)
{
    const ChosenSeries& chosen = report.series;
    const Facts facts{
        {"Series", or_unknown(chosen.description)},
        {"Chosen because", or_unknown(chosen.chosen_because)},
        {"Contrast",
         std::string{words_of(chosen.phase.phase)} + ", confidence " + percent(chosen.phase.confidence)},
        {"Seen", or_unknown(chosen.phase.because)},
        {"Modality", or_unknown(chosen.modality)},
        {"UID", chosen.uid.text}};
    return block("section",
                 block("h2", "Series measured") + facts_table(facts) + block("h3", "Series not measured") +
                     others_table(report.others));
}

std::string provenance_section(const StudyReport& report)
{
    const Provenance& provenance = report.provenance;
    Facts facts{{"Software", provenance.software},
                {"Study UID", report.study_uid.text},
                {"Input (SHA-256)", provenance.input_sha256}};
    if (provenance.started) facts.emplace_back("Started", *provenance.started);
    if (provenance.seconds) facts.emplace_back("Took", fixed(*provenance.seconds, 1) + " s");
    for (const auto& [option, value] : provenance.configuration)
        facts.emplace_back(words_of_fact(option), value);
    const std::vector<std::string> notes = texts_of(report.warnings, Severity::note);
    return block("section class='card'",
                 block("h2", "Provenance") + facts_table(facts) +
                     (notes.empty() ? "" : block("h3", "Notes") + bullets(notes)));
}

}  // namespace downstage::report
