#include "downstage/criteria/size_probability.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace downstage::criteria {

namespace {

/// What each lesion must keep for one way of a rule and one number of lesions.
struct Window {
    std::optional<Condition> at_least;  ///< in tenths of a millimetre
    std::optional<Condition> at_most;
};

/// Probabilities of 0, 1, 2 ... real lesions, all of them within the window. It is the product of one factor
/// (absent + present * x) for each lesion, and the power of x is the count.
class CountedWithin {
public:
    explicit CountedWithin(std::size_t most) : by_count_(most + 1, 0.0) { by_count_[0] = 1.0; }

    void add(double probability_real, double probability_within)
    {
        for (std::size_t count = by_count_.size(); count-- > 0;) {
            by_count_[count] *= 1.0 - probability_real;
            if (count > 0) by_count_[count] += by_count_[count - 1] * probability_real * probability_within;
        }
    }

    [[nodiscard]] double of(std::size_t count) const { return by_count_[count]; }

private:
    std::vector<double> by_count_;
};

bool is_upper(Relation relation)
{
    return relation == Relation::below || relation == Relation::at_most;
}

/// Narrows the window by one condition on each lesion; false where the condition is of another kind.
bool narrow(Window& window, const Condition& condition, std::size_t count)
{
    Condition limit = condition;
    switch (condition.quantity) {
    case Quantity::largest_plus_count: limit.limit -= static_cast<std::int64_t>(count) * 100; [[fallthrough]];
    case Quantity::largest:
        if (!is_upper(condition.relation)) return false;
        if (!window.at_most || limit.limit < window.at_most->limit) window.at_most = limit;
        return true;
    case Quantity::smallest:
        if (condition.relation != Relation::at_least) return false;
        window.at_least = limit;
        return true;
    default: return false;
    }
}

bool is_of_sizes(Quantity quantity)
{
    return quantity >= Quantity::largest && quantity <= Quantity::cubes;
}

/// Whether the way is open, as far as number and facts go, for so many lesions.
bool is_open(const Way& way, const Findings& findings, std::size_t count)
{
    return std::ranges::all_of(way, [&](const Condition& condition) {
        if (is_of_sizes(condition.quantity)) return true;
        if (condition.quantity == Quantity::count)
            return holds(static_cast<std::int64_t>(count), condition.relation, condition.limit);
        return truth_of(condition, findings) != Truth::no;
    });
}

bool windows_are_nested(const Window& first, const Window& second)
{
    return first.at_least == second.at_least && first.at_most.has_value() == second.at_most.has_value();
}

struct WindowAnswer {
    bool is_exact{true};            ///< each lesion is compared by itself
    std::optional<Window> allowed;  ///< empty: so many lesions are not allowed
};

/// The window of one way; empty where a condition is of another kind.
std::optional<Window> window_of(const Way& way, std::size_t count)
{
    Window window;
    for (const Condition& condition : way)
        if (is_of_sizes(condition.quantity) && !narrow(window, condition, count)) return std::nullopt;
    return window;
}

/// The wider of two nested windows.
const Window& wider(const Window& first, const Window& second)
{
    const bool second_is_wider =
        first.at_most && second.at_most && second.at_most->limit > first.at_most->limit;
    return second_is_wider ? second : first;
}

/// The window for `count` lesions over all ways; of nested windows the widest.
WindowAnswer window_for(const Rule& rule, const Findings& findings, std::size_t count)
{
    WindowAnswer answer;
    for (const Way& way : rule.ways) {
        if (!is_open(way, findings, count)) continue;
        const std::optional<Window> window = window_of(way, count);
        if (!window) return {.is_exact = false};
        if (answer.allowed && !windows_are_nested(*answer.allowed, *window)) return {.is_exact = false};
        answer.allowed = answer.allowed ? wider(*answer.allowed, *window) : *window;
    }
    return answer;
}

double probability_inside(const LesionSize& size, const Window& window)
{
    const double within =
        window.at_most ? probability_within(size, window.at_most->limit, window.at_most->relation) : 1.0;
    if (!window.at_least) return within;
    // Below "at least L" is the other side of "under L".
    return std::max(0.0, within - probability_within(size, window.at_least->limit, Relation::below));
}

double probability_of_count(std::size_t count, const Window& window, const TumourBurden& burden)
{
    CountedWithin counted{count};
    for (const LesionSize& size : burden.lesions)
        counted.add(1.0, probability_inside(size, window));
    for (const PossibleLesion& lesion : burden.possible)
        counted.add(lesion.probability_real, probability_inside(lesion.size, window));
    return counted.of(count);
}

/// Whether what holds for every way, but for the number, is not surely false.
bool always_may_hold(const Rule& rule, const Findings& findings, std::size_t count)
{
    return std::ranges::all_of(rule.always, [&](const Condition& condition) {
        if (condition.quantity == Quantity::count)
            return holds(static_cast<std::int64_t>(count), condition.relation, condition.limit);
        return truth_of(condition, findings) != Truth::no;
    });
}

}  // namespace

double normal_cdf(double z)
{
    return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

TrueSize true_size(const LesionSize& size)
{
    constexpr double normal_95 = 1.959964;
    return {.middle_mm = 0.5 * (size.ci95_mm.high + size.ci95_mm.low),
            .sd_mm = 0.5 * (size.ci95_mm.high - size.ci95_mm.low) / normal_95};
}

double probability_within(const LesionSize& size, TenthsMm limit, Relation relation)
{
    const TrueSize truth = true_size(size);
    if (truth.sd_mm <= 0.0) return holds(to_tenths(size.diameter_mm), relation, limit) ? 1.0 : 0.0;
    return normal_cdf((from_tenths(limit) - truth.middle_mm) / truth.sd_mm);
}

std::optional<double>
exact_probability(const Rule& rule, const TumourBurden& burden, const Findings& findings)
{
    const std::size_t most = burden.lesions.size() + burden.possible.size();
    double met = 0.0;
    for (std::size_t count = burden.lesions.size(); count <= most; ++count) {
        if (!always_may_hold(rule, findings, count)) continue;
        const WindowAnswer window = window_for(rule, findings, count);
        if (!window.is_exact) return std::nullopt;
        if (window.allowed) met += probability_of_count(count, *window.allowed, burden);
    }
    return met;
}

}  // namespace downstage::criteria
