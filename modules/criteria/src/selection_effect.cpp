#include "downstage/criteria/recist11.hpp"
#include "downstage/criteria/selection.hpp"

#include <algorithm>

namespace downstage::criteria {

namespace {

constexpr std::size_t most_choices = 10'000;

std::vector<Candidate> candidates_of(const Course& course)
{
    std::vector<Candidate> candidates;
    candidates.reserve(course.targets.size());
    for (const BaselineTarget& target : course.targets) {
        double mm = 0.0;
        for (const Length& length : target.reading.whole.lengths)
            mm += length.raw_mm;
        candidates.push_back(
            {.id = target.id, .organ = target.organ, .lesion = {.mm = mm, .is_node = target.is_node}});
    }
    return candidates;
}

/// What the lesions that were not chosen say as non-target disease.
NonTarget with_unchosen(NonTarget stated, const TargetSum& unchosen, std::size_t count)
{
    const bool leaves_it = stated == NonTarget::progressive || stated == NonTarget::persisting ||
                           stated == NonTarget::not_evaluable || count == 0;
    if (leaves_it) return stated;
    if (!unchosen.is_complete) return NonTarget::not_evaluable;
    const bool is_gone = !unchosen.lesion_is_seen && !unchosen.node_is_enlarged;
    return is_gone ? NonTarget::complete : NonTarget::persisting;
}

/// Which targets are chosen, and which are left.
struct Division {
    std::vector<std::size_t> chosen, left;
};

Division division(std::size_t count, const std::vector<std::size_t>& chosen)
{
    Division divided{.chosen = chosen, .left = {}};
    for (std::size_t n = 0; n < count; ++n)
        if (std::ranges::count(chosen, n) == 0) divided.left.push_back(n);
    return divided;
}

std::vector<BaselineTarget> targets_at(const Course& course, const std::vector<std::size_t>& indices)
{
    std::vector<BaselineTarget> targets;
    targets.reserve(indices.size());
    for (const std::size_t n : indices)
        targets.push_back(course.targets[n]);
    return targets;
}

/// The visit as if only these were its targets; one without a reading is not evaluable.
Visit with_readings_at(const Visit& visit, const std::vector<std::size_t>& indices)
{
    Visit narrowed = visit;
    narrowed.targets.clear();
    for (const std::size_t n : indices)
        narrowed.targets.push_back(n < visit.targets.size() ? visit.targets[n] : TargetReading{});
    return narrowed;
}

Course with_targets(const Course& all, const std::vector<std::size_t>& chosen)
{
    const Division divided = division(all.targets.size(), chosen);
    const std::vector<BaselineTarget> left = targets_at(all, divided.left);
    Course course = all;
    course.targets = targets_at(all, divided.chosen);
    for (std::size_t v = 0; v < all.visits.size(); ++v) {
        const TargetSum unchosen = visit_sum(left, with_readings_at(all.visits[v], divided.left), {});
        course.visits[v] = with_readings_at(all.visits[v], divided.chosen);
        course.visits[v].non_target_lesions.clear();
        course.visits[v].non_target = with_unchosen(non_target_of(all.visits[v]), unchosen, left.size());
    }
    return course;
}

Response last_overall(const ResponseAssessment& assessment)
{
    return assessment.visits.empty() ? Response::not_evaluable : assessment.visits.back().overall;
}

}  // namespace

SelectionEffect selection_effect(const Course& all_measurable,
                                 std::span<const std::size_t> chosen,
                                 const ResponseOptions& options)
{
    const auto assessed = [&](const std::vector<std::size_t>& targets) {
        return recist11(with_targets(all_measurable, targets), options);
    };
    const ResponseAssessment adopted = assessed({chosen.begin(), chosen.end()});
    const std::vector<Candidate> candidates = candidates_of(all_measurable);
    const auto choices = legal_selections(candidates, {}, most_choices);
    SelectionEffect effect{.legal = choices.size(), .all_were_tried = choices.size() < most_choices};
    for (const std::vector<std::size_t>& choice : choices) {
        const ResponseAssessment other = assessed(choice);
        if (other.best != adopted.best) ++effect.other_best;
        if (last_overall(other) == last_overall(adopted)) continue;
        ++effect.other_overall;
        if (!effect.example.empty()) continue;
        for (const std::size_t n : choice)
            effect.example.push_back(candidates[n].id);
    }
    return effect;
}

}  // namespace downstage::criteria
