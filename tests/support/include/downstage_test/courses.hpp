#pragma once

#include "downstage/core/timepoint.hpp"

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

/// Patients over time in a line or two.
namespace downstage::test {

/// A length in mm; 0 is a lesion that is gone.
inline Extent mm(double length_mm)
{
    if (length_mm == 0.0) return {.state = LesionState::absent};
    return {.state = LesionState::measured, .lengths = {length_of(length_mm)}};
}
inline Extent fragments(const std::vector<double>& lengths_mm)
{
    Extent extent{.state = LesionState::measured};
    for (const double length_mm : lengths_mm)
        extent.lengths.push_back(length_of(length_mm));
    return extent;
}
inline const Extent gone{.state = LesionState::absent};
inline const Extent unknown{.state = LesionState::not_evaluable};
inline const Extent too_small{.state = LesionState::too_small};
inline const Extent merged{.state = LesionState::merged};

/// Both as a whole and as viable part, so that RECIST and mRECIST read the same.
inline TargetReading reading(const Extent& extent)
{
    return {.whole = extent, .viable = extent};
}

inline BaselineTarget lesion(double length_mm, const std::string& organ = "liver")
{
    return {.id = organ, .organ = organ, .reading = reading(mm(length_mm))};
}
inline BaselineTarget node(double short_axis_mm)
{
    return {.id = "node", .organ = "node", .is_node = true, .reading = reading(mm(short_axis_mm))};
}

inline Visit
visit(Day day, const std::vector<Extent>& targets, NonTarget non_target = NonTarget::none_at_baseline)
{
    Visit seen;
    seen.day = day;
    for (const Extent& extent : targets)
        seen.targets.push_back(reading(extent));
    seen.non_target = non_target;
    return seen;
}

inline Course course(std::vector<BaselineTarget> targets, std::vector<Visit> visits)
{
    Course made;
    made.targets = std::move(targets);
    made.visits = std::move(visits);
    return made;
}

/// One liver lesion, one visit every 56 days.
inline Course series(double baseline_mm, const std::vector<double>& later_mm)
{
    Course made = course({lesion(baseline_mm)}, {});
    for (const double length_mm : later_mm)
        made.visits.push_back(visit(56 * static_cast<Day>(made.visits.size() + 1), {mm(length_mm)}));
    return made;
}

inline std::vector<Response> overall_of(const ResponseAssessment& assessment)
{
    std::vector<Response> overall;
    for (const VisitAssessment& seen : assessment.visits)
        overall.push_back(seen.overall);
    return overall;
}

inline std::vector<ImmuneResponse> codes_of(const ImmuneAssessment& assessment)
{
    std::vector<ImmuneResponse> codes;
    for (const ImmuneVisit& seen : assessment.visits)
        codes.push_back(seen.code);
    return codes;
}

}  // namespace downstage::test
