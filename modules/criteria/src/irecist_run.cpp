#include "irecist_run.hpp"

namespace downstage::criteria {

namespace {

constexpr Day confirm_from_days = 28;    // RULES 2.7: 4 weeks, inclusive
constexpr Day confirm_until_days = 56;   // 8 weeks, inclusive
constexpr TenthsMm further_growth = 50;  // RULES 2.8b: 5 mm, inclusive

}  // namespace

ConfirmationWindow window_of(const Run& run, Day day, const ResponseOptions& options)
{
    const Day since = day - run.first.day;
    if (since < confirm_from_days - options.early_tolerance_days) return ConfirmationWindow::early;
    return since > confirm_until_days ? ConfirmationWindow::late : ConfirmationWindow::in_time;
}

bool has_additional_lesion(const Run& run, const ImmuneFindings& now)
{
    return now.new_ever > run.first.new_ever;
}

std::optional<std::string> confirmation(const Run& run, const ImmuneFindings& now)
{
    const Categories& before = run.first.progressive;
    if (before.target && run.first.sum_is_complete && now.sum - run.first.sum >= further_growth)
        return "the target sum grew by a further 5 mm or more (RULES 2.8a)";
    if (before.non_target && now.non_target_increased)
        return "non-target disease increased further (RULES 2.8b)";
    if (has_additional_lesion(run, now)) return "an additional new lesion appeared (RULES 2.8c)";
    if (before.new_lesion && now.new_sum - run.first.new_sum >= further_growth)
        return "the new target lesions grew by 5 mm or more (RULES 2.8c)";
    if (before.new_lesion && now.new_non_target_increased)
        return "a new non-target lesion increased (RULES 2.8c)";
    if (now.progressive.target && !before.target)
        return "the target sum progressed, which it had not before (RULES 2.8d)";
    if (now.progressive.non_target && !before.non_target)
        return "non-target disease progressed, which it had not before (RULES 2.8d)";
    return std::nullopt;
}

bool still_progressive(const Run& run, const ImmuneFindings& now)
{
    if (now.progressive.target || now.progressive.non_target) return true;
    const bool shrank = now.sum_is_complete && now.sum < run.first.sum;
    return run.first.progressive.new_lesion && now.new_is_present && !shrank;
}

}  // namespace downstage::criteria
