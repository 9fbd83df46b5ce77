#include "downstage/core/parallel.hpp"
#include "downstage/imaging/morphology.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace downstage::imaging {

namespace {

constexpr float nowhere = std::numeric_limits<float>::infinity();

/// Places along one line at multiples of the spacing, and the parabolas of the lower envelope over them.
class Line {
public:
    Line(std::int32_t size, double spacing_mm)
        : spacing_mm_{spacing_mm},
          height_(static_cast<std::size_t>(size)),
          peak_mm_(static_cast<std::size_t>(size)),
          from_mm_(static_cast<std::size_t>(size)),
          base_(static_cast<std::size_t>(size))
    {
    }

    /// Replaces squared distances along the line by those that may also come from its other places: the lower
    /// envelope of one parabola a place (Felzenszwalb & Huttenlocher 2012, section 2.1).
    void relax(float* first, std::ptrdiff_t stride)
    {
        gather(first, stride);
        if (parabolas_ == 0) return;
        std::size_t n = 0;
        for (std::size_t q = 0; q < height_.size(); ++q) {
            const double x_mm = static_cast<double>(q) * spacing_mm_;
            while (n + 1 < parabolas_ && from_mm_[n + 1] < x_mm)
                ++n;
            const double away_mm = x_mm - peak_mm_[n];
            first[static_cast<std::ptrdiff_t>(q) * stride] = static_cast<float>(away_mm * away_mm + base_[n]);
        }
    }

private:
    void gather(const float* first, std::ptrdiff_t stride)
    {
        parabolas_ = 0;
        for (std::size_t q = 0; q < height_.size(); ++q) {
            height_[q] = first[static_cast<std::ptrdiff_t>(q) * stride];
            if (height_[q] < nowhere)
                add(static_cast<double>(q) * spacing_mm_, static_cast<double>(height_[q]));
        }
    }

    void add(double peak_mm, double base)
    {
        double from_mm = -std::numeric_limits<double>::infinity();
        while (parabolas_ > 0) {
            const double other_mm = peak_mm_[parabolas_ - 1];
            const double other = base_[parabolas_ - 1];
            from_mm =
                ((base + peak_mm * peak_mm) - (other + other_mm * other_mm)) / (2.0 * (peak_mm - other_mm));
            if (from_mm > from_mm_[parabolas_ - 1]) break;
            from_mm = -std::numeric_limits<double>::infinity();
            --parabolas_;
        }
        peak_mm_[parabolas_] = peak_mm;
        from_mm_[parabolas_] = from_mm;
        base_[parabolas_] = base;
        ++parabolas_;
    }

    double spacing_mm_;
    std::vector<float> height_;
    std::vector<double> peak_mm_, from_mm_, base_;
    std::size_t parabolas_ = 0;
};

/// Squared distances within one slice: along its rows, then along its columns.
void relax_slice(std::span<float> slice, const Grid& grid)
{
    const auto [width, height, depth] = grid.size;
    Line row{width, grid.spacing_mm.i};
    for (std::int32_t j = 0; j < height; ++j)
        row.relax(&slice[static_cast<std::size_t>(j) * static_cast<std::size_t>(width)], 1);
    Line column{height, grid.spacing_mm.j};
    for (std::int32_t i = 0; i < width; ++i)
        column.relax(&slice[static_cast<std::size_t>(i)], width);
}

/// Distance of every voxel from the nearest voxel where `squared` is 0.
void to_distances(Field& squared, unsigned workers)
{
    const Grid& grid = squared.grid();
    const auto [width, height, depth] = grid.size;
    for_each_index(static_cast<std::size_t>(depth), workers, [&](std::size_t k) {
        relax_slice(squared.slice(static_cast<std::int32_t>(k)), grid);
    });
    for_each_index(static_cast<std::size_t>(height), workers, [&](std::size_t j) {
        Line across{depth, grid.spacing_mm.k};
        for (std::int32_t i = 0; i < width; ++i)
            across.relax(&squared[{i, static_cast<std::int32_t>(j), 0}],
                         static_cast<std::ptrdiff_t>(width) * height);
        for (std::int32_t k = 0; k < depth; ++k) {
            float* row = &squared[{0, static_cast<std::int32_t>(j), k}];
            std::transform(row, row + width, row, [](float value) { return std::sqrt(value); });
        }
    });
}

/// The distance of every voxel from the nearest voxel of `mask` that has `value`.
Field distance_to(const Mask& mask, std::uint8_t value, unsigned workers)
{
    Field distance{mask.grid()};
    std::ranges::transform(mask.voxels(), distance.voxels().begin(), [value](std::uint8_t voxel) {
        return (voxel != 0) == (value != 0) ? 0.0F : nowhere;
    });
    if (!distance.voxels().empty()) to_distances(distance, workers);
    return distance;
}

}  // namespace

Field depth_mm(const Mask& mask, unsigned workers)
{
    return distance_to(mask, 0, workers);
}

Field distance_mm(const Mask& mask, unsigned workers)
{
    return distance_to(mask, 1, workers);
}

}  // namespace downstage::imaging
