#include "downstage/imaging/components.hpp"
#include "downstage/imaging/morphology.hpp"
#include "downstage/imaging/smooth.hpp"

#include "itk_bridge.hpp"

#include <itkMorphologicalWatershedImageFilter.h>

#include <limits>
#include <map>
#include <utility>

namespace downstage::imaging {

namespace {

/// A bound that no organ reaches: a mask that fills its image is infinitely deep everywhere.
constexpr float deepest_mm = 1000.0F;

/// The depth with its sign turned, so that hills are basins, and without the ripple of the voxels.
Field smoothed_valleys(const Mask& mask, unsigned workers)
{
    Field depth = depth_mm(mask, workers);
    std::ranges::transform(
        depth.voxels(), depth.voxels().begin(), [](float value) { return -std::min(value, deepest_mm); });
    const SpacingMm& spacing = mask.grid().spacing_mm;
    const double sigma_mm = std::min({spacing.i, spacing.j, spacing.k});
    return gaussian(depth, {sigma_mm, sigma_mm, sigma_mm}, workers);
}

using Basins = ItkImage<std::uint32_t>;

Basins::Pointer basins_of(const Field& valleys, double h_mm)
{
    return guarded(Errc::internal, "splitting a mask at its necks", [&] {
        const auto flood = itk::MorphologicalWatershedImageFilter<ItkImage<float>, Basins>::New();
        flood->SetInput(view(valleys));
        flood->SetLevel(static_cast<float>(h_mm));
        flood->SetMarkWatershedLine(false);
        flood->SetFullyConnected(true);
        flood->Update();
        return Basins::Pointer{flood->GetOutput()};
    });
}

/// Labels ordered by the number of voxels they have, then by where they begin.
LabelMap ranked(const Grid& grid, const std::vector<std::size_t>& part_of)
{
    struct Part {
        std::size_t voxels{}, first{};
    };
    std::vector<Part> parts;
    for (std::size_t n = 0; n < part_of.size(); ++n) {
        if (part_of[n] == 0) continue;
        if (part_of[n] > parts.size()) parts.push_back({.voxels = 0, .first = n});
        ++parts[part_of[n] - 1].voxels;
    }
    std::vector<std::size_t> order(parts.size());
    for (std::size_t n = 0; n < order.size(); ++n)
        order[n] = n;
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        return std::pair{parts[b].voxels, parts[a].first} < std::pair{parts[a].voxels, parts[b].first};
    });
    if (order.size() > std::numeric_limits<std::uint16_t>::max())
        throw Error{Errc::internal, "a mask was split into more than 65535 parts"};

    std::vector<std::uint16_t> label_of(parts.size() + 1);
    for (std::size_t n = 0; n < order.size(); ++n)
        label_of[order[n] + 1] = static_cast<std::uint16_t>(n + 1);
    LabelMap labels{grid};
    std::ranges::transform(
        part_of, labels.voxels().begin(), [&](std::size_t part) { return label_of[part]; });
    return labels;
}

}  // namespace

LabelMap split_at_necks(const Mask& mask, double h_mm, unsigned workers)
{
    const LabelMap bodies = components(mask);
    const auto basins = basins_of(smoothed_valleys(mask, workers), h_mm);
    const std::span<const std::uint32_t> basin{basins->GetBufferPointer(), mask.voxels().size()};

    // Numbered by first voxel; bodies that do not touch stay apart even where one basin flooded both.
    std::map<std::pair<std::uint16_t, std::uint32_t>, std::size_t> numbers;
    std::vector<std::size_t> part_of(mask.voxels().size());
    for (std::size_t n = 0; n < part_of.size(); ++n)
        if (const std::uint16_t body = bodies.voxels()[n]; body != 0)
            part_of[n] = numbers.try_emplace({body, basin[n]}, numbers.size() + 1).first->second;
    return ranked(mask.grid(), part_of);
}

}  // namespace downstage::imaging
