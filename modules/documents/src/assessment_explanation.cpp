#include "downstage/core/text.hpp"
#include "downstage/documents/assessment.hpp"

#include "assessment_words.hpp"
#include "clinical_fields.hpp"
#include "words.hpp"

namespace downstage::documents {
namespace {

std::string or_none(const Json& value)
{
    return value.is_string() ? value.get<std::string>() : "none yet";
}

void add_steps(std::string& out, const std::vector<PathStep>& path)
{
    for (const PathStep& step : path)
        out += "      RULES " + step.rule + " (" + step.source + "): " + step.inputs + "; " +
               step.comparison + ": " + step.result + "\n";
}

std::string number_words(const Verdict& verdict)
{
    std::string words;
    if (verdict.probability) words += ", probability " + fixed(*verdict.probability, decimals::probability);
    if (verdict.margin)
        words += ", " + fixed(verdict.margin->value, 1) + " " + verdict.margin->unit + " to the limit (" +
                 verdict.margin->of + ")";
    return words;
}

void add_verdict(std::string& out, const Verdict& verdict)
{
    out += "    " + verdict.name + ": " + word(verdict.status) + number_words(verdict) + "\n";
    if (!verdict.size_read.empty()) out += "      reads: " + verdict.size_read + " (RULES 6.2)\n";
    add_steps(out, verdict.path);
    for (const std::string& missing : verdict.missing)
        out += "      unknown: " + missing + "\n";
    if (verdict.rounding_sensitive) out += "      another customary rounding would change the answer\n";
    if (verdict.contested) out += "      contested: " + *verdict.contested + "\n";
    out += "      " +
           (verdict.counterfactual ? verdict.counterfactual->sentence
                                   : std::string{"no single change turns the answer"}) +
           "\n";
}

void add_staging(std::string& out, const Staging& staging)
{
    out += "    " + staging.name + ": " + staging.stage.value_or("unknown");
    if (staging.score) out += " (" + fixed(*staging.score, 2) + ")";
    out += "\n";
    add_steps(out, staging.path);
    for (const std::string& missing : staging.missing)
        out += "      unknown: " + missing + "\n";
    if (staging.contested) out += "      contested: " + *staging.contested + "\n";
}

void add_conversion(std::string& out, const Conversion& conversion)
{
    out += "    conversion: " + word(conversion.status) + "\n";
    for (const ConversionItem& item : conversion.items) {
        out += "      RULES " + item.rule + ": " + item.words + ": " + word(item.status);
        if (item.since) out += " since " + date_text(*item.since);
        out += "\n";
        if (item.contested) out += "        contested: " + *item.contested + "\n";
    }
}

void add_response(std::string& out, const CaseVisitAssessment& visit)
{
    if (!visit.recist11) return;
    const VisitAssessment& recist = *visit.recist11;
    out += "    RECIST 1.1: " + or_none(word(recist.overall));
    if (recist.sum) out += ", sum " + mm_text(from_tenths(*recist.sum));
    if (recist.baseline) out += ", baseline " + mm_text(from_tenths(*recist.baseline));
    if (recist.nadir) out += ", nadir " + mm_text(from_tenths(*recist.nadir));
    out += "\n";
    if (visit.irecist)
        out += "    iRECIST: " + or_none(word(visit.irecist->code)) + "; " + visit.irecist->because + "\n";
    if (visit.mrecist) out += "    mRECIST: " + or_none(word(visit.mrecist->overall)) + "\n";
}

}  // namespace

std::string explanation(const std::vector<CaseAssessment>& patients)
{
    std::string out;
    for (const CaseAssessment& assessed : patients) {
        out += "patient " + (assessed.id.empty() ? std::string{"without id"} : assessed.id) + "\n";
        for (const CaseVisitAssessment& visit : assessed.visits) {
            out += "  " + date_text(visit.day) + "\n";
            add_response(out, visit);
            for (const Verdict& verdict : visit.eligibility)
                add_verdict(out, verdict);
            for (const Staging& staging : visit.stagings)
                add_staging(out, staging);
            add_verdict(out, visit.remnant);
            add_conversion(out, visit.conversion);
        }
        for (const Notice& notice : assessed.warnings)
            out += "  note: " + notice.text + "\n";
    }
    return out;
}

}  // namespace downstage::documents
