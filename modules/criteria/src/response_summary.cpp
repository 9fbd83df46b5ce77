#include "downstage/criteria/response_summary.hpp"

#include <algorithm>
#include <utility>

namespace downstage::criteria {

namespace {

std::vector<DatedResponse> dated(std::span<const VisitAssessment> visits)
{
    std::vector<DatedResponse> responses;
    responses.reserve(visits.size());
    for (const VisitAssessment& visit : visits)
        responses.push_back({.day = visit.day, .overall = visit.overall});
    return responses;
}

std::vector<Response> overall_of(std::span<const VisitAssessment> visits)
{
    std::vector<Response> overall;
    overall.reserve(visits.size());
    for (const VisitAssessment& visit : visits)
        overall.push_back(visit.overall);
    return overall;
}

}  // namespace

ResponseAssessment
summarised(std::vector<VisitAssessment> visits, const Course& course, const ResponseOptions& options)
{
    ResponseAssessment assessment;
    assessment.visits = std::move(visits);
    const std::vector<DatedResponse> counting =
        visits_that_count(dated(assessment.visits), course.new_therapy);
    const BestResponse best = best_response(
        counting, {.baseline_day = course.baseline_day, .has_targets = !course.targets.empty()}, options);
    assessment.best = best.best;
    assessment.response_day = best.response_day;
    if (!counting.empty() && counting.back().overall == Response::progressive)
        assessment.progression_day = counting.back().day;
    assessment.rounding_sensitive =
        std::ranges::any_of(assessment.visits, &VisitAssessment::rounding_sensitive);
    return assessment;
}

std::optional<OtherReading> read_otherwise(const ContestedRow& row,
                                           const ResponseAssessment& adopted,
                                           const ResponseAssessment& otherwise)
{
    const bool agrees = std::ranges::equal(
        adopted.visits, otherwise.visits, {}, &VisitAssessment::overall, &VisitAssessment::overall);
    if (agrees && adopted.best == otherwise.best) return std::nullopt;
    return OtherReading{.rule = row.rule,
                        .why = row.why,
                        .option = row.option,
                        .overall = overall_of(otherwise.visits),
                        .best = otherwise.best};
}

}  // namespace downstage::criteria
