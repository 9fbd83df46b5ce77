#include "downstage/criteria/choi.hpp"

#include "downstage/criteria/response_limits.hpp"

#include <cmath>
#include <cstdint>

namespace downstage::criteria {

namespace {

constexpr Ratio minus_10_percent{.numerator = 9, .denominator = 10};
constexpr Ratio plus_10_percent{.numerator = 11, .denominator = 10};
constexpr Ratio minus_15_percent{.numerator = 17, .denominator = 20};

std::int64_t tenths_of_hu(double density_hu)
{
    return std::llround(density_hu * 10.0);
}

/// Empty when a density is unknown, or was not positive before: a percentage of it has no meaning.
std::optional<bool> density_responded(const ChoiChange& change)
{
    if (!change.before.density_hu || !change.now.density_hu) return std::nullopt;
    const std::int64_t before = tenths_of_hu(*change.before.density_hu);
    if (before <= 0) return std::nullopt;
    return at_most(tenths_of_hu(*change.now.density_hu), minus_15_percent, before);
}

}  // namespace

Response choi(const ChoiChange& change)
{
    const TenthsMm before = change.before.size.tenths;
    const TenthsMm now = change.now.size.tenths;
    if (change.has_new_lesion) return Response::progressive;
    if (now == 0) return Response::complete;
    if (at_most(now, minus_10_percent, before)) return Response::partial;
    const std::optional<bool> responded = density_responded(change);
    if (!responded) return Response::not_evaluable;
    if (*responded) return Response::partial;
    return at_least(now, plus_10_percent, before) ? Response::progressive : Response::stable;
}

}  // namespace downstage::criteria
