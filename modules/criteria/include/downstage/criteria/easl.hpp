#pragma once

#include "downstage/criteria/who.hpp"

#include <span>

/// EASL 2001 (RULES.md 3.13): the sum of viable bidimensional products; CR none left, PR at least -50 %, PD
/// at least +25 % (contested exactly there: several tables print more than).
namespace downstage::criteria {

/// `baseline` and `now` hold the enhancing parts; the smallest earlier sum is the baseline's.
[[nodiscard]] inline ProductResponse easl(std::span<const DiameterPair> baseline,
                                          std::span<const DiameterPair> now)
{
    const std::int64_t before = sum_of_products(baseline);
    return product_response({.baseline = before, .smallest = before, .now = sum_of_products(now)});
}

}  // namespace downstage::criteria
