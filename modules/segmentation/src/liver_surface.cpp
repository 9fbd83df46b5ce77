#include "liver_surface.hpp"

#include "downstage/imaging/morphology.hpp"
#include "downstage/imaging/resample.hpp"

#include "liver_finding.hpp"
#include "working_grid.hpp"

#include <algorithm>
#include <cmath>

namespace downstage::segmentation {

namespace {

// Two voxels of the working grid: nearer to the surface the network decides, where it was not mended.
constexpr double band_mm = 5.0;

// Stands for "nowhere": no mask, or beyond the working grid.
constexpr float far_mm = 1000.0F;

Field bounded(Field distance)
{
    for (float& value : distance.voxels())
        value = std::min(value, far_mm);
    return distance;
}

/// Distance to the surface, positive inside, on the grid of the mask.
Field signed_mm(const Mask& mask, unsigned workers)
{
    Field depth = imaging::depth_mm(mask, workers);
    const Field away = imaging::distance_mm(mask, workers);
    std::ranges::transform(
        depth.voxels(), away.voxels(), depth.voxels().begin(), [](float inside, float outside) {
            return std::min(inside, far_mm) - std::min(outside, far_mm);
        });
    return depth;
}

/// The part of `image` that covers the grid `part`, as a box of voxels.
Box box_of(const Grid& part, const Grid& image)
{
    const VoxelPlace low = to_voxel(image, to_lps(part, VoxelPlace{-0.5, -0.5, -0.5}));
    const VoxelPlace high =
        to_voxel(image, to_lps(part, VoxelPlace{part.size.i - 0.5, part.size.j - 0.5, part.size.k - 0.5}));
    const auto first = [](double place, std::int32_t size) {
        return std::clamp(static_cast<std::int32_t>(std::floor(place)), 0, size - 1);
    };
    const auto count = [](double place, std::int32_t from, std::int32_t size) {
        return std::clamp(static_cast<std::int32_t>(std::ceil(place)), from, size - 1) - from + 1;
    };
    const Index at{first(low.i, image.size.i), first(low.j, image.size.j), first(low.k, image.size.k)};
    return {.first = at,
            .size = {count(high.i, at.i, image.size.i),
                     count(high.j, at.j, image.size.j),
                     count(high.k, at.k, image.size.k)}};
}

Grid grid_in(const Grid& image, const Box& box)
{
    return {.size = box.size,
            .spacing_mm = image.spacing_mm,
            .origin = to_lps(image, box.first),
            .axes = image.axes};
}

/// The mask of a part of the image as a mask of the whole.
Mask in_whole(const Mask& part, const Box& box, const Grid& image)
{
    Mask whole{image};
    for (std::int32_t k = 0; k < box.size.k; ++k)
        for (std::int32_t j = 0; j < box.size.j; ++j)
            std::copy_n(
                &part[{0, j, k}], box.size.i, &whole[{box.first.i, box.first.j + j, box.first.k + k}]);
    return whole;
}

/// Positive inside the network's liver; what it does not take for liver after all is outside, whatever its
/// probability, and what it closed is inside.
Field over_threshold(const NetworkLiver& network)
{
    constexpr float least = 0.01F;
    Field over = network.probability;
    for (std::size_t n = 0; n < over.voxels().size(); ++n) {
        const float above = over.voxels()[n] - static_cast<float>(network.threshold);
        over.voxels()[n] = network.mask.voxels()[n] != 0 ? std::max(above, least) : std::min(above, -least);
    }
    return over;
}

}  // namespace

Mask fine_surface(const Mask& liver, const Grid& image, unsigned workers)
{
    return imaging::resample_smooth(liver, image, workers);
}

Mask fine_surface(const Mask& liver, const NetworkLiver& network, const Grid& image, unsigned workers)
{
    const Mask before = on_working_grid(network, liver.grid(), workers);
    const Mask mended = imaging::either(imaging::without(liver, before), imaging::without(before, liver));
    const Box box = box_of(liver.grid(), image);
    const Grid fine = grid_in(image, box);
    const Field depth = imaging::resample(signed_mm(liver, workers), fine, 0.0F, workers);
    const Field away =
        imaging::resample(bounded(imaging::distance_mm(mended, workers)), fine, far_mm, workers);
    const Field over = imaging::resample(over_threshold(network), fine, -1.0F, workers);
    // Beyond the last centres of the working grid the depth is 0, and the network decides.
    const Mask part = voxels_where(fine, workers, [&](const Index&, std::size_t n) {
        const auto depth_mm = static_cast<double>(depth.voxels()[n]);
        const bool as_network = std::abs(depth_mm)<band_mm&& static_cast<double>(away.voxels()[n])> band_mm;
        return as_network ? over.voxels()[n] >= 0.0F : depth_mm > 0.0;
    });
    return in_whole(part, box, image);
}

}  // namespace downstage::segmentation
