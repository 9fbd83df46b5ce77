#include "decision.hpp"
#include "quantities.hpp"

#include <algorithm>
#include <limits>

namespace downstage::criteria {

namespace {

bool is_length(Quantity quantity)
{
    return words_of(quantity).kind == QuantityKind::length;
}

bool is_measured_value(Quantity quantity)
{
    const QuantityKind kind = words_of(quantity).kind;
    return kind == QuantityKind::value || kind == QuantityKind::volume || kind == QuantityKind::length;
}

/// Positive inside, negative outside, in the units of the quantity; whether the limit itself is inside is
/// the answer's business, not the margin's.
std::int64_t distance(const Condition& condition, const Findings& findings)
{
    const std::int64_t value = findings.of(condition.quantity).high;
    const bool is_upper = condition.relation == Relation::below || condition.relation == Relation::at_most;
    return is_upper ? condition.limit - value : value - condition.limit;
}

template <typename Wanted>
std::optional<Margin> nearest(const Way& way, const Findings& findings, const Wanted& wanted)
{
    std::optional<Margin> margin;
    for (const Condition& condition : way) {
        if (!wanted(condition.quantity) || condition.relation == Relation::equal) continue;
        if (!is_known(findings.of(condition.quantity))) continue;
        const QuantityWords& words = words_of(condition.quantity);
        const double value =
            shown_value(condition.quantity, static_cast<double>(distance(condition, findings)));
        if (!margin || value < margin->value)
            margin = Margin{.value = value, .unit = std::string{words.unit}, .of = std::string{words.words}};
    }
    return margin;
}

/// Conditions that surely fail, those on number and facts weighing more than any on sizes and values, since
/// no measuring changes them.
std::size_t failures(const Way& way, const Findings& findings)
{
    std::size_t failed = 0;
    for (const Condition& condition : way)
        if (truth_of(condition, findings) == Truth::no)
            failed += is_measured_value(condition.quantity) ? 1U : 10U;
    return failed;
}

bool number_fails(const Way& way, const Findings& findings)
{
    return std::ranges::any_of(way, [&](const Condition& condition) {
        return condition.quantity == Quantity::count && truth_of(condition, findings) == Truth::no;
    });
}

}  // namespace

const Way* nearest_way(const Decision& decision)
{
    const Way* best = nullptr;
    for (const Way& way : decision.rule.ways) {
        if (number_fails(way, decision.findings)) continue;
        if (best == nullptr || failures(way, decision.findings) < failures(*best, decision.findings))
            best = &way;
    }
    return best;
}

std::optional<Margin> margin_of_size(const Decision& decision)
{
    const Way* const way = nearest_way(decision);
    if (way == nullptr || decision.read.lesions.empty()) return std::nullopt;
    return nearest(*way, decision.findings, is_length);
}

std::optional<Margin> margin_of(const Decision& decision)
{
    if (const std::optional<Margin> size = margin_of_size(decision)) return size;
    const Way* const way = nearest_way(decision);
    if (way == nullptr) return std::nullopt;
    return nearest(*way, decision.findings, is_measured_value);
}

}  // namespace downstage::criteria
