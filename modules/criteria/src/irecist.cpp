#include "downstage/criteria/irecist.hpp"

#include "downstage/criteria/recist11.hpp"

#include "irecist_run.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>

namespace downstage::criteria {

namespace {

TenthsMm sum_of(const std::vector<Length>& lengths)
{
    return std::accumulate(lengths.begin(),
                           lengths.end(),
                           TenthsMm{0},
                           [](TenthsMm sum, const Length& length) { return sum + length.tenths; });
}

/// New lesions first seen at this visit. Who only says "unequivocal" says it of one lesion, once.
std::int32_t appeared_at(const NewDisease& fresh, std::int32_t new_before)
{
    const bool only_said = fresh.certainty == NewLesion::unequivocal && new_before == 0;
    return only_said ? std::max(fresh.appeared, 1) : fresh.appeared;
}

/// Progression by the targets comes first in a judgement's cause, so this is non-target disease that is back.
bool non_target_is_back(const VisitAssessment& judged)
{
    return judged.cause == ProgressionCause::reappearance && judged.target != Response::progressive;
}

ImmuneFindings findings_of(const Visit& visit, const VisitAssessment& judged, std::int32_t new_before)
{
    const NewDisease& fresh = visit.new_disease;
    const std::int32_t appeared = appeared_at(fresh, new_before);
    const bool is_listed = !fresh.targets.empty() || fresh.non_target != NewNonTarget::none;
    return {.day = visit.day,
            .target = judged.target,
            .non_target = judged.non_target,
            .sum = judged.measured,
            .sum_is_complete = judged.sum.has_value(),
            .new_sum = sum_of(fresh.targets),
            .new_ever = new_before + appeared,
            .new_is_present = is_listed || fresh.certainty == NewLesion::unequivocal || appeared > 0,
            .new_non_target_increased = fresh.non_target == NewNonTarget::increased,
            .non_target_increased = visit.non_target_increased,
            .unscheduled_for_symptom = visit.unscheduled_for_symptom,
            .progressive = {.target = judged.target == Response::progressive,
                            .non_target =
                                visit.non_target == NonTarget::progressive || non_target_is_back(judged),
                            .new_lesion = appeared > 0}};
}

/// iCR, iPR or iSD by the tables of RECIST 1.1; a new lesion that is still there makes iCR an iPR (2.10).
ImmuneResponse response_of(const ImmuneFindings& now)
{
    switch (overall_response(now.target, {.non_target = now.non_target})) {
    case Response::complete: return now.new_is_present ? ImmuneResponse::partial : ImmuneResponse::complete;
    case Response::partial: return ImmuneResponse::partial;
    case Response::stable: return ImmuneResponse::stable;
    case Response::non_cr_non_pd: return ImmuneResponse::non_cr_non_pd;
    case Response::progressive:
    case Response::not_evaluable:
    case Response::not_applicable: break;
    }
    return ImmuneResponse::not_evaluable;
}

/// The walk over the visits: at most one run of unconfirmed progression is open at a time.
class Walk {
public:
    explicit Walk(const ResponseOptions& options) : options_{options} {}

    ImmuneVisit judge(const ImmuneFindings& now)
    {
        if (is_confirmed_)
            return visit(now, ImmuneResponse::confirmed_progressive, "confirmed before (RULES 2.11)");
        if (run_) return within_run(*run_, now);
        return any(now.progressive) || known_lesion_grew(now) ? begin_run(now) : respond(now);
    }

    [[nodiscard]] std::optional<Day> progression_day() const
    {
        return run_ ? std::optional{run_->first.day} : std::nullopt;
    }
    [[nodiscard]] std::int32_t pseudo_progressions() const { return pseudo_progressions_; }
    [[nodiscard]] const std::vector<std::string>& contested() const { return contested_; }

private:
    /// The first visit of a run waits for nothing.
    [[nodiscard]] ConfirmationWindow window_at(Day day) const
    {
        if (!run_ || run_->first.day == day) return ConfirmationWindow::in_time;
        return window_of(*run_, day, options_);
    }

    [[nodiscard]] ImmuneVisit visit(const ImmuneFindings& now, ImmuneResponse code, std::string because) const
    {
        return {.day = now.day, .code = code, .window = window_at(now.day), .because = std::move(because)};
    }

    ImmuneVisit begin_run(const ImmuneFindings& now)
    {
        Run run{now};
        run.first.progressive.new_lesion |= known_lesion_grew(now);
        run_ = run;
        return visit(now, ImmuneResponse::unconfirmed_progressive, "first progression (RULES 2.3)");
    }

    /// After a reset the new lesions of the earlier run are known; only their growth is progression.
    [[nodiscard]] bool known_lesion_grew(const ImmuneFindings& now) const
    {
        constexpr TenthsMm growth = 50;  // RULES 2.8b
        return reset_new_sum_ && (now.new_sum - *reset_new_sum_ >= growth || now.new_non_target_increased);
    }

    ImmuneVisit within_run(const Run& run, const ImmuneFindings& now)
    {
        const ConfirmationWindow window = window_of(run, now.day, options_);
        if (window == ConfirmationWindow::early) return too_early(run, now);
        if (const auto row = confirmation(run, now)) return confirm(run, now, *row);
        if (still_progressive(run, now)) return goes_on(now);
        return respond(now);
    }

    /// 2.7: an early scan confirms only by an additional lesion, and only if a symptom asked for the scan.
    ImmuneVisit too_early(const Run& run, const ImmuneFindings& now)
    {
        if (now.unscheduled_for_symptom && has_additional_lesion(run, now))
            return confirm(run, now, "an additional new lesion on a scan for a new symptom (RULES 2.7)");
        const bool lasts = any(now.progressive) || still_progressive(run, now);
        if (!lasts && response_of(now) == ImmuneResponse::not_evaluable) return respond(now);
        if (confirmation(run, now) && window_of(run, now.day + 2, options_) != ConfirmationWindow::early)
            contest("2.7: the EORTC FAQ lets a protocol allow about two days, so that 26 or 27 days "
                    "confirm; here 28 are needed");
        if (!lasts)
            contest("2.7: a scan before 28 days is disregarded; others let its response reset the "
                    "progression");
        return visit(now,
                     ImmuneResponse::unconfirmed_progressive,
                     "too early to confirm: repeat the scan (RULES 2.7)");
    }

    ImmuneVisit confirm(const Run& run, const ImmuneFindings& now, const std::string& row)
    {
        is_confirmed_ = true;
        if (window_of(run, now.day, options_) == ConfirmationWindow::late)
            contest("2.7: progression was confirmed later than 8 weeks; some protocols do not accept that");
        const Categories& before = run.first.progressive;
        const bool recovered =
            (before.target && !now.progressive.target) || (before.non_target && !now.progressive.non_target);
        if (recovered)
            contest("2.8: the category that progressed first has recovered; the main text confirms by "
                    "another category, the rows of Table 2 read literally keep iUPD");
        return visit(now, ImmuneResponse::confirmed_progressive, row);
    }

    ImmuneVisit goes_on(const ImmuneFindings& now)
    {
        if (!now.progressive.target && !now.progressive.non_target)
            contest("2.10: a stable new lesion with unchanged targets: Table 2 keeps iUPD; some readers "
                    "assign iSD");
        return visit(now,
                     ImmuneResponse::unconfirmed_progressive,
                     "progression lasts but is no more than when it was first seen (RULES 2.8)");
    }

    /// No progression, or none that lasts: the bar resets, unless nothing could be evaluated (2.9, 2.13).
    ImmuneVisit respond(const ImmuneFindings& now)
    {
        const ImmuneResponse code = response_of(now);
        if (code == ImmuneResponse::not_evaluable)
            return visit(now, code, "could not be evaluated: neither confirms nor resets (RULES 2.13)");
        const ImmuneVisit answer =
            visit(now, code, run_ ? "progression is reset (RULES 2.9)" : "by baseline and nadir (RULES 2.2)");
        if (run_) ++pseudo_progressions_;
        run_.reset();
        if (now.new_is_present) reset_new_sum_ = std::min(now.new_sum, reset_new_sum_.value_or(now.new_sum));
        return answer;
    }

    void contest(const std::string& why)
    {
        if (std::ranges::count(contested_, why) == 0) contested_.push_back(why);
    }

    ResponseOptions options_;
    std::optional<Run> run_;
    bool is_confirmed_{};
    std::optional<TenthsMm> reset_new_sum_;
    std::int32_t pseudo_progressions_{};
    std::vector<std::string> contested_;
};

/// Best of iCR, iPR and iSD up to iCPD, else iCPD, else iUPD, else NE (2.11). iSD must have lasted (1.38).
ImmuneResponse
best_of(const std::vector<ImmuneVisit>& visits, Day baseline_day, const ResponseOptions& options)
{
    const auto has = [&](ImmuneResponse code, Day least_days) {
        return std::ranges::any_of(visits, [&](const ImmuneVisit& v) {
            return v.code == code && v.day - baseline_day >= least_days;
        });
    };
    constexpr Day any_day = 0;
    if (has(ImmuneResponse::complete, any_day)) return ImmuneResponse::complete;
    if (has(ImmuneResponse::partial, any_day)) return ImmuneResponse::partial;
    if (has(ImmuneResponse::stable, options.min_sd_days)) return ImmuneResponse::stable;
    if (has(ImmuneResponse::non_cr_non_pd, options.min_sd_days)) return ImmuneResponse::non_cr_non_pd;
    if (has(ImmuneResponse::confirmed_progressive, any_day)) return ImmuneResponse::confirmed_progressive;
    if (has(ImmuneResponse::unconfirmed_progressive, any_day)) return ImmuneResponse::unconfirmed_progressive;
    return ImmuneResponse::not_evaluable;
}

}  // namespace

ImmuneAssessment irecist(const Course& course, const ResponseOptions& options)
{
    ImmuneAssessment assessment;
    assessment.recist11 = recist11(course, options);
    Walk walk{options};
    std::int32_t new_ever = 0;
    for (std::size_t n = 0; n < course.visits.size(); ++n) {
        const ImmuneFindings now = findings_of(course.visits[n], assessment.recist11.visits[n], new_ever);
        new_ever = now.new_ever;
        assessment.visits.push_back(walk.judge(now));
    }
    assessment.best = best_of(assessment.visits, course.baseline_day, options);
    assessment.progression_day = walk.progression_day();
    assessment.pseudo_progressions = walk.pseudo_progressions();
    assessment.contested = walk.contested();
    for (const OtherReading& other : assessment.recist11.other_readings)
        assessment.contested.push_back(other.rule + ": " + other.why);
    return assessment;
}

}  // namespace downstage::criteria
