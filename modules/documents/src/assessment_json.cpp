#include "downstage/documents/assessment.hpp"
#include "downstage/documents/protocol.hpp"

#include "assessment_words.hpp"
#include "clinical_fields.hpp"

namespace downstage::documents {
namespace {

template <typename T, typename ToJson>
Json list(const std::vector<T>& items, const ToJson& to_json)
{
    Json out = Json::array();
    for (const T& item : items)
        out.push_back(to_json(item));
    return out;
}

Json date_or_null(const std::optional<Day>& day)
{
    return day ? Json(date_text(*day)) : Json(nullptr);
}

Json sum_or_null(const std::optional<TenthsMm>& sum)
{
    return sum ? number(from_tenths(*sum), decimals::mm) : Json(nullptr);
}

template <typename Answer>
Json overall_or_null(const std::optional<Answer>& answer)
{
    return answer ? word(answer->overall) : Json(nullptr);
}

constexpr int percent_decimals = 1;

/// What RECIST 1.1 compared at one visit; at baseline nothing is compared yet.
void add_sums(Json& out, const CaseVisitAssessment& visit)
{
    const VisitAssessment none;
    const VisitAssessment& recist = visit.recist11 ? *visit.recist11 : none;
    out["target_sum_mm"] = sum_or_null(recist.sum);
    out["change_from_baseline_pct"] = number(recist.change_from_baseline_percent, percent_decimals);
    out["change_from_nadir_pct"] = number(recist.change_from_nadir_percent, percent_decimals);
    out["nadir_mm"] = sum_or_null(recist.nadir);
    out["viable_sum_mm"] = visit.mrecist ? sum_or_null(visit.mrecist->sum) : Json(nullptr);
}

Json time_point(const CaseVisitAssessment& visit, Paths paths)
{
    Json out{{"date", date_text(visit.day)}};
    add_sums(out, visit);
    out["recist_1_1"] = overall_or_null(visit.recist11);
    out["irecist"] = visit.irecist ? word(visit.irecist->code) : Json(nullptr);
    out["mrecist"] = overall_or_null(visit.mrecist);
    out["eligibility"] =
        list(visit.eligibility, [paths](const Verdict& one) { return verdict_json(one, paths); });
    out["stages"] = list(visit.stagings, [paths](const Staging& one) { return staging_json(one, paths); });
    out["remnant"] = verdict_json(visit.remnant, paths);
    out["conversion"] = conversion_json(visit.conversion);
    return out;
}

Json other_reading(const OtherReading& reading)
{
    return {{"rule", text(reading.rule)},
            {"why", text(reading.why)},
            {"option", text(reading.option)},
            {"recist_1_1", list(reading.overall, [](Response response) { return word(response); })},
            {"best", word(reading.best)}};
}

Json patient(const CaseAssessment& assessed, Paths paths)
{
    const Conversion& last = assessed.visits.back().conversion;
    return {
        {"patient", {{"id", text(assessed.id)}}},
        {"baseline", date_text(assessed.visits.front().day)},
        {"targets", assessed.targets},
        {"targets_were_proposed", assessed.targets_were_proposed},
        {"timepoints",
         list(assessed.visits, [paths](const CaseVisitAssessment& one) { return time_point(one, paths); })},
        {"best_overall_response",
         {{"recist_1_1", word(assessed.recist11.best)},
          {"irecist", word(assessed.irecist.best)},
          {"mrecist", assessed.mrecist ? word(assessed.mrecist->best) : Json(nullptr)}}},
        {"progression",
         {{"recist_1_1", date_or_null(assessed.recist11.progression_day)},
          {"irecist", date_or_null(assessed.irecist.progression_day)}}},
        {"contested", list(assessed.recist11.other_readings, other_reading)},
        {"conversion", conversion_json(last)},
        {"warnings", list(assessed.warnings, [](const Notice& notice) { return Json(notice.text); })}};
}

}  // namespace

std::string assessment_json(const std::vector<CaseAssessment>& patients, const AssessmentSource& source)
{
    const Paths paths = source.with_paths ? Paths::written : Paths::left_out;
    const Json document{
        {"schema", "downstage.assessment/1"},
        {"protocol", Json::parse(protocol_json(source.protocol))},
        {"patients", list(patients, [paths](const CaseAssessment& one) { return patient(one, paths); })},
        {"provenance", {{"software", text(source.software)}, {"started", nullptr}, {"seconds", nullptr}}}};
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace downstage::documents
