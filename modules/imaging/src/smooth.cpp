#include "downstage/imaging/smooth.hpp"

#include "itk_bridge.hpp"

#include <itkRecursiveGaussianImageFilter.h>

#include <algorithm>
#include <array>
#include <limits>

namespace downstage::imaging {

namespace {

/// ITK's recursion needs four voxels to start from.
constexpr std::int32_t shortest_axis = 4;

struct Step {
    unsigned axis{};
    double sigma_mm{};
};

std::vector<Step> steps_for(const Grid& grid, const SpacingMm& sigma_mm)
{
    const std::array<std::int32_t, 3> size{grid.size.i, grid.size.j, grid.size.k};
    const std::array<double, 3> sigma{sigma_mm.i, sigma_mm.j, sigma_mm.k};
    std::vector<Step> steps;
    for (unsigned axis = 0; axis < 3; ++axis)
        if (sigma[axis] > 0.0 && size[axis] >= shortest_axis)
            steps.push_back({.axis = axis, .sigma_mm = sigma[axis]});
    return steps;
}

template <typename T>
Field along(const Image<T>& image, const Step& step, unsigned workers)
{
    return guarded(Errc::internal, "smoothing an image", [&] {
        const auto filter = itk::RecursiveGaussianImageFilter<ItkImage<T>, ItkImage<float>>::New();
        filter->SetInput(view(image));
        filter->SetDirection(step.axis);
        filter->SetSigma(step.sigma_mm);
        filter->SetNumberOfWorkUnits(workers_for(workers));
        filter->Update();
        return copy<float>(*filter->GetOutput(), image.grid());
    });
}

Field as_field(const Volume& image)
{
    const auto voxels = image.voxels();
    return {image.grid(), std::vector<float>(voxels.begin(), voxels.end())};
}

/// 27 voxels, filled up to whole vector registers with values above all others.
using Neighbourhood = std::array<std::int16_t, 32>;

Neighbourhood around(const Volume& image, const Index& at)
{
    const Size& size = image.grid().size;
    Neighbourhood values;
    values.fill(std::numeric_limits<std::int16_t>::max());
    std::size_t n = 0;
    for (std::int32_t k = at.k - 1; k <= at.k + 1; ++k)
        for (std::int32_t j = at.j - 1; j <= at.j + 1; ++j) {
            const std::int16_t* row = &image[{0, std::clamp(j, 0, size.j - 1), std::clamp(k, 0, size.k - 1)}];
            for (std::int32_t i = at.i - 1; i <= at.i + 1; ++i)
                values[n++] = row[std::clamp(i, 0, size.i - 1)];
        }
    return values;
}

/// The 14th smallest of 27, one binary digit after the other: the largest value with at most 13 below it.
/// Counting runs in vector registers; std::nth_element took ten times as long.
std::int16_t median_of(const Neighbourhood& values)
{
    constexpr int rank = 13;
    int median = std::numeric_limits<std::int16_t>::min();
    for (int digit = 1 << 15; digit > 0; digit >>= 1) {
        const auto trial = static_cast<std::int16_t>(std::min(median + digit, 32767));
        std::int16_t below = 0;
        for (const std::int16_t value : values)
            below = static_cast<std::int16_t>(below + (value < trial ? 1 : 0));
        if (below <= rank) median = trial;
    }
    return static_cast<std::int16_t>(median);
}

}  // namespace

Field gaussian(const Field& image, const SpacingMm& sigma_mm, unsigned workers)
{
    Field result = image;
    for (const Step& step : steps_for(image.grid(), sigma_mm))
        result = along(result, step, workers);
    return result;
}

Field gaussian(const Volume& image, const SpacingMm& sigma_mm, unsigned workers)
{
    const auto steps = steps_for(image.grid(), sigma_mm);
    if (steps.empty()) return as_field(image);
    Field result = along(image, steps.front(), workers);
    for (const Step& step : std::span{steps}.subspan(1))
        result = along(result, step, workers);
    return result;
}

Volume median3(const Volume& image, unsigned workers)
{
    Volume result{image.grid()};
    const Size& size = image.grid().size;
    for_each_index(static_cast<std::size_t>(size.k), workers, [&](std::size_t slice) {
        const auto k = static_cast<std::int32_t>(slice);
        for (std::int32_t j = 0; j < size.j; ++j)
            for (std::int32_t i = 0; i < size.i; ++i)
                result[{i, j, k}] = median_of(around(image, {i, j, k}));
    });
    return result;
}

}  // namespace downstage::imaging
