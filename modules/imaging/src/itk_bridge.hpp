#pragma once

#include "downstage/core/image.hpp"
#include "downstage/core/parallel.hpp"

#include <itkImage.h>

#include <algorithm>
#include <array>

/// The one door between our images and ITK's.
namespace downstage::imaging {

template <typename T>
using ItkImage = itk::Image<T, 3>;

/// The columns of ITK's direction matrix are the directions in which the indices grow, as in `Axes`.
template <typename T>
void set_geometry(ItkImage<T>& image, const Grid& grid)
{
    const std::array<VectorLps, 3> axes{grid.axes.i, grid.axes.j, grid.axes.k};
    const std::array<double, 3> spacing_mm{grid.spacing_mm.i, grid.spacing_mm.j, grid.spacing_mm.k};
    const std::array<double, 3> origin{grid.origin.x_mm, grid.origin.y_mm, grid.origin.z_mm};
    typename ItkImage<T>::DirectionType direction;
    for (unsigned axis = 0; axis < 3; ++axis) {
        direction[0][axis] = axes[axis].x_mm;
        direction[1][axis] = axes[axis].y_mm;
        direction[2][axis] = axes[axis].z_mm;
    }
    typename ItkImage<T>::SizeType size;
    size[0] = static_cast<itk::SizeValueType>(grid.size.i);
    size[1] = static_cast<itk::SizeValueType>(grid.size.j);
    size[2] = static_cast<itk::SizeValueType>(grid.size.k);
    image.SetRegions(size);
    image.SetSpacing(spacing_mm.data());
    image.SetOrigin(origin.data());
    image.SetDirection(direction);
}

/// The geometry of an ITK image in our words.
template <typename T>
[[nodiscard]] Grid grid_of(const ItkImage<T>& image)
{
    const auto& size = image.GetLargestPossibleRegion().GetSize();
    const auto& spacing = image.GetSpacing();
    const auto& origin = image.GetOrigin();
    const auto axis = [&direction = image.GetDirection()](unsigned column) {
        return VectorLps{direction[0][column], direction[1][column], direction[2][column]};
    };
    return {.size = {static_cast<std::int32_t>(size[0]),
                     static_cast<std::int32_t>(size[1]),
                     static_cast<std::int32_t>(size[2])},
            .spacing_mm = {spacing[0], spacing[1], spacing[2]},
            .origin = {origin[0], origin[1], origin[2]},
            .axes = {.i = axis(0), .j = axis(1), .k = axis(2)}};
}

/// Looks at `image` as ITK does, without copying. Valid while `image` lives; never run in place on it.
template <typename T>
[[nodiscard]] typename ItkImage<T>::ConstPointer view(const Image<T>& image)
{
    const auto itk_image = ItkImage<T>::New();
    set_geometry<T>(*itk_image, image.grid());
    // ITK has no read-only pixel container; the result is handed out as const, which restores the promise.
    auto* voxels = const_cast<T*>(image.voxels().data());  // NOLINT(cppcoreguidelines-pro-type-const-cast)
    itk_image->GetPixelContainer()->SetImportPointer(voxels, image.voxels().size(), false);
    return itk_image.GetPointer();
}

/// An ITK result as an image of ours on `grid`, which has its size.
template <typename To, typename From>
[[nodiscard]] Image<To> copy(const ItkImage<From>& image, const Grid& grid)
{
    Image<To> result{grid};
    const std::span<const From> from{image.GetBufferPointer(), result.voxels().size()};
    std::ranges::transform(from, result.voxels().begin(), [](From value) { return static_cast<To>(value); });
    return result;
}

/// Runs `work`, whose ITK filters may throw, and turns what they throw into an `Error` that says what was
/// being done.
template <typename Work>
auto guarded(Errc code, const std::string& doing, const Work& work)
{
    try {
        return work();
    } catch (const itk::ExceptionObject& failure) {
        throw Error{code, doing + ": " + failure.GetDescription()};
    }
}

}  // namespace downstage::imaging
