#include "downstage/phantom/render.hpp"

#include "downstage/core/error.hpp"
#include "downstage/core/parallel.hpp"
#include "downstage/phantom/noise.hpp"

#include "noise_plane.hpp"
#include "paint.hpp"
#include "plane.hpp"
#include "point_spread.hpp"
#include "tissue_plane.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

namespace downstage::phantom {

namespace {

// What 12 bits stored with an intercept of -1024 can hold, as scanners do it.
constexpr float lowest_hu = -1024.0F;
constexpr float highest_hu = 3071.0F;

Shape formula_of(const Body& body)
{
    if (const auto* cylinder = std::get_if<CappedCylinder>(&body)) return *cylinder;
    return std::get<Ellipsoid>(body);
}

/// The scene in the densities of one pass: every body has a formula.
std::vector<Painted> painted(const Scene& scene, const Pass& pass)
{
    std::vector<Painted> shapes;
    shapes.reserve(scene.anatomy.size() + scene.lesions.size());
    for (const Part& part : scene.anatomy)
        shapes.push_back({part.shape, static_cast<float>(density_hu(part.tissue, pass))});
    for (const Lesion& lesion : scene.lesions)
        shapes.push_back({formula_of(lesion.shape), static_cast<float>(tone_of(lesion, pass).hu)});
    return shapes;
}

/// Uniform tissues in shapes that lines cut exactly, and nothing else.
bool is_plain(const Scene& scene)
{
    const auto has_formula = [](const Lesion& lesion) {
        return !lesion.detail && (std::holds_alternative<Ellipsoid>(lesion.shape) ||
                                  std::holds_alternative<CappedCylinder>(lesion.shape));
    };
    return !scene.textured && scene.deformation.sd_mm == 0.0 && scene.acquisition.breathing.step_mm == 0.0 &&
           std::ranges::all_of(scene.lesions, has_formula);
}

ValuedAnatomy valued(const Scene& scene, const Pass& pass)
{
    ValuedAnatomy anatomy{.shapes = {},
                          .values = {static_cast<float>(density_hu(Tissue::air, pass))},
                          .mottle = {},
                          .deformation = scene.deformation,
                          .seed = scene.acquisition.seed};
    if (scene.textured) anatomy.mottle.push_back({.hu = 0.0});
    for (const Part& part : scene.anatomy) {
        anatomy.shapes.push_back(part.shape);
        anatomy.values.push_back(static_cast<float>(density_hu(part.tissue, pass)));
        if (scene.textured) anatomy.mottle.push_back(usual_mottle(part.tissue, pass));
    }
    return anatomy;
}

/// Draws the slices of one pass.
class Scanner {
public:
    Scanner(const Scene& scene, std::size_t pass)
        : acquisition_{scene.acquisition},
          pass_{scene.passes[pass]},
          axes_{slice_axes(acquisition_)},
          air_hu_{static_cast<float>(density_hu(Tissue::air, scene.passes[pass]))},
          along_row_{point_spread(acquisition_.column_spacing_mm, acquisition_.blur_mm)},
          along_column_{point_spread(acquisition_.row_spacing_mm, acquisition_.blur_mm)},
          noise_{.seed = acquisition_.seed, .number = pass}
    {
        if (is_plain(scene)) {
            shapes_ = painted(scene, pass_);
            return;
        }
        anatomy_ = valued(scene, pass_);
        lesions_ = scene.lesions;
    }

    [[nodiscard]] RenderedSlice slice(const Cut& cut) const
    {
        const Plane sharp = blurred_rows(cut);
        const auto copies_before =
            2 * static_cast<std::uint64_t>(cut.place) + static_cast<std::uint64_t>(cut.copy);
        const std::uint64_t first = copies_before * columns() * rows();
        const NoisePlane noise{{.stream = noise_,
                                .first = first,
                                .columns = columns(),
                                .rows = rows(),
                                .sd = acquisition_.noise_hu,
                                .grain_columns = acquisition_.noise_grain_mm / acquisition_.column_spacing_mm,
                                .grain_rows = acquisition_.noise_grain_mm / acquisition_.row_spacing_mm}};
        RenderedSlice slice{.cut = cut, .hu = {}};
        slice.hu.reserve(columns() * rows());
        std::size_t n = 0;
        for (std::size_t y = 0; y < rows(); ++y) {
            std::vector<float> means = pixel_row(sharp, y);
            if (pass_.bias > 0.0) shade(means, cut, y);
            for (const float mean : means) {
                const bool is_ct = pass_.sequence == Sequence::ct;
                slice.hu.push_back(is_ct ? with_noise(mean, noise.at(n))
                                         : magnitude(mean, noise.at(n), first + n));
                ++n;
            }
        }
        return slice;
    }

private:
    [[nodiscard]] std::size_t columns() const { return static_cast<std::size_t>(acquisition_.columns); }
    [[nodiscard]] std::size_t rows() const { return static_cast<std::size_t>(acquisition_.rows); }

    /// All fine rows of a slice, each already added up to pixels along the row.
    [[nodiscard]] Plane blurred_rows(const Cut& cut) const
    {
        Plane result = plane_of(columns(), samples_a_pixel * rows() + 2 * along_column_.reach);
        if (anatomy_) {
            const Plane fine = fine_plane(*anatomy_, cut, result.height);
            for (std::size_t y = 0; y < result.height; ++y)
                add_up(fine.row(y), result.row(y));
            return result;
        }
        std::vector<float> line(fine_width());
        std::vector<float> mean(line.size());
        for (std::size_t y = 0; y < result.height; ++y) {
            mean_through_slice(cut, y, line, mean);
            add_up(mean, result.row(y));
        }
        return result;
    }

    [[nodiscard]] std::size_t fine_width() const
    {
        return samples_a_pixel * columns() + 2 * along_row_.reach;
    }

    /// Tissues with their mottle, deformed, and the lesions over them.
    [[nodiscard]] Plane fine_plane(const ValuedAnatomy& anatomy, const Cut& cut, std::size_t height) const
    {
        const Line first_row = fine_row(cut.position, 0);
        const SliceLattice slice{.first = first_row.start,
                                 .across = first_row.step,
                                 .down = (acquisition_.row_spacing_mm / samples_a_pixel) * axes_.j,
                                 .width = fine_width(),
                                 .height = height,
                                 .normal = axes_.k,
                                 .thickness_mm = acquisition_.slice_thickness_mm};
        Plane plane = tissue_plane(anatomy, slice, cut.patient_shift);
        for (const Lesion& lesion : lesions_)
            overlay(plane,
                    slice,
                    shifted(lesion.shape, cut.patient_shift),
                    tone_of(lesion, pass_),
                    lesion.detail ? lesion.detail->edge_mm : 0.0);
        return plane;
    }

    /// One fine row, averaged over the thickness of the slice.
    void mean_through_slice(const Cut& cut,
                            std::size_t y,
                            std::vector<float>& line,
                            std::vector<float>& mean) const
    {
        const int depths = depths_of(acquisition_.slice_thickness_mm);
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

    void add_up(std::span<const float> fine, std::span<float> pixels) const
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

    [[nodiscard]] static std::int16_t with_noise(float mean_hu, float noise_hu)
    {
        return static_cast<std::int16_t>(std::lround(std::clamp(mean_hu + noise_hu, lowest_hu, highest_hu)));
    }

    /// The length of a signal whose two parts are noisy (Gudbjartsson and Patz, 1995).
    [[nodiscard]] std::int16_t magnitude(float mean, float noise, std::uint64_t n) const
    {
        constexpr float highest_signal = 4095.0F;
        const NoiseStream other{.seed = mixed(noise_.seed), .number = noise_.number};
        const auto beside = static_cast<float>(acquisition_.noise_hu * normal_noise(other, n));
        const float length = std::hypot(mean + noise, beside);
        return static_cast<std::int16_t>(std::lround(std::clamp(length, 0.0F, highest_signal)));
    }

    /// Multiplies a row by the smooth shading of the coils.
    void shade(std::vector<float>& row, const Cut& cut, std::size_t y) const
    {
        constexpr double wide_mm = 180.0;  // about the distance of two coil elements
        const Texture shading{.seed = mixed(noise_.seed ^ (texture_stream + 1)), .scale_mm = wide_mm};
        for (std::size_t x = 0; x < row.size(); ++x) {
            const PointLps place = cut.position +
                                   (static_cast<double>(x) * acquisition_.column_spacing_mm) * axes_.i +
                                   (static_cast<double>(y) * acquisition_.row_spacing_mm) * axes_.j;
            row[x] *= static_cast<float>(std::exp(pass_.bias * texture_at(shading, place)));
        }
    }

    Acquisition acquisition_;
    Pass pass_;
    Axes axes_;
    std::vector<Painted> shapes_;           ///< of a plain scene
    std::optional<ValuedAnatomy> anatomy_;  ///< of any other
    std::vector<Lesion> lesions_;           ///< the same
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
