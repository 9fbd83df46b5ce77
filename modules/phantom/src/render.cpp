#include "downstage/phantom/render.hpp"

#include "downstage/core/error.hpp"
#include "downstage/core/parallel.hpp"
#include "downstage/phantom/noise.hpp"

#include "paint.hpp"
#include "point_spread.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace downstage::phantom {

namespace {

// What 12 bits stored with an intercept of -1024 can hold, as scanners do it.
constexpr float lowest_hu = -1024.0F;
constexpr float highest_hu = 3071.0F;

double density_hu(Tissue tissue, const Pass& pass)
{
    const auto given = pass.density_hu.find(tissue);
    return given != pass.density_hu.end() ? given->second : usual_density_hu(tissue, pass.phase);
}

double density_hu(const Lesion& lesion, const Pass& pass)
{
    const auto given = lesion.density_hu.find(pass.phase);
    return given != lesion.density_hu.end() ? given->second : density_hu(Tissue::lesion, pass);
}

/// The scene in the densities of one pass.
std::vector<Painted> painted(const Scene& scene, const Pass& pass)
{
    std::vector<Painted> shapes;
    shapes.reserve(scene.anatomy.size() + scene.lesions.size());
    for (const Part& part : scene.anatomy)
        shapes.push_back({part.shape, static_cast<float>(density_hu(part.tissue, pass))});
    for (const Lesion& lesion : scene.lesions)
        shapes.push_back({lesion.shape, static_cast<float>(density_hu(lesion, pass))});
    return shapes;
}

/// A rectangle of values, row after row.
struct Plane {
    std::size_t width{}, height{};
    std::vector<float> values;
    [[nodiscard]] std::span<float> row(std::size_t y) { return std::span{values}.subspan(y * width, width); }
    [[nodiscard]] std::span<const float> row(std::size_t y) const
    {
        return std::span{values}.subspan(y * width, width);
    }
};

Plane plane_of(std::size_t width, std::size_t height)
{
    return {width, height, std::vector<float>(width * height)};
}

/// Draws the slices of one pass.
class Scanner {
public:
    Scanner(const Scene& scene, std::size_t pass)
        : acquisition_{scene.acquisition},
          axes_{slice_axes(acquisition_)},
          shapes_{painted(scene, scene.passes[pass])},
          air_hu_{static_cast<float>(density_hu(Tissue::air, scene.passes[pass]))},
          along_row_{point_spread(acquisition_.column_spacing_mm, acquisition_.blur_mm)},
          along_column_{point_spread(acquisition_.row_spacing_mm, acquisition_.blur_mm)},
          noise_{.seed = acquisition_.seed, .number = pass}
    {
    }

    [[nodiscard]] RenderedSlice slice(const Cut& cut) const
    {
        const Plane sharp = blurred_rows(cut);
        RenderedSlice slice{.cut = cut, .hu = {}};
        slice.hu.reserve(columns() * rows());
        const auto copies_before =
            2 * static_cast<std::uint64_t>(cut.place) + static_cast<std::uint64_t>(cut.copy);
        std::uint64_t n = copies_before * columns() * rows();
        for (std::size_t y = 0; y < rows(); ++y)
            for (const float mean_hu : pixel_row(sharp, y))
                slice.hu.push_back(with_noise(mean_hu, n++));
        return slice;
    }

private:
    [[nodiscard]] std::size_t columns() const { return static_cast<std::size_t>(acquisition_.columns); }
    [[nodiscard]] std::size_t rows() const { return static_cast<std::size_t>(acquisition_.rows); }

    /// All fine rows of a slice, each already added up to pixels along the row.
    [[nodiscard]] Plane blurred_rows(const Cut& cut) const
    {
        Plane result = plane_of(columns(), samples_a_pixel * rows() + 2 * along_column_.reach);
        std::vector<float> line(samples_a_pixel * columns() + 2 * along_row_.reach);
        std::vector<float> mean(line.size());
        for (std::size_t y = 0; y < result.height; ++y) {
            mean_through_slice(cut, y, line, mean);
            add_up(mean, result.row(y));
        }
        return result;
    }

    /// One fine row, averaged over the thickness of the slice.
    void mean_through_slice(const Cut& cut,
                            std::size_t y,
                            std::vector<float>& line,
                            std::vector<float>& mean) const
    {
        const double finest_mm = 0.75;  // half the pixels of a body scan
        const int depths = std::clamp(static_cast<int>(acquisition_.slice_thickness_mm / finest_mm), 4, 16);
        std::ranges::fill(mean, 0.0F);
        for (int n = 0; n < depths; ++n) {
            const double off_mm = ((n + 0.5) / depths - 0.5) * acquisition_.slice_thickness_mm;
            std::ranges::fill(line, air_hu_);
            paint(shapes_, fine_row(cut.position + off_mm * axes_.k, y), line);
            std::ranges::transform(mean, line, mean.begin(), std::plus{});
        }
        for (float& value : mean)
            value /= static_cast<float>(depths);
    }

    /// Fine row `y`; fine sample (reach + 1, reach + 1) is the centre of the first pixel.
    [[nodiscard]] Line fine_row(const PointLps& first_pixel, std::size_t y) const
    {
        const double step_i_mm = acquisition_.column_spacing_mm / samples_a_pixel;
        const double step_j_mm = acquisition_.row_spacing_mm / samples_a_pixel;
        const double from_i = -static_cast<double>(along_row_.reach + 1);
        const double from_j = static_cast<double>(y) - static_cast<double>(along_column_.reach + 1);
        return {.start = first_pixel + (from_i * step_i_mm) * axes_.i + (from_j * step_j_mm) * axes_.j,
                .step = step_i_mm * axes_.i};
    }

    void add_up(const std::vector<float>& fine, std::span<float> pixels) const
    {
        for (std::size_t x = 0; x < pixels.size(); ++x) {
            const auto around = fine.begin() + static_cast<std::ptrdiff_t>(samples_a_pixel * x + 1);
            float sum = 0.0F;
            for (std::size_t n = 0; n < along_row_.weights.size(); ++n)
                sum += along_row_.weights[n] * around[static_cast<std::ptrdiff_t>(n)];
            pixels[x] = sum;
        }
    }

    [[nodiscard]] std::vector<float> pixel_row(const Plane& fine_rows, std::size_t y) const
    {
        std::vector<float> pixels(columns());
        for (std::size_t n = 0; n < along_column_.weights.size(); ++n) {
            const float weight = along_column_.weights[n];
            const std::span<const float> fine = fine_rows.row(samples_a_pixel * y + 1 + n);
            for (std::size_t x = 0; x < pixels.size(); ++x)
                pixels[x] += weight * fine[x];
        }
        return pixels;
    }

    [[nodiscard]] std::int16_t with_noise(float mean_hu, std::uint64_t n) const
    {
        float hu = mean_hu;
        if (acquisition_.noise_hu > 0.0)
            hu += static_cast<float>(acquisition_.noise_hu * normal_noise(noise_, n));
        return static_cast<std::int16_t>(std::lround(std::clamp(hu, lowest_hu, highest_hu)));
    }

    Acquisition acquisition_;
    Axes axes_;
    std::vector<Painted> shapes_;
    float air_hu_;
    PointSpread along_row_, along_column_;
    NoiseStream noise_;
};

void refuse_what_no_grid_holds(const Acquisition& acquisition)
{
    const bool is_regular = acquisition.tilt_deg == 0.0 && acquisition.irregularity_mm == 0.0 &&
                            acquisition.missing_slices.empty() && acquisition.duplicated_slices.empty();
    if (!is_regular)
        throw Error{Errc::usage,
                    "acquisition: slices that are tilted, missing, duplicated or irregular make no volume; "
                    "render them one by one"};
}

}  // namespace

std::vector<RenderedSlice> render(const Scene& scene, std::size_t pass, unsigned workers)
{
    if (pass >= scene.passes.size())
        throw Error{Errc::usage, "the scene has no pass " + std::to_string(pass + 1)};
    const std::vector<Cut> slices = cuts(scene.acquisition);
    const Scanner scanner{scene, pass};
    std::vector<RenderedSlice> rendered(slices.size());
    for_each_index(slices.size(), workers, [&](std::size_t n) { rendered[n] = scanner.slice(slices[n]); });
    return rendered;
}

Volume render_volume(const Scene& scene, std::size_t pass, unsigned workers)
{
    const Acquisition& acquisition = scene.acquisition;
    refuse_what_no_grid_holds(acquisition);
    const std::vector<RenderedSlice> slices = render(scene, pass, workers);
    const Grid grid{
        .size = {acquisition.columns, acquisition.rows, acquisition.slices},
        .spacing_mm = {acquisition.column_spacing_mm,
                       acquisition.row_spacing_mm,
                       acquisition.slice_spacing_mm},
        .origin = slices.front().cut.position,
        .axes = slice_axes(acquisition),
    };
    std::vector<std::int16_t> voxels;
    voxels.reserve(voxel_count(grid));
    for (const RenderedSlice& slice : slices)
        voxels.insert(voxels.end(), slice.hu.begin(), slice.hu.end());
    return Volume{grid, std::move(voxels)};
}

}  // namespace downstage::phantom
