#pragma once

#include "downstage/core/units.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>

/// The three readings of Milan as one rule with five constants, decided in whole tenths of a millimetre
/// (RULES.md 0.3), so that no binary fraction ever stands at a limit.
namespace downstage::criteria {

/// Whether a size at the limit itself is still within it.
enum class AtLimit { excluded, included };

struct SizeLimit {
    TenthsMm limit{};
    AtLimit at_limit{AtLimit::included};
};

[[nodiscard]] constexpr bool within(TenthsMm size, const SizeLimit& limit)
{
    return size < limit.limit || (size == limit.limit && limit.at_limit == AtLimit::included);
}

/// One tumour within `single`, or two to `most_lesions` tumours each within `each`.
struct SizeRule {
    std::string_view criterion;  ///< as the contract names it
    std::string_view text;       ///< the rule in words
    std::string_view source;     ///< RULES.md row and where the wording comes from
    SizeLimit single, each;
    std::size_t most_lesions{3};
};

inline constexpr SizeLimit under_50_mm{.limit = 500, .at_limit = AtLimit::excluded};
inline constexpr SizeLimit at_most_50_mm{.limit = 500, .at_limit = AtLimit::included};
inline constexpr SizeLimit under_30_mm{.limit = 300, .at_limit = AtLimit::excluded};
inline constexpr SizeLimit at_most_30_mm{.limit = 300, .at_limit = AtLimit::included};

inline constexpr SizeRule milan_strict{.criterion = "milan_strict",
                                       .text = "one tumour under 50 mm, or two or three all under 30 mm",
                                       .source = "the project's strict reading of RULES 5.1 and 5.1b",
                                       .single = under_50_mm,
                                       .each = under_30_mm};
inline constexpr SizeRule milan_acs{
    .criterion = "milan_acs",
    .text = "one tumour smaller than 50 mm, or two or three none larger than 30 mm",
    .source = "RULES 5.1b, American Cancer Society",
    .single = under_50_mm,
    .each = at_most_30_mm};
inline constexpr SizeRule milan_1996{
    .criterion = "milan",
    .text = "one tumour of at most 50 mm, or two or three none larger than 30 mm",
    .source = "RULES 5.1, Mazzaferro, NEJM 1996;334:693",
    .single = at_most_50_mm,
    .each = at_most_30_mm};

/// In the order in which they are reported; the first is the headline.
inline constexpr std::array<SizeRule, 3> milan_rules{milan_strict, milan_acs, milan_1996};

enum class SizeAnswer { inside, too_large, too_many, no_tumour };

/// The limit that each of `count` lesions must keep.
[[nodiscard]] constexpr const SizeLimit& limit_for(const SizeRule& rule, std::size_t count)
{
    return count == 1 ? rule.single : rule.each;
}

/// Size and number alone. No tumour is not inside: there is nothing to qualify (vector EL-013).
[[nodiscard]] constexpr SizeAnswer answer_by_size(const SizeRule& rule, std::span<const TenthsMm> sizes)
{
    if (sizes.empty()) return SizeAnswer::no_tumour;
    if (sizes.size() > rule.most_lesions) return SizeAnswer::too_many;
    const SizeLimit& limit = limit_for(rule, sizes.size());
    const bool all_within = std::ranges::all_of(sizes, [&](TenthsMm size) { return within(size, limit); });
    return all_within ? SizeAnswer::inside : SizeAnswer::too_large;
}

namespace border_cases {

template <std::size_t count>
[[nodiscard]] constexpr bool inside(const SizeRule& rule, const std::array<TenthsMm, count>& sizes)
{
    return answer_by_size(rule, sizes) == SizeAnswer::inside;
}

static_assert(inside(milan_strict, std::array<TenthsMm, 1>{499}));
static_assert(!inside(milan_strict, std::array<TenthsMm, 1>{500}));
static_assert(!inside(milan_acs, std::array<TenthsMm, 1>{500}));  // vector EL-015
static_assert(inside(milan_1996, std::array<TenthsMm, 1>{500}));  // inclusive in 1996
static_assert(!inside(milan_1996, std::array<TenthsMm, 1>{501}));
static_assert(!inside(milan_strict, std::array<TenthsMm, 3>{300, 299, 299}));
static_assert(inside(milan_acs, std::array<TenthsMm, 3>{300, 300, 300}));  // vector EL-016
static_assert(inside(milan_1996, std::array<TenthsMm, 3>{300, 300, 300}));
static_assert(!inside(milan_1996, std::array<TenthsMm, 2>{301, 10}));
static_assert(!inside(milan_1996, std::array<TenthsMm, 4>{10, 10, 10, 10}));  // vector EL-010

}  // namespace border_cases

}  // namespace downstage::criteria
