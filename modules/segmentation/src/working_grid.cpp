#include "working_grid.hpp"

#include "downstage/imaging/resample.hpp"

namespace downstage::segmentation {

namespace {

constexpr double spacing_mm = 2.5;
constexpr double fine_mm = 2.0;  // an axis finer than this aliases when it is thinned out
constexpr double sigma_mm = 0.42 * spacing_mm;

double sigma_for(double old_spacing_mm)
{
    return old_spacing_mm < fine_mm ? sigma_mm : 0.0;
}

}  // namespace

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
