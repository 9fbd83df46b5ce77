#include "downstage/criteria/mrecist.hpp"

#include "downstage/criteria/response_summary.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace downstage::criteria {

namespace {

constexpr TenthsMm least_viable = 100;      // RULES 3.1: 10 mm, inclusive
constexpr TenthsMm least_new_nodule = 100;  // RULES 3.8: 10 mm, inclusive
constexpr TenthsMm least_growth = 100;      // RULES 3.8: 10 mm, inclusive
constexpr TenthsMm least_porta_node = 200;  // RULES 3.10: 20 mm, inclusive
constexpr TenthsMm least_node = 150;        // RULES 3.10: 15 mm, inclusive

LesionRole role_of_liver_lesion(const MrecistFinding& finding)
{
    const std::optional<Length>& viable = finding.viable ? finding.viable : finding.size;
    const bool is_measurable = viable && viable->tenths >= least_viable;
    const bool is_target = is_measurable && finding.enhances && !finding.is_infiltrative;
    return is_target ? LesionRole::target : LesionRole::non_target;
}

LesionRole role_of_node(const MrecistFinding& finding)
{
    const TenthsMm least = finding.is_at_porta_hepatis ? least_porta_node : least_node;
    const bool is_malignant = finding.size && finding.size->tenths >= least;
    return is_malignant ? LesionRole::target : LesionRole::not_malignant;
}

/// The section's contested rows (RULES.md section 8, 6), each with its other reading.
constexpr std::array contested_rows{
    ContestedRow{.rule = "3.5",
                 .option = "abs5",
                 .why = "mRECIST states only +20 %; several trial charters add the 5 mm arm of RECIST 1.1",
                 .choose_other = [](ResponseOptions& o) { o.abs5 = !o.abs5; }},
    ContestedRow{.rule = "3.6",
                 .option = "strictly_more",
                 .why = "mRECIST has progression from +20 % on; some reviews print more than 20 %",
                 .choose_other = [](ResponseOptions& o) { o.strictly_more = !o.strictly_more; }},
    ContestedRow{.rule = "1.24",
                 .option = "pr_hold",
                 .why = "the EORTC FAQ keeps PR, once reached, until PD; the definitions give SD",
                 .choose_other = [](ResponseOptions& o) { o.pr_hold = !o.pr_hold; }},
};

constexpr const char* enhancement_is_back = "enhancement returns after a complete response: a percentage "
                                            "over 0 mm is undefined; taken as progression";

ResponseAssessment
assessed(const Course& course, std::span<const OtherDisease> others, const ResponseOptions& options)
{
    return summarised(assess_visits(course, mrecist_rules(options), options, others), course, options);
}

/// 3.8: progression by a nodule is dated back to the day on which that nodule was first seen.
std::optional<Day> first_seen(const Course& course, Day progression_day)
{
    const auto visit = std::ranges::find(course.visits, progression_day, &Visit::day);
    Day first = progression_day;
    for (const NewNodule& nodule : visit->new_nodules)
        if (is_new_tumour(nodule) && nodule.first_seen) first = std::min(first, *nodule.first_seen);
    return first;
}

void date_back(ResponseAssessment& assessment, const Course& course)
{
    if (!assessment.progression_day) return;
    const auto visit =
        std::ranges::find(assessment.visits, *assessment.progression_day, &VisitAssessment::day);
    if (visit->new_lesion == NewLesion::unequivocal)
        assessment.progression_day = first_seen(course, *assessment.progression_day);
}

/// 3.11: while the rest responds or is stable, cytology decides about a new effusion.
void name_missing_cytology(ResponseAssessment& assessment, const Course& course)
{
    for (std::size_t n = 0; n < course.visits.size(); ++n)
        if (course.visits[n].effusion == Effusion::without_cytology &&
            assessment.visits[n].overall != Response::progressive)
            assessment.missing.push_back("cytology of the effusion on day " +
                                         std::to_string(course.visits[n].day) + " (RULES 3.11)");
}

void contest_returning_enhancement(ResponseAssessment& assessment)
{
    const auto is_return = [](const VisitAssessment& visit) {
        return visit.target == Response::progressive && visit.cause == ProgressionCause::reappearance;
    };
    if (std::ranges::none_of(assessment.visits, is_return)) return;
    OtherReading other{.rule = "3.4", .why = enhancement_is_back, .best = assessment.best};
    for (const VisitAssessment& visit : assessment.visits)
        other.overall.push_back(visit.overall);
    assessment.other_readings.push_back(std::move(other));
}

}  // namespace

LesionRole role_in_mrecist(const MrecistFinding& finding)
{
    switch (finding.kind) {
    case DiseaseKind::portal_vein_thrombus: return LesionRole::non_target;  // 3.9
    case DiseaseKind::effusion:                                             // 3.11
        return finding.is_proven_malignant ? LesionRole::non_target : LesionRole::not_malignant;
    case DiseaseKind::node: return role_of_node(finding);
    case DiseaseKind::liver_lesion: break;
    }
    return role_of_liver_lesion(finding);
}

bool is_new_tumour(const NewNodule& nodule)
{
    switch (nodule.site) {
    case NoduleSite::porta_hepatis_node: return nodule.size.tenths >= least_porta_node;
    case NoduleSite::other_node: return nodule.size.tenths >= least_node;
    case NoduleSite::elsewhere: return true;  // 1.33: RECIST 1.1 has no floor for new lesions
    case NoduleSite::liver: break;
    }
    return (nodule.is_typical && nodule.size.tenths >= least_new_nodule) ||
           nodule.growth.tenths >= least_growth;
}

TargetRules mrecist_rules(const ResponseOptions& options)
{
    TargetRules rules{.part = Part::viable, .progressive_is_strict = options.strictly_more};
    rules.least_growth_mm = options.abs5 ? 5 : 0;
    return rules;
}

std::vector<OtherDisease> other_disease_mrecist(std::span<const Visit> visits)
{
    std::vector<OtherDisease> others;
    others.reserve(visits.size());
    for (const Visit& visit : visits) {
        NewLesion certainty = visit.new_disease.certainty;
        if (!visit.new_nodules.empty() && certainty == NewLesion::none) certainty = NewLesion::equivocal;
        if (std::ranges::any_of(visit.new_nodules, is_new_tumour)) certainty = NewLesion::unequivocal;
        others.push_back({.non_target = non_target_of(visit),
                          .new_lesion = certainty,
                          .has_malignant_effusion = visit.effusion == Effusion::cytology_positive});
    }
    return others;
}

ResponseAssessment mrecist(const Course& course, const ResponseOptions& options)
{
    const std::vector<OtherDisease> others = other_disease_mrecist(course.visits);
    const TargetRules rules = mrecist_rules(options);
    std::vector<VisitAssessment> visits = assess_visits(course, rules, options, others);
    mark_rounding_sensitive(visits, course, rules, options, others);
    ResponseAssessment assessment = summarised(std::move(visits), course, options);
    for (const ContestedRow& row : contested_rows) {
        ResponseOptions chosen = options;
        row.choose_other(chosen);
        if (auto other = read_otherwise(row, assessment, assessed(course, others, chosen)))
            assessment.other_readings.push_back(std::move(*other));
    }
    contest_returning_enhancement(assessment);
    name_missing_cytology(assessment, course);
    date_back(assessment, course);
    return assessment;
}

}  // namespace downstage::criteria
