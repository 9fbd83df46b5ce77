#include "downstage/criteria/case_assessment.hpp"
#include "downstage/criteria/response_tables.hpp"
#include "downstage/criteria/selection.hpp"

#include <algorithm>

namespace downstage::criteria {

namespace {

const CaseLesion* find(const CaseVisit& visit, std::string_view id)
{
    const auto found = std::ranges::find(visit.lesions, id, &CaseLesion::id);
    return found == visit.lesions.end() ? nullptr : &*found;
}

bool contains(const std::vector<std::string>& ids, const std::string& id)
{
    return std::ranges::find(ids, id) != ids.end();
}

bool is_possible_only(const CaseLesion& lesion)
{
    return lesion.probability_real.has_value();
}

Extent extent_of(LesionState state, const std::optional<CaseSize>& size)
{
    if (state != LesionState::measured) return {.state = state};
    if (!size) return {.state = LesionState::not_evaluable};
    return {.state = LesionState::measured, .lengths = {length_of(size->mm)}};
}

/// A lesion without any viable part left is gone for mRECIST, however large the scar.
Extent viable_extent(const CaseLesion& lesion)
{
    if (lesion.state == LesionState::measured && lesion.viable && to_tenths(lesion.viable->mm) == 0)
        return {.state = LesionState::absent};
    return extent_of(lesion.state, lesion.viable);
}

TargetReading reading_of(const CaseLesion* lesion)
{
    if (lesion == nullptr) return {};  // not listed is not evaluated, never 0 mm (RULES.md 0.4)
    return {.whole = extent_of(lesion->state, lesion->axial), .viable = viable_extent(*lesion)};
}

NonTargetLesion non_target_of(const CaseLesion* lesion)
{
    if (lesion == nullptr) return {};
    if (lesion->progressed) return {.state = NonTargetState::unequivocal_progression};
    switch (lesion->state) {
    case LesionState::absent: return {.state = NonTargetState::absent};
    case LesionState::not_evaluable: return {};
    case LesionState::measured:
    case LesionState::too_small:
    case LesionState::merged: break;
    }
    if (lesion->is_node && lesion->axial)
        return {.state = NonTargetState::node, .short_axis = length_of(lesion->axial->mm)};
    return {.state = NonTargetState::present};
}

NonTarget
non_target_at(const CaseVisit& baseline, const CaseVisit& visit, const std::vector<std::string>& targets)
{
    std::vector<NonTargetLesion> lesions;
    for (const CaseLesion& lesion : baseline.lesions)
        if (!contains(targets, lesion.id) && !is_possible_only(lesion))
            lesions.push_back(non_target_of(find(visit, lesion.id)));
    return non_target_status(lesions);
}

bool is_seen(const CaseLesion& lesion)
{
    return lesion.state == LesionState::measured || lesion.state == LesionState::too_small;
}

/// Whether the lesion was seen at any visit before `now`.
bool was_seen_before(const Case& patient, std::size_t now, const std::string& id)
{
    return std::ranges::any_of(patient.visits.begin(),
                               patient.visits.begin() + static_cast<std::ptrdiff_t>(now),
                               [&](const CaseVisit& visit) { return find(visit, id) != nullptr; });
}

NewDisease new_disease_at(const Case& patient, std::size_t now)
{
    NewDisease found;
    for (const CaseLesion& lesion : patient.visits[now].lesions) {
        const bool is_new = find(patient.visits.front(), lesion.id) == nullptr;
        if (!is_new || !is_seen(lesion) || is_possible_only(lesion)) continue;
        const NewLesion certainty = lesion.is_equivocal ? NewLesion::equivocal : NewLesion::unequivocal;
        found.certainty = std::max(found.certainty, certainty);
        if (!was_seen_before(patient, now, lesion.id)) ++found.appeared;
        constexpr TenthsMm measurable = 100;  // RULES.md 1.1
        if (lesion.axial && to_tenths(lesion.axial->mm) >= measurable)
            found.targets.push_back(length_of(lesion.axial->mm));
        else
            found.non_target = NewNonTarget::present;
    }
    return found;
}

/// A new nodule in the liver is judged as typical, since a reader called it a lesion (RULES.md 3.8).
std::vector<NewNodule> new_nodules_at(const Case& patient, std::size_t now)
{
    std::vector<NewNodule> nodules;
    for (const CaseLesion& lesion : patient.visits[now].lesions) {
        const bool is_new = find(patient.visits.front(), lesion.id) == nullptr;
        if (!is_new || !is_seen(lesion) || !lesion.axial || is_possible_only(lesion)) continue;
        const NoduleSite elsewhere = lesion.is_node ? NoduleSite::other_node : NoduleSite::elsewhere;
        nodules.push_back({.size = length_of(lesion.axial->mm),
                           .site = lesion.organ == "liver" && !lesion.is_node ? NoduleSite::liver : elsewhere,
                           .is_typical = !lesion.is_equivocal});
    }
    return nodules;
}

}  // namespace

std::vector<std::string> targets_of(const Case& patient)
{
    std::vector<std::string> stated;
    std::vector<Candidate> candidates;
    const CaseVisit& baseline = patient.visits.front();
    for (const CaseLesion& lesion : baseline.lesions) {
        if (lesion.role == CaseRole::target) stated.push_back(lesion.id);
        const bool may_be_target = lesion.role == CaseRole::automatic &&
                                   lesion.state == LesionState::measured && lesion.axial &&
                                   !is_possible_only(lesion);
        if (may_be_target)
            candidates.push_back({.id = lesion.id,
                                  .organ = lesion.organ,
                                  .lesion = {.mm = lesion.axial->mm,
                                             .is_node = lesion.is_node,
                                             .slice_mm = baseline.slice_mm}});
    }
    if (!stated.empty()) return stated;
    for (const std::size_t chosen : propose_targets(candidates).chosen)
        stated.push_back(candidates[chosen].id);
    return stated;
}

Course course_of(const Case& patient, const std::vector<std::string>& targets)
{
    const CaseVisit& baseline = patient.visits.front();
    Course course{.baseline_day = baseline.day};
    for (const std::string& id : targets) {
        const CaseLesion& lesion = *find(baseline, id);
        course.targets.push_back(
            {.id = id, .organ = lesion.organ, .is_node = lesion.is_node, .reading = reading_of(&lesion)});
    }
    for (std::size_t n = 1; n < patient.visits.size(); ++n) {
        const CaseVisit& seen = patient.visits[n];
        Visit visit{.day = seen.day,
                    .non_target = non_target_at(baseline, seen, targets),
                    .new_disease = new_disease_at(patient, n),
                    .new_nodules = new_nodules_at(patient, n)};
        for (const std::string& id : targets)
            visit.targets.push_back(reading_of(find(seen, id)));
        course.visits.push_back(std::move(visit));
    }
    return course;
}

}  // namespace downstage::criteria
