#include "downstage/criteria/time_to_event.hpp"

#include <algorithm>

namespace downstage::criteria {

namespace {

bool counts(const VisitAssessment& visit, const Course& course)
{
    return !course.new_therapy || visit.day <= *course.new_therapy;
}

/// The last visit before `end` on which there surely was no progression; `start` when there is none.
Day last_evaluable(const Course& course, const ResponseAssessment& assessment, Day start, Day end)
{
    Day last = start;
    for (const VisitAssessment& visit : assessment.visits)
        if (visit.day < end && counts(visit, course) && visit.overall != Response::not_evaluable)
            last = std::max(last, visit.day);
    return last;
}

/// Visits in a row, right before `end`, that could not be evaluated.
std::int32_t missed_before(const ResponseAssessment& assessment, Day end)
{
    std::int32_t missed = 0;
    for (const VisitAssessment& visit : assessment.visits) {
        if (visit.day >= end) break;
        missed = visit.overall == Response::not_evaluable ? missed + 1 : 0;
    }
    return missed;
}

struct Event {
    Day day{};
    EventKind kind{EventKind::progression};
};

/// Progression or death, whichever was first; a death after another therapy began does not count.
std::optional<Event> first_event(const Course& course, const ResponseAssessment& assessment)
{
    std::optional<Event> event;
    if (assessment.progression_day) event = Event{.day = *assessment.progression_day};
    const bool death_counts = course.death && (!course.new_therapy || *course.death <= *course.new_therapy);
    if (death_counts && (!event || *course.death < event->day))
        event = Event{.day = *course.death, .kind = EventKind::death};
    return event;
}

TimeToEvent
from(Day start, const Course& course, const ResponseAssessment& assessment, const TimeToEventOptions& options)
{
    const std::optional<Event> event = first_event(course, assessment);
    if (!event) {
        const Day beyond_all = assessment.visits.empty() ? start : assessment.visits.back().day + 1;
        return {.days = last_evaluable(course, assessment, start, beyond_all) - start,
                .because = course.new_therapy ? "another therapy began" : "no event so far"};
    }
    const bool missed_too_many =
        options.censor_after_missed && missed_before(assessment, event->day) >= *options.censor_after_missed;
    if (missed_too_many)
        return {.days = last_evaluable(course, assessment, start, event->day) - start,
                .because = "the event follows visits that could not be evaluated"};
    return {.days = event->day - start, .kind = event->kind, .because = {}};
}

}  // namespace

TimeToEvent progression_free(const Course& course,
                             const ResponseAssessment& assessment,
                             const TimeToEventOptions& options)
{
    return from(options.start.value_or(course.baseline_day), course, assessment, options);
}

std::optional<TimeToEvent> duration_of_response(const Course& course,
                                                const ResponseAssessment& assessment,
                                                const TimeToEventOptions& options)
{
    if (!assessment.response_day) return std::nullopt;
    return from(*assessment.response_day, course, assessment, options);
}

}  // namespace downstage::criteria
