#include "parenchyma.hpp"

#include "downstage/imaging/morphology.hpp"
#include "downstage/imaging/resample.hpp"
#include "downstage/imaging/smooth.hpp"

#include "lesions_patch.hpp"
#include "parenchyma_bays.hpp"

#include <algorithm>
#include <cmath>

namespace downstage::segmentation {

namespace {

constexpr double fine_mm = 1.5;               // 9.1
constexpr double coarsest_in_plane_mm = 2.5;  // an axis coarser than this is one of thick slices
constexpr double smoothing_mm = 1.2;          // 9.1
constexpr double margin_mm = 8.0;             // more than any shell or opening reaches out of the liver
constexpr float deep_mm = 4.0F;               // 9.2: no partial volume with what lies outside
constexpr int rounds = 3;                     // 9.2

/// Thick slices are not interpolated down: the slices between them would hold nothing new (9.1).
Grid working_grid(const Grid& box)
{
    const auto in_plane = [](double native) { return native > coarsest_in_plane_mm ? native : fine_mm; };
    return imaging::respaced(
        box, {in_plane(box.spacing_mm.i), in_plane(box.spacing_mm.j), std::max(fine_mm, box.spacing_mm.k)});
}

/// Only along fine axes: 0.3 voxel along a coarse one (9.1) would leave it as it is.
SpacingMm smoothing_on(const Grid& grid)
{
    const auto along = [](double spacing_mm) { return spacing_mm > fine_mm ? 0.0 : smoothing_mm; };
    return {along(grid.spacing_mm.i), along(grid.spacing_mm.j), along(grid.spacing_mm.k)};
}

Volume clamped(const Volume& image)
{
    constexpr std::int16_t lowest_hu = -150;
    constexpr std::int16_t highest_hu = 350;
    Volume result = image;
    for (std::int16_t& hu : result.voxels())
        hu = std::clamp(hu, lowest_hu, highest_hu);
    return result;
}

/// The local mean of what counts as tissue, on a coarse grid: it varies over centimetres.
class LocalMean {
public:
    explicit LocalMean(const Grid& fine)
        : fine_{fine},
          sum_{imaging::respaced(fine,
                                 {std::max(coarse_mm, fine.spacing_mm.i),
                                  std::max(coarse_mm, fine.spacing_mm.j),
                                  std::max(coarse_mm, fine.spacing_mm.k)})},
          weight_{sum_.grid()},
          share_{static_cast<float>(voxel_volume_mm3(fine) / voxel_volume_mm3(sum_.grid()))}
    {
    }

    void take(const Index& at, float hu)
    {
        const Index coarse{scaled(at.i, fine_.size.i, sum_.grid().size.i),
                           scaled(at.j, fine_.size.j, sum_.grid().size.j),
                           scaled(at.k, fine_.size.k, sum_.grid().size.k)};
        sum_[coarse] += share_ * hu;
        weight_[coarse] += share_;
    }

    /// Normalised convolution (Knutsson and Westin, CVPR 1993) with a weak pull to `prior_hu`.
    [[nodiscard]] Field smoothed(float prior_hu, unsigned workers) const
    {
        const SpacingMm sigma_mm{reach_mm, reach_mm, reach_mm};
        Field mean = imaging::gaussian(sum_, sigma_mm, workers);
        const Field weight = imaging::gaussian(weight_, sigma_mm, workers);
        for (std::size_t n = 0; n < mean.voxels().size(); ++n)
            mean.voxels()[n] =
                (mean.voxels()[n] + prior_weight * prior_hu) / (weight.voxels()[n] + prior_weight);
        return imaging::resample(mean, fine_, prior_hu, workers);
    }

private:
    static constexpr double coarse_mm = 6.0;  // a quarter of the reach
    static constexpr double reach_mm = 25.0;  // 9.2
    static constexpr float prior_weight = 0.01F;

    static std::int32_t scaled(std::int32_t at, std::int32_t fine, std::int32_t coarse)
    {
        return std::min(coarse - 1, static_cast<std::int32_t>((at + 0.5) * coarse / fine));
    }

    const Grid& fine_;
    Field sum_, weight_;
    float share_;
};

/// The values of deep tissue that `keep` accepts, given what each voxel holds.
template <typename ValueAt, typename Keep>
std::vector<float> deep_values(const Parenchyma& tissue, const ValueAt& value_at, const Keep& keep)
{
    std::vector<float> values;
    for (std::size_t n = 0; n < tissue.depth_mm.voxels().size(); ++n) {
        if (tissue.depth_mm.voxels()[n] <= deep_mm) continue;
        if (const float value = value_at(n); keep(value)) values.push_back(value);
    }
    return values;
}

constexpr auto near_zero = [](float value) { return std::abs(value) < 60.0F; };  // 9.2

double noise_of(const Parenchyma& tissue)
{
    auto values = deep_values(tissue, [&](std::size_t n) { return tissue.darker_hu.voxels()[n]; }, near_zero);
    return robust_sd_about_zero(values);
}

double grain_of(const Parenchyma& tissue)
{
    const auto grain = [&](std::size_t n) {
        const float local_mean = tissue.darker_hu.voxels()[n] + tissue.smoothed_hu.voxels()[n];
        return static_cast<float>(tissue.image.voxels()[n]) - local_mean;
    };
    auto values = deep_values(tissue, grain, near_zero);
    return robust_sd_about_zero(values);
}

/// The median of deep tissue that has about the liver's density.
float typical_hu(const Parenchyma& tissue, double mean_hu)
{
    constexpr double window_hu = 35.0;  // 9.2
    auto values = deep_values(
        tissue,
        [&](std::size_t n) { return tissue.smoothed_hu.voxels()[n]; },
        [&](float hu) { return std::abs(static_cast<double>(hu) - mean_hu) < window_hu; });
    return values.empty() ? static_cast<float>(mean_hu) : static_cast<float>(median_of(values));
}

void darker_than(Parenchyma& tissue, const Field& local_mean_hu)
{
    std::ranges::transform(local_mean_hu.voxels(),
                           tissue.smoothed_hu.voxels(),
                           tissue.darker_hu.voxels().begin(),
                           [](float mean, float hu) { return mean - hu; });
}

/// The mean of deep tissue that does not stand out from the mean found so far: lesions and vessels drop out.
Field refined_mean(const Parenchyma& tissue, float prior_hu, unsigned workers)
{
    const auto window_hu = static_cast<float>(2.0 * tissue.noise_hu + 2.0);  // 9.2
    LocalMean mean{tissue.grid};
    for_each_voxel(tissue.grid, [&](const Index& at) {
        const bool counts = tissue.depth_mm[at] > deep_mm && std::abs(tissue.darker_hu[at]) < window_hu;
        if (counts) mean.take(at, tissue.smoothed_hu[at]);
    });
    return mean.smoothed(prior_hu, workers);
}

}  // namespace

Parenchyma model_parenchyma(const Volume& ct, const Mask& liver, double mean_hu, unsigned workers)
{
    const VoxelBox box = widened(bounding_box(liver), margin_mm, liver.grid());
    const Grid grid = working_grid(grid_of(box, liver.grid()));

    Parenchyma tissue{.grid = grid,
                      .image = imaging::resample(cut(ct, box), grid, -1024, workers),
                      .smoothed_hu = {},
                      .liver = imaging::resample_smooth(cut(liver, box), grid, workers),
                      .depth_mm = {},
                      .darker_hu = Field{grid}};
    tissue.smoothed_hu = imaging::gaussian(clamped(tissue.image), smoothing_on(grid), workers);
    tissue.liver = with_bays_filled(tissue.liver, tissue.smoothed_hu, mean_hu, workers);
    tissue.depth_mm = imaging::depth_mm(tissue.liver, workers);

    const float prior_hu = typical_hu(tissue, mean_hu);
    tissue.noise_hu = 12.0;  // 9.2: before anything is known
    darker_than(tissue, Field{grid, prior_hu});
    for (int round = 0; round < rounds; ++round) {
        darker_than(tissue, refined_mean(tissue, prior_hu, workers));
        tissue.noise_hu = noise_of(tissue);
    }
    tissue.grain_hu = grain_of(tissue);
    return tissue;
}

double median_of(std::vector<float>& values)
{
    if (values.empty()) return 0.0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return static_cast<double>(*middle);
}

double robust_sd_about_zero(std::vector<float>& values)
{
    constexpr double sd_per_median = 1.4826;  // of a normal distribution
    for (float& value : values)
        value = std::abs(value);
    return sd_per_median * median_of(values);
}

}  // namespace downstage::segmentation
