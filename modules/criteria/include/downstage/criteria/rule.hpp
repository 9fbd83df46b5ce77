#pragma once

#include "downstage/criteria/terms.hpp"

#include <string_view>

/// A rule of eligibility as data: ways to meet it, and what must hold whichever way.
namespace downstage::criteria {

/// Which of a lesion's three sizes a rule reads (RULES.md 6.2).
enum class SizeRead : std::uint8_t {
    whole,             ///< outer edge in any plane (LI-RADS), at staging
    viable_if_treated  ///< the arterially enhancing part once anything was done against the tumour
};

/// The same rule as somebody else prints it.
struct Reading {
    std::string_view who;
    Few<Way, 10> ways;
};

struct Rule {
    std::string_view criterion;                                ///< as the contract names it
    std::string_view name;                                     ///< as a reader calls it
    std::string_view when_met{"inside"}, when_not{"outside"};  ///< e.g. "inside" UCSF
    std::string_view text;                                     ///< the rule in words
    std::string_view row;                                      ///< of RULES.md
    std::string_view source;
    SizeRead reads{SizeRead::whole};
    Few<Way, 10> ways;         ///< any of them will do; none: any size and number
    Few<Condition, 6> always;  ///< and all of these
    Few<Reading, 2> readings;  ///< contested: shown where it would answer otherwise
};

/// What is known of one patient: every quantity that a rule may compare, unknown until it is set.
class Findings {
public:
    [[nodiscard]] constexpr const Range& of(Quantity quantity) const
    {
        return ranges_[static_cast<std::size_t>(quantity)];
    }
    constexpr void set(Quantity quantity, const Range& range)
    {
        ranges_[static_cast<std::size_t>(quantity)] = range;
    }
    /// How many units of length stand for one tenth of a millimetre: 1 where rules decide, more where raw
    /// values are compared to see whether rounding matters (RULES.md 0.2).
    [[nodiscard]] constexpr std::int64_t units_per_tenth() const { return units_per_tenth_; }
    constexpr void set_units_per_tenth(std::int64_t units) { units_per_tenth_ = units; }

private:
    std::array<Range, quantity_count> ranges_{};
    std::int64_t units_per_tenth_{1};
};

/// The limit in the units that the findings have their lengths in.
[[nodiscard]] constexpr std::int64_t limit_in_units(const Condition& condition, std::int64_t units_per_tenth)
{
    switch (condition.quantity) {
    case Quantity::largest:
    case Quantity::smallest:
    case Quantity::sum:
    case Quantity::largest_plus_count: return condition.limit * units_per_tenth;
    case Quantity::cubes: return condition.limit * units_per_tenth * units_per_tenth * units_per_tenth;
    default: return condition.limit;
    }
}

[[nodiscard]] constexpr Truth truth_of(const Condition& condition, const Findings& findings)
{
    return truth_of(findings.of(condition.quantity),
                    condition.relation,
                    limit_in_units(condition, findings.units_per_tenth()));
}

template <std::size_t most>
[[nodiscard]] constexpr Truth all_of(const Few<Condition, most>& conditions, const Findings& findings)
{
    Truth truth = Truth::yes;
    for (const Condition& condition : conditions)
        truth = std::min(truth, truth_of(condition, findings));
    return truth;
}

template <std::size_t most>
[[nodiscard]] constexpr Truth any_of(const Few<Way, most>& ways, const Findings& findings)
{
    Truth truth = ways.empty() ? Truth::yes : Truth::no;
    for (const Way& way : ways)
        truth = std::max(truth, all_of(way, findings));
    return truth;
}

/// The whole rule, three-valued: whatever is surely false decides before anything unknown does (RULES.md
/// 0.4).
[[nodiscard]] constexpr Truth truth_of(const Rule& rule, const Findings& findings)
{
    return std::min(any_of(rule.ways, findings), all_of(rule.always, findings));
}

}  // namespace downstage::criteria
