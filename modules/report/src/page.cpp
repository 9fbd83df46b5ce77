#include "downstage/report/page.hpp"

#include "html.hpp"
#include "sections.hpp"
#include "style_sheet.hpp"
#include "words.hpp"

namespace downstage::report {
namespace {

std::string header(const StudyReport& report)
{
    const std::string patient = report.patient_id.empty() ? "no patient id" : report.patient_id;
    const std::string date = report.study_date.empty() ? "no study date" : report.study_date;
    std::string of =
        element("span class='of'", "patient " + escaped(patient)) + element("span class='of'", escaped(date));
    if (!report.study_description.empty())
        of += element("span class='of'", escaped(report.study_description));
    of += element("span class='of'",
                  escaped(report.series.modality + ", " + std::string{words_of(report.series.phase.phase)}));
    const std::string limits =
        "Research software, not a medical device: a qualified reader checks every outline and number "
        "before anyone acts on them.";
    return block("header",
                 element("span class='what'", "Liver lesions and eligibility") + of + block("p", limits));
}

std::string body(const PageContent& content)
{
    const StudyReport& report = content.report;
    return header(report) +
           block("main",
                 verdict_section(report) + warnings_section(report) + forms_section(report) +
                     lesion_sections(content) + uncounted_sections(content) + liver_section(content) +
                     paths_section(report) + geometry_section(report.series.geometry) +
                     series_section(report) + provenance_section(report));
}

}  // namespace

std::string page(const PageContent& content)
{
    const std::string head = "<meta charset='utf-8'>\n<meta name='viewport' "
                             "content='width=device-width, initial-scale=1'>\n" +
                             block("title", escaped("Liver lesions " + content.report.study_date)) +
                             block("style", style_sheet);
    return "<!DOCTYPE html>\n" + block("html lang='en'", block("head", head) + block("body", body(content)));
}

}  // namespace downstage::report
