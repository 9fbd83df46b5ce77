#include "lesions_opinion.hpp"

#include "downstage/imaging/morphology.hpp"
#include "downstage/imaging/resample.hpp"
#include "downstage/imaging/smooth.hpp"

#include "parenchyma.hpp"

#include <algorithm>
#include <numeric>

namespace downstage::segmentation {

namespace {

// LESION-TRAINING.md 7.2
constexpr double across_slices_mm = 2.0;
constexpr double thin_slices_mm = 3.0;

/// The network was not taught what lies outside of livers: nothing counts farther than a pixel from the mask.
void forget_beyond(Field& probability, const Mask& liver, unsigned workers)
{
    const SpacingMm& spacing = probability.grid().spacing_mm;
    const Mask here = imaging::resample_smooth(liver, probability.grid(), workers);
    const Mask near = imaging::dilate(here, std::max(spacing.i, spacing.j), workers);
    for (std::size_t n = 0; n < near.voxels().size(); ++n)
        if (near.voxels()[n] == 0) probability.voxels()[n] = 0.0F;
}

}  // namespace

std::vector<double> slice_levels_hu(const Volume& ct, const Mask& liver)
{
    std::vector<float> all;
    std::vector<std::vector<float>> by_slice(static_cast<std::size_t>(ct.grid().size.k));
    for (std::int32_t k = 0; k < ct.grid().size.k; ++k) {
        std::vector<float>& here = by_slice[static_cast<std::size_t>(k)];
        for (std::size_t n = 0; n < ct.slice(k).size(); ++n)
            if (liver.slice(k)[n] != 0) here.push_back(static_cast<float>(ct.slice(k)[n]));
        all.insert(all.end(), here.begin(), here.end());
    }
    const double overall_hu = median_of(all);
    std::vector<double> levels;
    for (std::vector<float>& here : by_slice)
        levels.push_back(here.empty() ? overall_hu : std::midpoint(median_of(here), overall_hu));
    return levels;
}

Field tumour_probability(const inference::Network& network, const Showing& showing, const Grid& grid)
{
    Field probability = network.look(showing.ct,
                                     {.liver = &showing.liver,
                                      .level_hu = slice_levels_hu(showing.ct, showing.liver),
                                      .workers = showing.workers,
                                      .progress = showing.progress});
    forget_beyond(probability, showing.liver, showing.workers);
    if (probability.grid().spacing_mm.k <= thin_slices_mm)
        probability = imaging::gaussian(probability, {0.0, 0.0, across_slices_mm}, showing.workers);
    return imaging::resample(probability, grid, 0.0F, showing.workers);
}

Opinion opinion_on(const Patch& region, const Field& probability)
{
    const Field here = cut(probability, box_of(region));
    std::vector<float> values;
    for (std::size_t n = 0; n < here.voxels().size(); ++n)
        if (region.mask.voxels()[n] != 0) values.push_back(here.voxels()[n]);
    if (values.empty()) return {};
    const auto count = static_cast<double>(values.size());
    const double sum = std::accumulate(values.begin(), values.end(), 0.0);
    const auto peak = values.begin() + static_cast<std::ptrdiff_t>(0.95 * count);
    std::ranges::nth_element(values, peak);
    return {.mean = sum / count, .peak = static_cast<double>(*peak)};
}

}  // namespace downstage::segmentation
