#include "working_grid.hpp"

#include "downstage/imaging/resample.hpp"

#include <algorithm>

namespace downstage::segmentation {

namespace {

constexpr double spacing_mm = 2.5;
constexpr double fine_mm = 2.0;  // an axis finer than this aliases when it is thinned out
constexpr double sigma_mm = 0.42 * spacing_mm;

double sigma_for(double old_spacing_mm)
{
    return old_spacing_mm < fine_mm ? sigma_mm : 0.0;
}

/// The part of an axis from `low` to `high`, both included, wider by the margin.
struct Range {
    std::int32_t low{}, high{};
};

Range widened(const Range& range, std::int32_t margin, std::int32_t size)
{
    if (range.low > range.high) return {.low = 0, .high = size - 1};
    return {.low = std::max(0, range.low - margin), .high = std::min(size - 1, range.high + margin)};
}

}  // namespace

Box box_around(const Mask& mask, std::int32_t margin)
{
    const Size& size = mask.grid().size;
    Range i{.low = size.i, .high = -1};
    Range j{.low = size.j, .high = -1};
    Range k{.low = size.k, .high = -1};
    const auto take = [](Range& range, std::int32_t place) {
        range.low = std::min(range.low, place);
        range.high = std::max(range.high, place);
    };
    for_each_set(mask, [&](const Index& at, std::size_t) {
        take(i, at.i);
        take(j, at.j);
        take(k, at.k);
    });
    i = widened(i, margin, size.i);
    j = widened(j, margin, size.j);
    k = widened(k, margin, size.k);
    return {.first = {i.low, j.low, k.low},
            .size = {i.high - i.low + 1, j.high - j.low + 1, k.high - k.low + 1}};
}

Volume to_working_grid(const Volume& ct, unsigned workers)
{
    const SpacingMm& old = ct.grid().spacing_mm;
    return imaging::shrink(ct,
                           {.spacing_mm = {spacing_mm, spacing_mm, spacing_mm},
                            .sigma_mm = {sigma_for(old.i), sigma_for(old.j), sigma_for(old.k)},
                            .low = -1024,
                            .high = 1500,
                            .workers = workers});
}

}  // namespace downstage::segmentation
