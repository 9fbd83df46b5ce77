#include "downstage/criteria/imrecist.hpp"

#include "downstage/criteria/response_summary.hpp"

#include <span>
#include <utility>
#include <vector>

namespace downstage::criteria {

namespace {

/// Only whether all of it is gone is asked of non-target disease; new lesions are in the sum.
std::vector<OtherDisease> other_disease(std::span<const Visit> visits)
{
    std::vector<OtherDisease> others;
    others.reserve(visits.size());
    for (const Visit& visit : visits) {
        const NonTarget stated = non_target_of(visit);
        const bool progressed = stated == NonTarget::progressive;
        others.push_back({.non_target = progressed ? NonTarget::persisting : stated});
    }
    return others;
}

/// Whether the next evaluable visit that is late enough shows no progression.
bool is_negated(std::span<const VisitAssessment> visits, std::size_t progression, Day after_days)
{
    for (const VisitAssessment& later : visits.subspan(progression + 1)) {
        const bool is_asked =
            later.day - visits[progression].day >= after_days && later.overall != Response::not_evaluable;
        if (is_asked) return later.overall != Response::progressive;
    }
    return false;
}

/// The visits with every negated progression taken out.
std::vector<VisitAssessment> without_negated(const std::vector<VisitAssessment>& visits, Day after_days)
{
    std::vector<VisitAssessment> rest = visits;
    for (std::size_t n = 0; n < visits.size(); ++n)
        if (visits[n].overall == Response::progressive && is_negated(visits, n, after_days))
            rest[n].overall = Response::not_evaluable;
    return rest;
}

}  // namespace

ResponseAssessment imrecist(const Course& course, const ResponseOptions& options)
{
    const std::vector<OtherDisease> others = other_disease(course.visits);
    std::vector<VisitAssessment> visits = assess_visits(course, imrecist_rules, options, others);
    mark_rounding_sensitive(visits, course, imrecist_rules, options, others);
    ResponseAssessment assessment =
        summarised(without_negated(visits, options.confirm_after_days), course, options);
    assessment.visits = std::move(visits);
    return assessment;
}

}  // namespace downstage::criteria
