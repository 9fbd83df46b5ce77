#include "downstage/core/text.hpp"

#include "decision.hpp"
#include "quantities.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>

namespace downstage::criteria {

namespace {

/// A value to try in place of today's.
using Candidates = std::set<std::int64_t>;

struct SizeChange {
    std::size_t lesion{};
    TenthsMm from{}, to{};
    Truth after{};
};

/// The answer turns: what was met is surely not any more, what was not met is met or open, what was open is
/// settled as not met.
bool turns(Truth before, Truth after)
{
    return before == Truth::no ? after != Truth::no : after == Truth::no;
}

void add_around(Candidates& candidates, std::int64_t limit)
{
    for (const std::int64_t near : {limit - 1, limit, limit + 1})
        if (near > 0) candidates.insert(near);
}

template <typename Use>
void for_each_condition(const Rule& rule, const Use& use)
{
    for (const Way& way : rule.ways)
        std::ranges::for_each(way, use);
    std::ranges::for_each(rule.always, use);
}

/// The sizes of one lesion at which some comparison of the rule turns.
Candidates sizes_at_limits(const Decision& decision, std::int64_t size)
{
    Candidates candidates;
    const auto rest_of = [&](Quantity quantity) { return decision.findings.of(quantity).high; };
    for_each_condition(decision.rule, [&](const Condition& condition) {
        switch (condition.quantity) {
        case Quantity::largest:
        case Quantity::smallest: add_around(candidates, condition.limit); break;
        case Quantity::sum: add_around(candidates, condition.limit - (rest_of(Quantity::sum) - size)); break;
        case Quantity::largest_plus_count:
            add_around(candidates,
                       condition.limit - 100 * static_cast<std::int64_t>(decision.read.lesions.size()));
            break;
        case Quantity::cubes: {
            const std::int64_t others = rest_of(Quantity::cubes) - size * size * size;
            add_around(candidates,
                       static_cast<std::int64_t>(std::cbrt(
                           static_cast<double>(std::max<std::int64_t>(0, condition.limit - others)))));
            break;
        }
        default: break;
        }
    });
    return candidates;
}

std::vector<Range> ranges_of(const ReadLesions& read)
{
    std::vector<Range> sizes;
    for (const ReadLesion& lesion : read.lesions) {
        const std::int64_t high = to_tenths(lesion.highest_mm);
        sizes.push_back(lesion.measured ? exactly(high) : Range{.low = 0, .high = high});
    }
    return sizes;
}

Truth truth_with(const Decision& decision, const std::vector<Range>& sizes)
{
    Findings changed = decision.findings;
    set_sizes(changed, sizes);
    return truth_of(decision.rule, changed);
}

std::optional<SizeChange> smallest_size_change(const Decision& decision)
{
    std::optional<SizeChange> best;
    const std::vector<Range> sizes = ranges_of(decision.read);
    for (std::size_t n = 0; n < sizes.size(); ++n) {
        if (!is_known(sizes[n])) continue;
        const TenthsMm from = sizes[n].high;
        for (const TenthsMm to : sizes_at_limits(decision, from)) {
            const bool is_smaller = !best || std::abs(to - from) < std::abs(best->to - best->from);
            if (to == from || !is_smaller) continue;
            std::vector<Range> changed = sizes;
            changed[n] = exactly(to);
            const Truth after = truth_with(decision, changed);
            if (turns(decision.truth, after))
                best = SizeChange{.lesion = n, .from = from, .to = to, .after = after};
        }
    }
    return best;
}

/// "inside Milan (strict)" and the like: what the patient would then be.
std::string then(const Decision& decision)
{
    const std::string_view turned =
        decision.truth == Truth::no ? decision.rule.when_met : decision.rule.when_not;
    return std::string{turned} + " " + std::string{decision.rule.name};
}

/// What else it would take where facts are unknown.
std::string_view proviso(Truth after)
{
    return after == Truth::unknown ? ", and what is unknown were in favour" : "";
}

std::string way_text(std::int64_t from, std::int64_t to)
{
    return to < from ? " or less" : " or more";
}

std::string distance_text(Quantity quantity, std::int64_t from, std::int64_t to)
{
    const std::int64_t distance = std::abs(to - from);
    return value_text(quantity, distance) + (to < from ? " below today" : " above today");
}

Counterfactual of_size(const Decision& decision, const SizeChange& change)
{
    const std::string& lesion = decision.read.lesions[change.lesion].name;
    return {.sentence = then(decision) + " if " + lesion + " were " +
                        value_text(Quantity::largest, change.to) + way_text(change.from, change.to) + ", " +
                        distance_text(Quantity::largest, change.from, change.to) +
                        std::string{proviso(change.after)},
            .lesion = lesion,
            .from = from_tenths(change.from),
            .to = from_tenths(change.to),
            .unit = "mm"};
}

/// The values of one fact or blood value at which some comparison of the rule turns.
Candidates values_at_limits(const Rule& rule, Quantity quantity)
{
    Candidates candidates;
    for_each_condition(rule, [&](const Condition& condition) {
        if (condition.quantity != quantity) return;
        for (const std::int64_t near : {condition.limit - 1, condition.limit, condition.limit + 1})
            if (near >= 0) candidates.insert(near);
    });
    if (words_of(quantity).kind == QuantityKind::fact) candidates = {0, 1};
    return candidates;
}

std::string fact_words(Quantity quantity, const Range& today, std::int64_t to)
{
    const QuantityWords& words = words_of(quantity);
    const std::string what{words.words};
    if (words.kind == QuantityKind::fact) return what + " were " + value_text(quantity, to);
    if (!is_known(today)) return what + " were " + value_text(quantity, to);
    return what + " were " + value_text(quantity, to) + way_text(today.high, to) + ", " +
           distance_text(quantity, today.high, to);
}

/// Far enough from any value that a known one is always nearer.
std::int64_t effort(const Range& today, std::int64_t to)
{
    return is_known(today) ? std::abs(to - today.high) : 0;
}

std::optional<Counterfactual> of_value(const Decision& decision, Quantity quantity)
{
    const Range& today = decision.findings.of(quantity);
    std::optional<std::int64_t> best;
    for (const std::int64_t to : values_at_limits(decision.rule, quantity)) {
        if (today == exactly(to) || (best && effort(today, to) >= effort(today, *best))) continue;
        Findings changed = decision.findings;
        changed.set(quantity, exactly(to));
        if (turns(decision.truth, truth_of(decision.rule, changed))) best = to;
    }
    if (!best) return std::nullopt;
    Counterfactual answer{.sentence = then(decision) + " if " + fact_words(quantity, today, *best),
                          .unit = std::string{words_of(quantity).unit}};
    if (is_known(today)) answer.from = shown_value(quantity, static_cast<double>(today.high));
    answer.to = shown_value(quantity, static_cast<double>(*best));
    return answer;
}

std::optional<Counterfactual> of_any_value(const Decision& decision)
{
    std::optional<Counterfactual> answer;
    for_each_condition(decision.rule, [&](const Condition& condition) {
        if (!answer && !is_size(condition.quantity)) answer = of_value(decision, condition.quantity);
    });
    return answer;
}

std::optional<Counterfactual> of_number(const Decision& decision)
{
    const std::vector<Range> sizes = ranges_of(decision.read);
    for (std::size_t n = 0; n < sizes.size(); ++n) {
        std::vector<Range> fewer = sizes;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(n));
        if (turns(decision.truth, truth_with(decision, fewer)))
            return Counterfactual{.sentence = then(decision) + " if " + decision.read.lesions[n].name +
                                              " did not count",
                                  .lesion = decision.read.lesions[n].name};
    }
    constexpr TenthsMm small = 100;  // the smallest lesion that counts, 10 mm (RULES.md 6.5)
    std::vector<Range> more = sizes;
    more.push_back(exactly(small));
    if (!turns(decision.truth, truth_with(decision, more))) return std::nullopt;
    return Counterfactual{.sentence = then(decision) + " if one more lesion of " +
                                      mm_text(from_tenths(small)) + " counted"};
}

}  // namespace

std::optional<Counterfactual> counterfactual_of(const Decision& decision)
{
    if (const std::optional<SizeChange> size = smallest_size_change(decision))
        return of_size(decision, *size);
    if (std::optional<Counterfactual> value = of_any_value(decision)) return value;
    return of_number(decision);
}

}  // namespace downstage::criteria
