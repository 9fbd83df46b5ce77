#include "downstage/criteria/who.hpp"

#include <algorithm>

namespace downstage::criteria {

namespace {

std::int64_t product_of(const DiameterPair& lesion)
{
    return lesion.longest.tenths * lesion.perpendicular.tenths;
}

/// A lesion grew by 25 % or more; one that was not there before has no percentage.
bool any_grew(std::span<const DiameterPair> baseline, std::span<const DiameterPair> now)
{
    const std::size_t both = std::min(baseline.size(), now.size());
    for (std::size_t n = 0; n < both; ++n) {
        const std::int64_t before = product_of(baseline[n]);
        if (before > 0 && at_least(product_of(now[n]), plus_25_percent, before)) return true;
    }
    return false;
}

}  // namespace

std::int64_t sum_of_products(std::span<const DiameterPair> lesions)
{
    std::int64_t sum = 0;
    for (const DiameterPair& lesion : lesions)
        sum += product_of(lesion);
    return sum;
}

ProductResponse product_response(const ProductSums& sums)
{
    if (sums.now == 0) return {.response = Response::complete};
    if (at_least(sums.now, plus_25_percent, sums.smallest))
        return {.response = Response::progressive,
                .is_contested = !more_than(sums.now, plus_25_percent, sums.smallest)};
    if (at_most(sums.now, minus_50_percent, sums.baseline)) return {.response = Response::partial};
    return {.response = Response::stable};
}

ProductResponse who(std::span<const DiameterPair> baseline, std::span<const DiameterPair> now)
{
    const std::int64_t before = sum_of_products(baseline);
    const ProductResponse by_sum =
        product_response({.baseline = before, .smallest = before, .now = sum_of_products(now)});
    if (by_sum.response == Response::complete || by_sum.response == Response::progressive) return by_sum;
    return any_grew(baseline, now) ? ProductResponse{.response = Response::progressive} : by_sum;
}

}  // namespace downstage::criteria
