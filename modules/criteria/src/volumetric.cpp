#include "downstage/criteria/volumetric.hpp"

#include <cmath>

namespace downstage::criteria {

namespace {

std::int64_t whole_mm3(double ml)
{
    return std::llround(ml * 1000.0);
}

}  // namespace

Response volumetric(const VolumeSums& sums, const VolumeLimits& limits)
{
    const std::int64_t now = whole_mm3(sums.now_ml);
    if (now == 0) return Response::complete;
    if (at_least(now, limits.progressive, whole_mm3(sums.smallest_ml))) return Response::progressive;
    if (at_most(now, limits.partial, whole_mm3(sums.baseline_ml))) return Response::partial;
    return Response::stable;
}

}  // namespace downstage::criteria
