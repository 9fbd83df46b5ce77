#include "downstage/measurement/occupancy.hpp"

#include "downstage/measurement/band.hpp"
#include "downstage/measurement/volume.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>
#include <vector>

namespace downstage::measurement {

namespace {

// The band around the label in which the boundary is searched, and where levels are read, in mm.
constexpr double inner_band_mm = 2.5;   // deeper than this the label is believed
constexpr double outer_band_mm = 3.5;   // further out than this nothing belongs to the lesion
constexpr double rim_mm = 2.0;          // the inside level is read behind the blurred rim ...
constexpr double rim_end_mm = 5.0;      // ... and before a core that may be necrotic
constexpr float shell_start_mm = 3.0F;  // the liver around: behind the blur of the boundary ...
constexpr float shell_end_mm = 8.0F;    // ... and before it becomes another part of the liver

// A slice next to the label's last one must lie in the band whatever its distance: it holds the partial
// volume of the lesion's end. So the band counts slices as at most this far apart.
constexpr double most_slice_step_mm = 2.4;

// Fewer voxels than this give no level.
constexpr std::size_t fewest_voxels = 8;

/// Signed bands around one mask.
struct Bands {
    Field outside_mm;  ///< to the mask, 0 inside
    Field depth_mm;    ///< to what is not the mask, 0 outside
};

Bands bands_of(const Mask& mask)
{
    SpacingMm spacing = mask.grid().spacing_mm;
    spacing.k = std::min(spacing.k, most_slice_step_mm);
    Mask rest{mask.grid()};
    std::ranges::transform(mask.voxels(), rest.voxels().begin(), [](std::uint8_t in) {
        return static_cast<std::uint8_t>(in == 0);
    });
    return {.outside_mm = distance_to(mask, spacing, static_cast<double>(shell_end_mm) + 0.1),
            .depth_mm = distance_to(rest, spacing, rim_end_mm + 0.1)};
}

double median_of(std::vector<float>& values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return static_cast<double>(*middle);
}

/// The sd of normal values from their median absolute deviation, which a vessel or two do not move.
double robust_sd(std::vector<float>& values)
{
    if (values.size() < fewest_voxels) return 0.0;
    const auto median = static_cast<float>(median_of(values));
    for (float& value : values)
        value = std::abs(value - median);
    constexpr double sd_of_normal = 1.4826;
    return sd_of_normal * median_of(values);
}

struct Levels {
    double inside_hu{}, outside_hu{}, noise_hu{};
    std::size_t inside_count{};
    [[nodiscard]] double contrast_hu() const { return inside_hu - outside_hu; }
};

/// Readable voxels of the shell around the lesion, at most some four thousand, evenly chosen: their median
/// and spread are then known to 1 %, and a large lesion's shell holds a hundred thousand.
std::vector<std::size_t> shell_of(const Neighbourhood& cut, const Bands& bands)
{
    constexpr std::size_t enough = 20000;
    std::vector<std::size_t> shell;
    for (std::size_t n = 0; n < cut.hu.voxels().size(); ++n) {
        const float away_mm = bands.outside_mm.voxels()[n];
        if (cut.readable.voxels()[n] != 0 && away_mm >= shell_start_mm && away_mm <= shell_end_mm)
            shell.push_back(n);
    }
    const std::size_t step = shell.size() / enough + 1;
    std::vector<std::size_t> chosen;
    for (std::size_t n = 0; n < shell.size(); n += step)
        chosen.push_back(shell[n]);
    return chosen;
}

/// HU behind the rim; of a lesion too small to have such voxels, the deeper half of it.
std::vector<float> inside_values(const Field& hu, const Field& depth_mm)
{
    const auto depths = depth_mm.voxels();
    std::vector<float> values;
    const auto gather = [&](float from_mm, float to_mm) {
        for (std::size_t n = 0; n < depths.size(); ++n)
            if (depths[n] > 0.0F && depths[n] >= from_mm && depths[n] <= to_mm)
                values.push_back(hu.voxels()[n]);
    };
    gather(static_cast<float>(rim_mm), static_cast<float>(rim_end_mm));
    if (values.size() >= fewest_voxels) return values;
    values.clear();
    const float deepest = *std::ranges::max_element(depths);
    gather(0.6F * deepest, deepest);
    return values;
}

std::vector<float> values_at(const Field& field, const std::vector<std::size_t>& places)
{
    std::vector<float> values(places.size());
    std::ranges::transform(places, values.begin(), [&](std::size_t n) { return field.voxels()[n]; });
    return values;
}

std::optional<Levels>
levels_of(const Neighbourhood& cut, const Bands& bands, const std::vector<std::size_t>& shell)
{
    if (shell.size() < fewest_voxels) return std::nullopt;
    std::vector<float> around = values_at(cut.hu, shell);
    std::vector<float> within = inside_values(cut.hu, bands.depth_mm);
    if (within.empty()) return std::nullopt;
    Levels levels{
        .inside_hu = median_of(within), .outside_hu = median_of(around), .inside_count = within.size()};
    levels.noise_hu = robust_sd(around);
    return levels;
}

/// Contrast below this many noise sd is lost: the smoothed boundary no longer stands out
/// (docs/measurements.md).
constexpr double least_contrast_to_noise = 1.2;
constexpr double least_contrast_hu = 3.0;

bool is_visible(const Levels& levels)
{
    const double contrast = std::abs(levels.contrast_hu());
    return contrast >= least_contrast_hu && contrast >= least_contrast_to_noise * levels.noise_hu;
}

/// The window of the first look: none without noise, wider with noise.
double first_window_mm(double noise_to_contrast)
{
    return std::min(1.5, 2.5 * noise_to_contrast);
}

/// The window that brings the noise of the membership to the wanted level, from what the first look saw:
/// noise falls with the window's width in a plane. Never wider than a small lesion bears.
double better_window_mm(const Edge& seen, double volume_mm3)
{
    const double diameter_mm = std::cbrt(6.0 / std::numbers::pi * volume_mm3);
    const double widest_mm = std::min(2.5, 0.15 * diameter_mm);
    return std::min(widest_mm, seen.smoothing_mm * seen.noise / 0.07);
}

/// HU as a share of the way from outside to inside. What lies far outside of that way (a vessel, gas, a
/// clip) counts no more than noise could explain.
Field shares_of(const Neighbourhood& cut, const Levels& levels)
{
    Field share{cut.hu.grid()};
    const auto outside = static_cast<float>(levels.outside_hu);
    const auto per_hu = static_cast<float>(1.0 / levels.contrast_hu());
    const auto beyond = static_cast<float>(0.25 + 2.5 * levels.noise_hu / std::abs(levels.contrast_hu()));
    for (std::size_t n = 0; n < share.voxels().size(); ++n)
        if (cut.readable.voxels()[n] != 0)
            share.voxels()[n] = std::clamp((cut.hu.voxels()[n] - outside) * per_hu, -beyond, 1.0F + beyond);
    return share;
}

/// 1 deeper than the band, 0 beyond it and where nothing is readable.
void settle_outside_band(
    Field& field, const Neighbourhood& cut, const Bands& bands, double inner_mm, double outer_mm)
{
    for (std::size_t n = 0; n < field.voxels().size(); ++n) {
        float& value = field.voxels()[n];
        if (static_cast<double>(bands.depth_mm.voxels()[n]) > inner_mm)
            value = 1.0F;
        else if (cut.readable.voxels()[n] == 0 ||
                 static_cast<double>(bands.outside_mm.voxels()[n]) > outer_mm)
            value = 0.0F;
    }
}

constexpr float boundary_level = 0.5F;

/// All voxels that `start` reaches over faces through voxels at or above the boundary level.
std::vector<std::size_t> reached_from(std::size_t start, const Field& field, Mask& seen)
{
    const Size size = field.grid().size;
    const auto row = static_cast<std::size_t>(size.i);
    const std::size_t plane = row * static_cast<std::size_t>(size.j);
    std::vector<std::size_t> reached{start};
    seen.voxels()[start] = 1;
    for (std::size_t next = 0; next < reached.size(); ++next) {
        const std::size_t here = reached[next];
        // The grid reaches at least a voxel beyond all that can be inside, so no step leaves it.
        for (const std::size_t there :
             {here - 1, here + 1, here - row, here + row, here - plane, here + plane})
            if (seen.voxels()[there] == 0 && field.voxels()[there] >= boundary_level) {
                seen.voxels()[there] = 1;
                reached.push_back(there);
            }
    }
    return reached;
}

/// The largest connected part of the field at or above the boundary level.
Mask largest_part(const Field& field)
{
    Mask seen{field.grid()};
    std::vector<std::size_t> largest;
    for (std::size_t n = 0; n < field.voxels().size(); ++n) {
        if (seen.voxels()[n] != 0 || field.voxels()[n] < boundary_level) continue;
        std::vector<std::size_t> part = reached_from(n, field, seen);
        if (part.size() > largest.size()) largest = std::move(part);
    }
    Mask mask{field.grid()};
    for (const std::size_t n : largest)
        mask.voxels()[n] = 1;
    return mask;
}

/// The boundary's own blur. Across a step blurred by a Gaussian of sd s the integral of share * (1 - share)
/// is s / sqrt(pi); its mean over a band of known width gives s. Noise takes its variance off that mean.
double
blur_in_band(const Field& share, const Neighbourhood& cut, const Bands& bands, double noise_to_contrast)
{
    constexpr double half_width_mm = inner_band_mm;
    double sum = 0.0;
    std::size_t count = 0;
    for (std::size_t n = 0; n < share.voxels().size(); ++n) {
        const auto out = static_cast<double>(bands.outside_mm.voxels()[n]);
        const auto depth = static_cast<double>(bands.depth_mm.voxels()[n]);
        if (cut.readable.voxels()[n] == 0 || out > half_width_mm || depth > half_width_mm) continue;
        const auto value = static_cast<double>(share.voxels()[n]);
        sum += value * (1.0 - value) + noise_to_contrast * noise_to_contrast;
        ++count;
    }
    if (count == 0) return 0.0;
    const double blur_mm =
        std::sqrt(std::numbers::pi) * 2.0 * half_width_mm * sum / static_cast<double>(count);
    constexpr double widest_believed_mm = 3.0;
    return std::clamp(blur_mm, 0.0, widest_believed_mm);
}

// The median of n normal values spreads by this many sd / sqrt(n): sqrt(pi / 2). The level outside comes from
// so many more voxels that its own spread does not matter.
constexpr double sd_of_median = 1.2533;

/// One look at the image around `mask`: levels, soft membership, and the part of it that is the lesion.
std::optional<Occupancy>
look_around(const Neighbourhood& cut, const Mask& mask, std::optional<double> window_mm)
{
    const Bands bands = bands_of(mask);
    const std::vector<std::size_t> shell = shell_of(cut, bands);
    const std::optional<Levels> levels = levels_of(cut, bands, shell);
    if (!levels || !is_visible(*levels)) return std::nullopt;

    const double noise = levels->noise_hu / std::abs(levels->contrast_hu());
    Occupancy found{.share = shares_of(cut, *levels), .membership = {}, .inside = {}, .edge = {}};
    found.edge = {.source = BoundarySource::image,
                  .contrast_hu = levels->contrast_hu(),
                  .noise_hu = levels->noise_hu,
                  .smoothing_mm = window_mm.value_or(first_window_mm(noise)),
                  .level = sd_of_median * noise / std::sqrt(static_cast<double>(levels->inside_count))};
    found.membership = smoothed(found.share, found.edge.smoothing_mm);
    std::vector<float> still = values_at(found.membership, shell);
    found.edge.noise = robust_sd(still);
    found.edge.blur_mm = blur_in_band(found.share, cut, bands, noise);

    settle_outside_band(found.membership, cut, bands, inner_band_mm, outer_band_mm);
    found.inside = largest_part(found.membership);
    for (std::size_t n = 0; n < found.inside.voxels().size(); ++n)
        if (found.inside.voxels()[n] == 0 && found.membership.voxels()[n] >= boundary_level)
            found.membership.voxels()[n] = 0.0F;
    settle_outside_band(found.share, cut, bands, inner_band_mm, inner_band_mm);
    return found;
}

bool is_empty(const Mask& mask)
{
    return std::ranges::none_of(mask.voxels(), [](std::uint8_t in) { return in != 0; });
}

Occupancy occupancy_of_mask(const Neighbourhood& cut, BoundarySource source)
{
    Field share{cut.label.grid()};
    std::ranges::copy(cut.label.voxels(), share.voxels().begin());
    Occupancy known{.share = share, .membership = share, .inside = cut.label, .edge = {.source = source}};
    const Bands bands = bands_of(cut.label);
    if (const auto levels = levels_of(cut, bands, shell_of(cut, bands))) {
        known.edge.contrast_hu = levels->contrast_hu();
        known.edge.noise_hu = levels->noise_hu;
    }
    return known;
}

}  // namespace

Occupancy occupancy_of(const Neighbourhood& cut)
{
    // The first look is around the label, whose size is in doubt; the second around what the first one found,
    // so that levels and band stand where they should.
    const std::optional<Occupancy> first = look_around(cut, cut.label, std::nullopt);
    if (!first || is_empty(first->inside)) return occupancy_of_mask(cut, BoundarySource::found_mask);
    std::optional<Occupancy> second =
        look_around(cut, first->inside, better_window_mm(first->edge, volume_of_mm3(first->inside)));
    if (!second || is_empty(second->inside)) return occupancy_of_mask(cut, BoundarySource::found_mask);
    return *std::move(second);
}

Occupancy occupancy_of_drawn(const Neighbourhood& cut)
{
    return occupancy_of_mask(cut, BoundarySource::drawn_mask);
}

}  // namespace downstage::measurement
