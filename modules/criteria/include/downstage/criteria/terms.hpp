#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <numbers>

/// The words that rules of eligibility are written in, so that a rule reads here as it does in its paper:
/// `{count <= 3, largest <= 45_mm, sum <= 80_mm}`. Everything is a whole number (RULES.md 0.3).
namespace downstage::criteria {

/// No, unknown, yes, in this order: `and` is the smaller, `or` the larger (RULES.md 0.4).
enum class Truth { no, unknown, yes };

/// What a rule compares. Sizes are in tenths of a millimetre, blood values in tenths of their unit, facts 0
/// or 1; see quantities.hpp.
enum class Quantity : std::uint8_t {
    count,               ///< lesions that count
    largest,             ///< largest diameter
    smallest,            ///< smallest diameter
    sum,                 ///< of all diameters
    largest_plus_count,  ///< largest in cm plus the number, in tenths of a millimetre: 10 mm for each lesion
    cubes,               ///< sum of the cubes of the diameters, which is 6/pi times the total volume
    afp,
    afp_peak,
    dcp,
    edmondson,
    differentiation,  ///< 1 well, 2 moderate, 3 poor
    ecog,
    child,  ///< 1 A, 2 B, 3 C
    macrovascular_invasion,
    extrahepatic_disease,
    vascular_invasion,
    major_branch_invasion,
    adjacent_organ_invasion,
    infiltrative_growth,
    tumour_symptoms,
    transplantable,
    locoregional_therapy,
    nodal_metastasis,
    distant_metastasis,
};
inline constexpr std::size_t quantity_count = 24;

enum class Relation : std::uint8_t { below, at_most, equal, at_least, above };

/// One comparison of a quantity with a limit.
struct Condition {
    Quantity quantity{};
    Relation relation{};
    std::int64_t limit{};
    friend constexpr bool operator==(const Condition&, const Condition&) = default;
};

/// A short list that can stand in a constant table.
template <typename T, std::size_t most>
class Few {
public:
    constexpr Few() = default;
    constexpr Few(std::initializer_list<T> items) : size_{items.size()}
    {
        std::ranges::copy(items, items_.begin());
    }
    [[nodiscard]] constexpr const T* begin() const { return items_.data(); }
    [[nodiscard]] constexpr const T* end() const { return items_.data() + size_; }
    [[nodiscard]] constexpr std::size_t size() const { return size_; }
    [[nodiscard]] constexpr bool empty() const { return size_ == 0; }

private:
    std::array<T, most> items_{};
    std::size_t size_{};
};

/// All of these together are one way to meet a rule.
using Way = Few<Condition, 6>;

/// Where rules are written: quantities by their names, compared with the signs of comparison.
namespace rules {

struct Word {
    Quantity quantity{};
};
constexpr Condition operator<(Word word, std::int64_t limit)
{
    return {.quantity = word.quantity, .relation = Relation::below, .limit = limit};
}
constexpr Condition operator<=(Word word, std::int64_t limit)
{
    return {.quantity = word.quantity, .relation = Relation::at_most, .limit = limit};
}
constexpr Condition operator==(Word word, std::int64_t limit)
{
    return {.quantity = word.quantity, .relation = Relation::equal, .limit = limit};
}
constexpr Condition operator>=(Word word, std::int64_t limit)
{
    return {.quantity = word.quantity, .relation = Relation::at_least, .limit = limit};
}
constexpr Condition operator>(Word word, std::int64_t limit)
{
    return {.quantity = word.quantity, .relation = Relation::above, .limit = limit};
}

inline constexpr Word count{Quantity::count};
inline constexpr Word largest{Quantity::largest};
inline constexpr Word smallest{Quantity::smallest};
inline constexpr Word sum{Quantity::sum};
inline constexpr Word largest_plus_count{Quantity::largest_plus_count};
inline constexpr Word total_volume{Quantity::cubes};
inline constexpr Word afp{Quantity::afp};
inline constexpr Word afp_peak{Quantity::afp_peak};
inline constexpr Word dcp{Quantity::dcp};
inline constexpr Word edmondson{Quantity::edmondson};
inline constexpr Word differentiation{Quantity::differentiation};
inline constexpr Word ecog{Quantity::ecog};
inline constexpr Word child{Quantity::child};
inline constexpr Word macrovascular_invasion{Quantity::macrovascular_invasion};
inline constexpr Word extrahepatic_disease{Quantity::extrahepatic_disease};
inline constexpr Word vascular_invasion{Quantity::vascular_invasion};
inline constexpr Word major_branch_invasion{Quantity::major_branch_invasion};
inline constexpr Word adjacent_organ_invasion{Quantity::adjacent_organ_invasion};
inline constexpr Word infiltrative_growth{Quantity::infiltrative_growth};
inline constexpr Word tumour_symptoms{Quantity::tumour_symptoms};
inline constexpr Word transplantable{Quantity::transplantable};
inline constexpr Word locoregional_therapy{Quantity::locoregional_therapy};
inline constexpr Word nodal_metastasis{Quantity::nodal_metastasis};
inline constexpr Word distant_metastasis{Quantity::distant_metastasis};

/// The fact is known to be absent, or present.
constexpr Condition no(Word fact)
{
    return fact == 0;
}
constexpr Condition is(Word fact)
{
    return fact == 1;
}

consteval std::int64_t operator""_mm(unsigned long long mm)
{
    return static_cast<std::int64_t>(mm) * 10;
}
/// Largest diameter in cm plus number: 7 stands for 70 mm, of which each lesion takes 10.
consteval std::int64_t operator""_cm(unsigned long long cm)
{
    return static_cast<std::int64_t>(cm) * 100;
}
/// A volume of spheres as the sum of cubes of their diameters in tenths of a millimetre: pi/6 of it is the
/// volume, so that d^3 decides in whole numbers.
consteval std::int64_t operator""_cm3(unsigned long long cm3)
{
    return static_cast<std::int64_t>(static_cast<double>(cm3) * 1e6 * 6.0 / std::numbers::pi);
}
consteval std::int64_t operator""_ng_ml(unsigned long long value)
{
    return static_cast<std::int64_t>(value) * 10;
}
consteval std::int64_t operator""_mau_ml(unsigned long long value)
{
    return static_cast<std::int64_t>(value) * 10;
}

}  // namespace rules

/// What is known of one quantity: between `low` and `high`, both included. Known exactly where they are
/// equal.
struct Range {
    std::int64_t low{std::numeric_limits<std::int64_t>::min()};
    std::int64_t high{std::numeric_limits<std::int64_t>::max()};
    friend constexpr bool operator==(const Range&, const Range&) = default;
};

[[nodiscard]] constexpr Range exactly(std::int64_t value)
{
    return {.low = value, .high = value};
}
[[nodiscard]] constexpr bool is_known(const Range& range)
{
    return range.low == range.high;
}

[[nodiscard]] constexpr bool holds(std::int64_t value, Relation relation, std::int64_t limit)
{
    switch (relation) {
    case Relation::below: return value < limit;
    case Relation::at_most: return value <= limit;
    case Relation::equal: return value == limit;
    case Relation::at_least: return value >= limit;
    case Relation::above: return value > limit;
    }
    return false;
}

/// Whether the comparison holds for all, some or no value of the range.
[[nodiscard]] constexpr Truth truth_of(const Range& range, Relation relation, std::int64_t limit)
{
    const bool low_holds = holds(range.low, relation, limit);
    const bool high_holds = holds(range.high, relation, limit);
    if (relation == Relation::equal) {
        if (low_holds && high_holds) return Truth::yes;
        return range.low <= limit && limit <= range.high ? Truth::unknown : Truth::no;
    }
    if (low_holds && high_holds) return Truth::yes;
    return low_holds || high_holds ? Truth::unknown : Truth::no;
}

}  // namespace downstage::criteria
