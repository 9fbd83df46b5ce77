#include "phase_densities.hpp"

#include "downstage/imaging/morphology.hpp"

#include "lesions_patch.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace downstage::segmentation {

namespace {

/// The value below which `share` of them lie; nothing when there are fewer than `fewest`.
std::optional<double> percentile(std::vector<float> values, double share, std::size_t fewest)
{
    if (values.size() < fewest || values.empty()) return std::nullopt;
    const auto place =
        std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())));
    std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(place));
    return static_cast<double>(values[place]);
}

/// Where a voxel lies from the spine (SEGMENTATION.md 1): mm to the left of its midline, mm behind its front.
struct FromSpine {
    double left_mm{}, behind_mm{};
};

FromSpine from_spine(const Landmarks& landmarks, const Grid& grid, const Index& at)
{
    return {.left_mm = left_of_spine_mm(landmarks.spine, grid, at),
            .behind_mm = behind_spine_front_mm(landmarks.spine, grid, at)};
}

/// HU of the voxels for which `test(at)` holds.
template <typename Test>
std::vector<float> values_where(const Volume& ct, const Test& test)
{
    std::vector<float> values;
    for_each_voxel(ct.grid(), [&](const Index& at) {
        if (test(at)) values.push_back(static_cast<float>(ct[at]));
    });
    return values;
}

/// How far a slice lies under the top of the search range, towards the feet.
double under_top_mm(const Landmarks& landmarks, const Grid& grid, const Index& at)
{
    return (landmarks.search.top_k - at.k) * grid.spacing_mm.k;
}

/// Mean and spread of a short piece of a tube along the body's axis.
struct Piece {
    double mean_hu{}, sd_hu{};
};

Piece piece_at(const Volume& ct, const Index& centre, double radius_mm)
{
    const SpacingMm& spacing = ct.grid().spacing_mm;
    const auto reach = static_cast<std::int32_t>(radius_mm / spacing.i);
    double count = 0.0;
    double sum = 0.0;
    double squares = 0.0;
    for (std::int32_t k = -1; k <= 1; ++k)
        for (std::int32_t j = -reach; j <= reach; ++j)
            for (std::int32_t i = -reach; i <= reach; ++i) {
                const Index at{centre.i + i, centre.j + j, centre.k + k};
                if (!contains(ct.grid(), at) || std::hypot(i * spacing.i, j * spacing.j) > radius_mm)
                    continue;
                const double hu = ct[at];
                count += 1.0;
                sum += hu;
                squares += hu * hu;
            }
    if (count == 0.0) return {.mean_hu = -1024.0};  // outside the image is air
    const double mean = sum / count;
    return {.mean_hu = mean, .sd_hu = std::sqrt(std::max(0.0, squares / count - mean * mean))};
}

constexpr double tube_mm = 6.0;  // within the lumen of a slender woman's aorta
constexpr double brighter_than_vertebrae_hu = 200.0;

/// In front of the spine's left half. A very bright aorta counts as bone, so that the spine seems to begin at
/// its front wall: then it lies behind the spine's front, where otherwise the vertebrae are.
bool may_be_aorta(const FromSpine& place, double mean_hu)
{
    const double rear_mm = mean_hu >= brighter_than_vertebrae_hu ? 16.0 : -7.0;
    return place.left_mm >= -2.0 && place.left_mm <= 30.0 && place.behind_mm >= -32.0 &&
           place.behind_mm <= rear_mm;
}

/// In seven scans the aorta's piece had 3 to 12 HU; a brighter one loses more to the blur of its wall.
double most_uneven_hu(double mean_hu)
{
    return std::max(12.0, 0.12 * mean_hu);
}

/// True where as bright a piece lies on the other side of the midline: a vertebra has two halves, and the
/// aorta lies on the left.
bool has_a_twin(const Volume& ct, const Landmarks& landmarks, const Index& at, const Piece& piece)
{
    constexpr double as_bright = 0.75;
    constexpr double off_midline_mm = 4.0;  // nearer, a piece is its own twin
    const double midline_i = landmarks.spine.midline_i[static_cast<std::size_t>(at.k)];
    if (left_of_spine_mm(landmarks.spine, ct.grid(), at) < off_midline_mm) return true;
    const Index twin{static_cast<std::int32_t>(std::lround(2.0 * midline_i)) - at.i, at.j, at.k};
    return piece_at(ct, twin, tube_mm).mean_hu >= as_bright * piece.mean_hu;
}

bool looks_like_aorta(const Volume& ct, const Landmarks& landmarks, const Index& at, const Piece& piece)
{
    if (piece.sd_hu > most_uneven_hu(piece.mean_hu)) return false;
    if (!may_be_aorta(from_spine(landmarks, ct.grid(), at), piece.mean_hu)) return false;
    return piece.mean_hu < brighter_than_vertebrae_hu || !has_a_twin(ct, landmarks, at, piece);
}

/// The aorta is the brightest even tube left in front of the spine; the median over slices leaves out those
/// where a branch or bowel is taken for it. Without contrast it may be the crus, which is alike.
std::optional<double> aorta_hu(const Volume& ct, const Landmarks& landmarks)
{
    constexpr std::size_t fewest_slices = 4;
    constexpr double range_mm = 150.0;  // further down it divides
    const Grid& grid = ct.grid();
    std::vector<float> brightest(static_cast<std::size_t>(grid.size.k));
    std::vector<double> best(brightest.size(), -1024.0);
    for_each_voxel(grid, [&](const Index& at) {
        const double under_mm = under_top_mm(landmarks, grid, at);
        if (under_mm < 0.0 || under_mm > range_mm) return;
        if (!may_be_aorta(from_spine(landmarks, grid, at), ct[at])) return;
        const Piece piece = piece_at(ct, at, tube_mm);
        const double rank = piece.mean_hu - 3.0 * piece.sd_hu;
        const auto k = static_cast<std::size_t>(at.k);
        if (rank <= best[k] || !looks_like_aorta(ct, landmarks, at, piece)) return;
        best[k] = rank;
        brightest[k] = static_cast<float>(piece.mean_hu);
    });
    std::vector<float> seen;
    for (std::size_t k = 0; k < best.size(); ++k)
        if (best[k] > -1024.0) seen.push_back(brightest[k]);
    return percentile(std::move(seen), 0.5, fewest_slices);
}

bool is_soft(std::int16_t hu)
{
    return hu > 0 && hu < 350;
}

/// Soft tissue inside ribs and muscle, without what is thinner than twice `thick_mm`.
Mask thick_organs(const Volume& ct, const Landmarks& landmarks, double thick_mm)
{
    const Mask soft = mask_where(ct.grid(), [&](std::size_t n) {
        return is_soft(ct.voxels()[n]) && landmarks.inside_wall.voxels()[n] != 0 &&
               landmarks.below_diaphragm.voxels()[n] != 0;
    });
    return imaging::erode(soft, thick_mm);
}

/// The median of thick tissue far left behind, high up: hardly anything but spleen is so thick there.
std::optional<double> spleen_hu(const Volume& ct, const Landmarks& landmarks)
{
    const Mask thick = thick_organs(ct, landmarks, 10.0);
    const auto is_spleen = [&](const Index& at) {
        const FromSpine place = from_spine(landmarks, ct.grid(), at);
        return thick[at] != 0 && place.left_mm > 55.0 && place.behind_mm > -10.0 &&
               under_top_mm(landmarks, ct.grid(), at) < 130.0;
    };
    return percentile(values_where(ct, is_spleen), 0.5, 20);
}

/// The brighter part of the thick tissue beside the spine below the liver's dome, where the kidneys are.
std::optional<double> kidney_hu(const Volume& ct, const Landmarks& landmarks)
{
    const Mask thick = thick_organs(ct, landmarks, 6.0);
    const auto is_kidney = [&](const Index& at) {
        const FromSpine place = from_spine(landmarks, ct.grid(), at);
        const double under_mm = under_top_mm(landmarks, ct.grid(), at);
        return thick[at] != 0 && std::abs(place.left_mm) > 40.0 && std::abs(place.left_mm) < 85.0 &&
               place.behind_mm > 0.0 && place.behind_mm < 50.0 && under_mm > 80.0 && under_mm < 180.0;
    };
    return percentile(values_where(ct, is_kidney), 0.85, 50);
}

/// The brightest fiftieth of the inside of the liver: veins, where they are enhanced.
std::optional<double> veins_hu(const Volume& ct, const Mask& liver)
{
    constexpr double deep_mm = 12.0;
    constexpr double veins_close_mm = 8.0;
    const Mask deep = imaging::erode(imaging::close(liver, veins_close_mm), deep_mm);
    return percentile(values_where(ct, [&](const Index& at) { return deep[at] != 0; }), 0.98, 200);
}

}  // namespace

OrganDensities
organ_densities(const Volume& ct, const Landmarks& landmarks, const Mask& liver, double liver_hu)
{
    return {.liver_hu = liver_hu,
            .aorta_hu = aorta_hu(ct, landmarks),
            .spleen_hu = spleen_hu(ct, landmarks),
            .kidney_hu = kidney_hu(ct, landmarks),
            .veins_hu = veins_hu(ct, liver)};
}

}  // namespace downstage::segmentation
