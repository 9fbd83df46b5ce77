#include "downstage/imaging/components.hpp"

#include "itk_bridge.hpp"

#include <itkConnectedComponentImageFilter.h>
#include <itkRelabelComponentImageFilter.h>

#include <cmath>
#include <limits>

namespace downstage::imaging {

namespace {

using RankedLabels = ItkImage<std::uint32_t>;

/// The connected parts, largest first; parts of equal size in the order of their first voxels.
RankedLabels::Pointer ranked(const Mask& mask, const ComponentOptions& options)
{
    return guarded(Errc::internal, "finding the connected parts of a mask", [&] {
        const auto split = itk::ConnectedComponentImageFilter<ItkImage<std::uint8_t>, RankedLabels>::New();
        split->SetInput(view(mask));
        split->SetFullyConnected(options.connectivity == Connectivity::corners);

        const auto rank = itk::RelabelComponentImageFilter<RankedLabels, RankedLabels>::New();
        rank->SetInput(split->GetOutput());
        rank->SetMinimumObjectSize(static_cast<itk::SizeValueType>(
            std::ceil(options.smallest_ml * 1000.0 / voxel_volume_mm3(mask.grid()))));
        rank->Update();
        return RankedLabels::Pointer{rank->GetOutput()};
    });
}

}  // namespace

LabelMap components(const Mask& mask, const ComponentOptions& options)
{
    const auto parts = ranked(mask, options);
    const std::span<const std::uint32_t> labels{parts->GetBufferPointer(), mask.voxels().size()};
    if (!labels.empty() && std::ranges::max(labels) > std::numeric_limits<std::uint16_t>::max())
        throw Error{Errc::internal, "a mask has more than 65535 connected parts"};
    return copy<std::uint16_t>(*parts, mask.grid());
}

Mask with_label(const LabelMap& labels, std::uint16_t label)
{
    Mask mask{labels.grid()};
    std::ranges::transform(labels.voxels(), mask.voxels().begin(), [label](std::uint16_t value) {
        return static_cast<std::uint8_t>(value == label ? 1 : 0);
    });
    return mask;
}

Mask largest_component(const Mask& mask, Connectivity connectivity)
{
    const auto parts = ranked(mask, {.connectivity = connectivity});
    const std::span<const std::uint32_t> labels{parts->GetBufferPointer(), mask.voxels().size()};
    Mask largest{mask.grid()};
    std::ranges::transform(labels, largest.voxels().begin(), [](std::uint32_t label) {
        return static_cast<std::uint8_t>(label == 1 ? 1 : 0);
    });
    return largest;
}

}  // namespace downstage::imaging
