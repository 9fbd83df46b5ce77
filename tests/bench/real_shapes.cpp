// Measures tumours of real shape, resampled to slices of 1-5 mm, against the table they came with: the mean
// difference and the limits of agreement (Bland and Altman, Lancet 1986) of long axis, perpendicular width
// and volume. Usage: real_shapes.py LESIONS.npz LESIONS.csv | real_shapes
#include "downstage/measurement/lesion.hpp"

#include "downstage_test/shapes.hpp"

#include <cmath>
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

namespace {

using downstage::Field;
using downstage::Grid;
using downstage::Index;
using downstage::LesionMeasurement;
using downstage::PointLps;
using downstage::VoxelPlace;

struct RealShape {
    Field inside;  ///< 0 or 1, its middle at the origin
    double long_mm{}, short_mm{}, volume_ml{};
};

/// One line of the table's facts, then a line of 0 and 1, i fastest.
bool read_shape(RealShape& shape)
{
    Grid grid;
    std::string voxels;
    if (!(std::cin >> grid.size.i >> grid.size.j >> grid.size.k >> grid.spacing_mm.i >> grid.spacing_mm.j >>
          grid.spacing_mm.k >> shape.long_mm >> shape.short_mm >> shape.volume_ml >> voxels))
        return false;
    grid.origin = {-0.5 * (grid.size.i - 1) * grid.spacing_mm.i,
                   -0.5 * (grid.size.j - 1) * grid.spacing_mm.j,
                   -0.5 * (grid.size.k - 1) * grid.spacing_mm.k};
    shape.inside = Field{grid};
    for (std::size_t n = 0; n < voxels.size(); ++n)
        shape.inside.voxels()[n] = voxels[n] == '1' ? 1.0F : 0.0F;
    return true;
}

/// Linear between voxels, 0 outside.
double value_at(const Field& field, const PointLps& point)
{
    const VoxelPlace place = to_voxel(field.grid(), point);
    const Index low{static_cast<std::int32_t>(std::floor(place.i)),
                    static_cast<std::int32_t>(std::floor(place.j)),
                    static_cast<std::int32_t>(std::floor(place.k))};
    double value = 0.0;
    for (int corner = 0; corner < 8; ++corner) {
        const Index at{low.i + (corner & 1), low.j + (corner >> 1 & 1), low.k + (corner >> 2 & 1)};
        if (!contains(field.grid(), at)) continue;
        value += static_cast<double>(field[at]) * (1.0 - std::abs(place.i - at.i)) *
                 (1.0 - std::abs(place.j - at.j)) * (1.0 - std::abs(place.k - at.k));
    }
    return value;
}

/// The part of each voxel of slices of `slice_mm` that lies in the body.
Field resampled(const RealShape& shape, double slice_mm)
{
    const Grid& own = shape.inside.grid();
    const double side_mm =
        std::max(
            {own.size.i * own.spacing_mm.i, own.size.j * own.spacing_mm.j, own.size.k * own.spacing_mm.k}) +
        24.0;
    Field share{downstage_test::grid_about(side_mm, 0.8, slice_mm)};
    const Grid& grid = share.grid();
    constexpr int fine = 4;  // places across a voxel's thickness
    for (std::int32_t k = 0; k < grid.size.k; ++k)
        for (std::int32_t j = 0; j < grid.size.j; ++j)
            for (std::int32_t i = 0; i < grid.size.i; ++i)
                for (int part = 0; part < fine; ++part) {
                    const VoxelPlace place{
                        static_cast<double>(i), static_cast<double>(j), k + (part + 0.5) / fine - 0.5};
                    const bool inside = value_at(shape.inside, to_lps(grid, place)) >= 0.5;
                    share[{i, j, k}] += inside ? 1.0F / fine : 0.0F;
                }
    return share;
}

struct Differences {
    std::vector<double> percent;

    void print(const char* what) const
    {
        double sum = 0.0;
        double squares = 0.0;
        for (const double one : percent)
            sum += one;
        const auto count = static_cast<double>(percent.size());
        const double mean = sum / count;
        for (const double one : percent)
            squares += (one - mean) * (one - mean);
        const double limits = 1.96 * std::sqrt(squares / (count - 1.0));
        std::printf(" | %s %+.1f %% (%+.1f to %+.1f)", what, mean, mean - limits, mean + limits);
    }
};

void compare(const std::vector<RealShape>& shapes, double slice_mm, bool drawn)
{
    Differences length;
    Differences width;
    Differences volume;
    for (std::size_t n = 0; n < shapes.size(); ++n) {
        const Field share = resampled(shapes[n], slice_mm);
        downstage::Segmented found = downstage_test::found_in_liver(share);
        if (std::ranges::count(found.lesions.voxels(), 1) == 0) continue;
        found.mask_is_truth = drawn;
        const downstage::Volume image =
            downstage_test::image_of(downstage_test::blurred_in_plane(share, 0.7),
                                     {.lesion_hu = 70.0, .noise_hu = 12.0, .noise_grain_mm = 0.6, .seed = n});
        const LesionMeasurement measured = downstage::measurement::measure_lesion(image, found, 1);
        length.percent.push_back(100.0 * (measured.long_axis.length_mm / shapes[n].long_mm - 1.0));
        width.percent.push_back(100.0 * (measured.short_axis.length_mm / shapes[n].short_mm - 1.0));
        volume.percent.push_back(100.0 * (measured.volume.ml / shapes[n].volume_ml - 1.0));
    }
    std::printf("%.0f mm, %s, %zu shapes", slice_mm, drawn ? "mask" : "image", length.percent.size());
    length.print("long axis");
    width.print("perpendicular");
    volume.print("volume");
    std::printf("\n");
    std::fflush(stdout);
}

}  // namespace

int main()
{
    std::vector<RealShape> shapes;
    for (RealShape shape; read_shape(shape);)
        shapes.push_back(std::move(shape));
    for (const double slice_mm : {1.0, 2.0, 3.0, 5.0})
        for (const bool drawn : {true, false})
            compare(shapes, slice_mm, drawn);
}
