#pragma once

#include "downstage/core/timepoint.hpp"

#include <optional>
#include <string>

/// Progression-free survival and duration of response (RULES.md 1.39).
namespace downstage::criteria {

enum class EventKind { progression, death, censored };

/// How long, and how it ended.
struct TimeToEvent {
    Day days{};  ///< from the start to the event, or to the last day on which there surely was none
    EventKind kind{EventKind::censored};
    std::string because;  ///< of a censored time
    friend bool operator==(const TimeToEvent&, const TimeToEvent&) = default;
};

struct TimeToEventOptions {
    std::optional<Day> start;  ///< of treatment, or of randomisation; empty: baseline
    /// An event right after so many visits in a row that could not be evaluated is censored at the last visit
    /// before them; empty: the event counts. A protocol decides.
    std::optional<std::int32_t> censor_after_missed;
};

/// From the start to the first progression or death. Without either it is censored at the last visit that
/// could be evaluated (at the start, when there is none), and at the start of another therapy. The assessment
/// is of this course.
[[nodiscard]] TimeToEvent progression_free(const Course& course,
                                           const ResponseAssessment& assessment,
                                           const TimeToEventOptions& options = {});

/// From the first CR or PR that counts to progression or death; empty without a response.
[[nodiscard]] std::optional<TimeToEvent> duration_of_response(const Course& course,
                                                              const ResponseAssessment& assessment,
                                                              const TimeToEventOptions& options = {});

}  // namespace downstage::criteria
