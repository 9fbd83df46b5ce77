#pragma once

#include "downstage/core/timepoint.hpp"
#include "downstage/criteria/response_course.hpp"

#include <optional>
#include <string>

/// One run of unconfirmed progression in iRECIST: how it begins, what confirms it, when it is too early to
/// ask.
namespace downstage::criteria {

/// The three ways in which iRECIST sees progression.
struct Categories {
    bool target{}, non_target{}, new_lesion{};
};

[[nodiscard]] constexpr bool any(const Categories& c)
{
    return c.target || c.non_target || c.new_lesion;
}

/// What iRECIST reads of one visit, sums in tenths of a millimetre.
struct ImmuneFindings {
    Day day{};
    Response target{Response::not_applicable};
    NonTarget non_target{NonTarget::none_at_baseline};
    TenthsMm sum{};  ///< of the targets that could be evaluated
    bool sum_is_complete{};
    TenthsMm new_sum{};       ///< of the new target lesions (NLT)
    std::int32_t new_ever{};  ///< new lesions that appeared so far
    bool new_is_present{};    ///< any of them is still there
    bool new_non_target_increased{};
    bool non_target_increased{};
    bool unscheduled_for_symptom{};
    Categories progressive;
};

/// A run begins with an iUPD; all later visits are compared with that first one (RULES.md 2.8).
struct Run {
    ImmuneFindings first;
};

/// Where `day` lies in the 28 to 56 days after the run began, both inclusive (RULES.md 2.7).
[[nodiscard]] ConfirmationWindow window_of(const Run& run, Day day, const ResponseOptions& options);

/// A new lesion beyond those that were there when the run began.
[[nodiscard]] bool has_additional_lesion(const Run& run, const ImmuneFindings& now);

/// The row of 2.8 by which the run is confirmed; empty when it is not.
[[nodiscard]] std::optional<std::string> confirmation(const Run& run, const ImmuneFindings& now);

/// Whether the progression of the run lasts: a sum, or non-target disease, that is still PD; or a known new
/// lesion while the targets have not shrunk since it appeared (RULES.md 2.10).
[[nodiscard]] bool still_progressive(const Run& run, const ImmuneFindings& now);

}  // namespace downstage::criteria
