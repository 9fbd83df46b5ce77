#include "downstage/criteria/response_best.hpp"

#include <algorithm>

namespace downstage::criteria {

namespace {

bool is_response(Response overall)
{
    return overall == Response::complete || overall == Response::partial;
}

/// What lies between a response and the visit that may confirm it.
struct Between {
    std::int32_t not_evaluable{}, stable{}, other{};
};

void count(Between& between, Response overall, Response wanted)
{
    if (overall == Response::not_evaluable)
        ++between.not_evaluable;
    else if (overall == Response::stable)
        ++between.stable;
    else if (!is_response(overall) || (wanted == Response::complete && overall != Response::complete))
        ++between.other;
}

bool is_allowed(const Between& between, Response wanted, const ResponseOptions& options)
{
    const std::int32_t most_stable = options.accept_sd_between && wanted == Response::partial ? 1 : 0;
    return between.other == 0 && between.not_evaluable <= options.max_ne_between &&
           between.stable <= most_stable;
}

bool confirms(Response later, Response wanted)
{
    return later == Response::complete || (later == Response::partial && wanted == Response::partial);
}

/// Whether some later visit confirms the response of visit `first` (RULES 1.37).
bool is_confirmed(std::span<const DatedResponse> visits, std::size_t first, const ResponseOptions& options)
{
    const Response wanted = visits[first].overall;
    Between between;
    for (const DatedResponse& later : visits.subspan(first + 1)) {
        const bool long_enough = later.day - visits[first].day >= options.confirm_after_days;
        if (long_enough && confirms(later.overall, wanted) && is_allowed(between, wanted, options))
            return true;
        count(between, later.overall, wanted);
    }
    return false;
}

/// CR followed by PR: the footnote of Table 3 lets a reader call the first one a PR.
std::vector<DatedResponse> relabelled(std::span<const DatedResponse> visits)
{
    std::vector<DatedResponse> changed{visits.begin(), visits.end()};
    for (std::size_t n = changed.size(); n-- > 1;)
        if (changed[n - 1].overall == Response::complete && changed[n].overall == Response::partial)
            changed[n - 1].overall = Response::partial;
    return changed;
}

/// The best response that counts as one, and the first visit of any that does.
BestResponse best_of_responses(std::span<const DatedResponse> visits, const ResponseOptions& options)
{
    BestResponse found;
    for (std::size_t n = 0; n < visits.size(); ++n) {
        if (!is_response(visits[n].overall)) continue;
        if (options.confirm && !is_confirmed(visits, n, options)) continue;
        if (!found.response_day) found.response_day = visits[n].day;
        if (found.best != Response::complete) found.best = visits[n].overall;
    }
    return found;
}

bool is_stable_or_better(Response overall)
{
    return is_response(overall) || overall == Response::stable || overall == Response::non_cr_non_pd;
}

/// Without a response: stable disease that lasted, else progression, else nothing can be said (1.38).
Response best_of_the_rest(std::span<const DatedResponse> visits,
                          const BestResponseBasis& basis,
                          const ResponseOptions& options)
{
    const bool lasted = std::ranges::any_of(visits, [&](const DatedResponse& visit) {
        return is_stable_or_better(visit.overall) && visit.day - basis.baseline_day >= options.min_sd_days;
    });
    if (lasted) return basis.has_targets ? Response::stable : Response::non_cr_non_pd;
    const bool progressed = std::ranges::any_of(
        visits, [](const DatedResponse& visit) { return visit.overall == Response::progressive; });
    return progressed ? Response::progressive : Response::not_evaluable;
}

}  // namespace

std::vector<DatedResponse> visits_that_count(std::span<const DatedResponse> visits,
                                             const std::optional<Day>& new_therapy)
{
    std::vector<DatedResponse> counting;
    for (const DatedResponse& visit : visits) {
        if (new_therapy && visit.day > *new_therapy) break;
        counting.push_back(visit);
        if (visit.overall == Response::progressive) break;
    }
    return counting;
}

BestResponse best_response(std::span<const DatedResponse> visits,
                           const BestResponseBasis& basis,
                           const ResponseOptions& options)
{
    const bool relabels = options.confirm && options.relabel_cr_as_pr;
    const std::vector<DatedResponse> changed = relabels ? relabelled(visits) : std::vector<DatedResponse>{};
    const std::span<const DatedResponse> taken = relabels ? changed : visits;
    const BestResponse response = best_of_responses(taken, options);
    if (response.response_day) return response;
    return {.best = best_of_the_rest(taken, basis, options), .response_day = std::nullopt};
}

}  // namespace downstage::criteria
