#include "downstage/criteria/response_course.hpp"

#include <algorithm>

namespace downstage::criteria {

namespace {

/// 1.22: over the nadir by the percentage AND by the millimetres. Nothing over nothing is no growth.
bool has_progressed(std::int64_t now, std::int64_t nadir, const TargetRules& rules, Rounding rounding)
{
    const bool by_percentage = rules.progressive_is_strict ? more_than(now, rules.progressive, nadir)
                                                           : at_least(now, rules.progressive, nadir);
    return now > nadir && by_percentage && now - nadir >= rules.least_growth_mm * units_per_mm(rounding);
}

/// 1.31: over a nadir of 0 mm a percentage has no meaning.
bool has_progressed_from_zero(std::int64_t now,
                              const TargetRules& rules,
                              ZeroNadir reading,
                              Rounding rounding)
{
    switch (reading) {
    case ZeroNadir::any_regrowth: return now > 0;
    case ZeroNadir::never: return false;
    case ZeroNadir::five_mm: break;
    }
    return has_progressed(now, 0, rules, rounding);
}

bool has_grown(std::int64_t now,
               const References& before,
               const TargetRules& rules,
               const ResponseOptions& options,
               Rounding rounding)
{
    if (!before.nadir) return false;
    if (*before.nadir == 0) return has_progressed_from_zero(now, rules, options.zero_nadir, rounding);
    return has_progressed(now, *before.nadir, rules, rounding);
}

/// 1.31: after a complete response any disease is progression, whatever its size.
bool has_reappeared(const TargetSum& now, const References& before, NodeRegrowth nodes)
{
    if (!before.was_complete) return false;
    return now.lesion_is_seen || (now.node_is_enlarged && nodes == NodeRegrowth::progression);
}

/// 1.21, 1.24: against the baseline only. Without a baseline sum neither partial nor stable can be said.
Response partial_or_stable(std::int64_t now,
                           const References& before,
                           const TargetRules& rules,
                           const ResponseOptions& options)
{
    if (!before.baseline) return Response::not_evaluable;
    if (at_most(now, rules.partial, *before.baseline)) return Response::partial;
    return options.pr_hold && before.was_partial ? Response::partial : Response::stable;
}

std::optional<double> percent_over(std::int64_t now, const std::optional<std::int64_t>& reference)
{
    if (!reference || *reference == 0) return std::nullopt;
    return 100.0 * static_cast<double>(now - *reference) / static_cast<double>(*reference);
}

VisitAssessment numbers_of(Day day, const TargetSum& now, const References& before)
{
    VisitAssessment visit;
    visit.day = day;
    visit.measured = now.measured;
    visit.baseline = before.baseline;
    visit.nadir = before.nadir;
    if (!now.is_complete) return visit;
    visit.sum = now.measured;
    visit.change_from_baseline_percent = percent_over(now.measured, before.baseline);
    visit.change_from_nadir_percent = percent_over(now.measured, before.nadir);
    return visit;
}

/// 1.31, for disease that is not measured.
bool non_target_is_back(const OtherDisease& other, const References& before)
{
    return before.was_complete && other.non_target == NonTarget::persisting;
}

ProgressionCause cause_of(const TargetAnswer& target, const OtherDisease& other, const References& before)
{
    if (target.response == Response::progressive) return target.cause;
    if (non_target_is_back(other, before)) return ProgressionCause::reappearance;
    if (other.new_lesion == NewLesion::unequivocal) return ProgressionCause::new_lesion;
    if (other.has_malignant_effusion) return ProgressionCause::effusion;
    return other.non_target == NonTarget::progressive ? ProgressionCause::non_target : ProgressionCause::none;
}

void judge(VisitAssessment& visit,
           const TargetAnswer& target,
           const OtherDisease& other,
           const References& before)
{
    visit.target = target.response;
    visit.non_target = other.non_target;
    visit.new_lesion = other.new_lesion;
    visit.overall =
        non_target_is_back(other, before) ? Response::progressive : overall_response(target.response, other);
    visit.cause = cause_of(target, other, before);
}

/// What the next visit is compared with. An incomplete sum never becomes the nadir (1.19).
References after(const VisitAssessment& visit, References before)
{
    if (visit.sum) before.nadir = std::min(*visit.sum, before.nadir.value_or(*visit.sum));
    before.was_complete |= visit.overall == Response::complete;
    if (visit.target == Response::partial || visit.target == Response::complete) before.was_partial = true;
    if (visit.overall == Response::progressive) before.was_partial = false;
    return before;
}

SumOptions sum_options(const TargetRules& rules, Rounding rounding)
{
    return {.part = rules.part,
            .rounding = rounding,
            .nodes_become_normal = rules.nodes_become_normal,
            .new_lesions_add = rules.new_lesions_add};
}

References at_baseline(const Course& course, const TargetRules& rules, Rounding rounding)
{
    References references;
    const TargetSum sum = baseline_sum(course.targets, sum_options(rules, rounding));
    if (sum.is_complete) references.baseline = references.nadir = sum.measured;
    return references;
}

}  // namespace

TargetAnswer target_response(const TargetSum& now,
                             const References& before,
                             const TargetRules& rules,
                             const ResponseOptions& options,
                             Rounding rounding)
{
    const bool disease_is_seen = now.lesion_is_seen || now.node_is_enlarged;
    if (has_reappeared(now, before, options.node_regrowth))
        return {Response::progressive, ProgressionCause::reappearance};
    if (disease_is_seen && has_grown(now.measured, before, rules, options, rounding))
        return {Response::progressive,
                now.is_complete ? ProgressionCause::target_sum : ProgressionCause::measured_alone};
    if (!now.is_complete) return {Response::not_evaluable, ProgressionCause::none};
    if (!disease_is_seen) return {Response::complete, ProgressionCause::none};
    return {partial_or_stable(now.measured, before, rules, options), ProgressionCause::none};
}

std::vector<VisitAssessment> assess_visits_by(Rounding rounding,
                                              const Course& course,
                                              const TargetRules& rules,
                                              const ResponseOptions& options,
                                              std::span<const OtherDisease> others)
{
    std::vector<VisitAssessment> visits;
    visits.reserve(course.visits.size());
    References before = at_baseline(course, rules, rounding);
    for (std::size_t n = 0; n < course.visits.size(); ++n) {
        const Visit& visit = course.visits[n];
        const TargetSum now = visit_sum(course.targets, visit, sum_options(rules, rounding));
        const TargetAnswer target = course.targets.empty()
                                        ? TargetAnswer{.response = Response::not_applicable}
                                        : target_response(now, before, rules, options, rounding);
        visits.push_back(numbers_of(visit.day, now, before));
        judge(visits.back(), target, others[n], before);
        before = after(visits.back(), before);
    }
    return visits;
}

std::vector<VisitAssessment> assess_visits(const Course& course,
                                           const TargetRules& rules,
                                           const ResponseOptions& options,
                                           std::span<const OtherDisease> others)
{
    return assess_visits_by(Rounding::tenths, course, rules, options, others);
}

void mark_rounding_sensitive(std::vector<VisitAssessment>& visits,
                             const Course& course,
                             const TargetRules& rules,
                             const ResponseOptions& options,
                             std::span<const OtherDisease> others)
{
    for (const Rounding rounding : {Rounding::raw, Rounding::whole_mm}) {
        const auto otherwise = assess_visits_by(rounding, course, rules, options, others);
        for (std::size_t n = 0; n < visits.size(); ++n)
            visits[n].rounding_sensitive |= visits[n].overall != otherwise[n].overall;
    }
}

}  // namespace downstage::criteria
