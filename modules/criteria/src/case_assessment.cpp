#include "downstage/criteria/case_assessment.hpp"

#include "downstage/criteria/conversion.hpp"
#include "downstage/criteria/irecist.hpp"
#include "downstage/criteria/liver_volume.hpp"
#include "downstage/criteria/mrecist.hpp"
#include "downstage/criteria/recist11.hpp"
#include "downstage/criteria/staging.hpp"

#include <algorithm>

namespace downstage::criteria {

namespace {

constexpr double normal_95 = 1.959964;
/// Same reader, until the project measures its own (RULES.md section 5, Uncertainty).
constexpr double default_sd_mm = 2.0;
/// Variation of a viable diameter within one patient, before and after embolisation (RULES.md 4.11).
constexpr double viable_sd_before = 0.14;
constexpr double viable_sd_after = 0.26;

std::optional<LesionSize> with_interval(const std::optional<CaseSize>& size, double sd_mm)
{
    if (!size) return std::nullopt;
    const double half_mm = normal_95 * sd_mm;
    return LesionSize{.diameter_mm = size->mm,
                      .ci95_mm = size->ci95_mm.value_or(Interval95{size->mm - half_mm, size->mm + half_mm})};
}

SizedLesion sized(const CaseLesion& lesion, bool treated)
{
    SizedLesion out{.name = "lesion " + lesion.id};
    if (lesion.state == LesionState::too_small) {
        const CaseSize tiny{.mm = 5.0};  // seen, too small to measure (RULES.md 1.15)
        out.axial = with_interval(tiny, default_sd_mm);
        return out;
    }
    if (lesion.state != LesionState::measured) return out;
    out.axial = with_interval(lesion.axial, default_sd_mm);
    out.any_plane = with_interval(lesion.any_plane, default_sd_mm);
    const double viable_sd = treated ? viable_sd_after : viable_sd_before;
    if (lesion.viable) out.viable = with_interval(lesion.viable, viable_sd * lesion.viable->mm);
    return out;
}

/// In the liver and there: what an eligibility rule counts.
bool counts(const CaseLesion& lesion)
{
    const bool is_there =
        lesion.state != LesionState::absent && lesion.state != LesionState::merged && !lesion.is_equivocal;
    return is_there && !lesion.is_node && lesion.organ == "liver";
}

std::vector<ConversionVisit> conversion_visits(const Case& patient, const ResponseAssessment& response)
{
    std::vector<ConversionVisit> visits;
    for (std::size_t n = 0; n < patient.visits.size(); ++n) {
        ConversionVisit visit{.day = patient.visits[n].day,
                              .input = eligibility_input(patient.visits[n]),
                              .is_baseline = n == 0};
        if (n > 0) visit.response = response.visits[n - 1].overall;
        visits.push_back(std::move(visit));
    }
    return visits;
}

bool has_viable_baseline(const Course& course)
{
    return !course.targets.empty() && std::ranges::all_of(course.targets, [](const BaselineTarget& target) {
        return target.reading.viable.state == LesionState::measured;
    });
}

/// The response that the protocol asks for; without viable sizes mRECIST can say nothing at any visit.
ResponseAssessment asked_response(const ConversionProtocol& protocol, const CaseAssessment& assessed)
{
    if (protocol.response_rule == ResponseRule::recist_1_1) return assessed.recist11;
    if (assessed.mrecist) return *assessed.mrecist;
    ResponseAssessment unknown = assessed.recist11;
    for (VisitAssessment& visit : unknown.visits)
        visit.overall = Response::not_evaluable;
    return unknown;
}

CaseVisitAssessment at_visit(const CaseVisit& visit)
{
    const EligibilityInput input = eligibility_input(visit);
    return {.day = visit.day,
            .eligibility = eligibility(input),
            .stagings = stagings(input, visit.day),
            .remnant = remnant(visit.facts)};
}

void warn(CaseAssessment& assessed, const Case& patient)
{
    if (assessed.targets_were_proposed && !assessed.targets.empty() && patient.visits.size() > 1)
        assessed.warnings.push_back({.severity = Severity::note,
                                     .text = "the target lesions were chosen by size (RULES 1.9); a reader "
                                             "confirms them or names others with role"});
    if (assessed.targets.empty() && patient.visits.size() > 1)
        assessed.warnings.push_back(
            {.text = "no lesion at baseline is measurable (RULES 1.1), so that only new and non-target "
                     "disease can be judged"});
}

}  // namespace

EligibilityInput eligibility_input(const CaseVisit& visit)
{
    EligibilityInput input{.facts = visit.facts};
    const bool treated = was_treated(visit.facts) == true;
    for (const CaseLesion& lesion : visit.lesions) {
        if (!counts(lesion)) continue;
        const SizedLesion one = sized(lesion, treated);
        const std::optional<LesionSize>& whole = one.any_plane ? one.any_plane : one.axial;
        if (lesion.probability_real && whole)
            input.possible.push_back({.size = *whole, .probability_real = *lesion.probability_real});
        if (!lesion.probability_real) input.lesions.push_back(one);
    }
    return input;
}

CaseAssessment assess(const Case& patient, const ConversionProtocol& protocol)
{
    CaseAssessment assessed{.id = patient.id, .targets = targets_of(patient)};
    assessed.targets_were_proposed =
        std::ranges::none_of(patient.visits.front().lesions,
                             [](const CaseLesion& lesion) { return lesion.role == CaseRole::target; });
    const Course course = course_of(patient, assessed.targets);
    assessed.recist11 = recist11(course);
    assessed.irecist = irecist(course);
    if (has_viable_baseline(course)) assessed.mrecist = mrecist(course);

    const std::vector<ConversionVisit> gate = conversion_visits(patient, asked_response(protocol, assessed));
    const std::vector<Conversion> conversions = conversion(protocol, gate);
    for (std::size_t n = 0; n < patient.visits.size(); ++n) {
        CaseVisitAssessment visit = at_visit(patient.visits[n]);
        visit.conversion = conversions[n];
        if (n > 0) {
            visit.recist11 = assessed.recist11.visits[n - 1];
            visit.irecist = assessed.irecist.visits[n - 1];
            if (assessed.mrecist) visit.mrecist = assessed.mrecist->visits[n - 1];
        }
        assessed.visits.push_back(std::move(visit));
    }
    warn(assessed, patient);
    return assessed;
}

}  // namespace downstage::criteria
