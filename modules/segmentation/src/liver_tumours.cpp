#include "liver_tumours.hpp"

#include "downstage/imaging/components.hpp"
#include "downstage/imaging/morphology.hpp"

#include "liver_contact.hpp"
#include "working_grid.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <utility>
#include <vector>

namespace downstage::segmentation {

namespace {

// SEGMENTATION.md 8.1
constexpr int rounds = 2;
constexpr double reach_mm = 45.0;
constexpr double darkest_hu = 5.0;
constexpr double brightest_spreads = 2.0;
constexpr double opening_mm = 3.5;
constexpr double neck_depth_mm = 2.0;
constexpr double freeing_share = 0.45;  // of the inscribed radius
constexpr double most_freeing_mm = 10.0;
constexpr double least_ml = 1.0;
// Tumours here fill 2 to 3 times the largest ball that fits into them, a lens three times as wide as thick
// would 9 times; muscle and costal cartilage that lie along the front wall fill it 19 times.
constexpr double most_spread = 8.0;
constexpr double fluid_hu = 22.0;
constexpr double most_left_mm = 60.0;

/// Soft tissue near the liver that may be tumour, its thin parts left out.
Mask room_for_tumours(const Mask& liver, const Scene& scene)
{
    const Tissue& tissue = scene.tissue;
    const Mask near = imaging::dilate(liver, reach_mm, scene.workers);
    const double brightest_hu = scene.intensity.mean_hu + brightest_spreads * scene.intensity.spread_hu;
    const Mask room = voxels_where(liver.grid(), scene.workers, [&](const Index&, std::size_t n) {
        const double hu = tissue.smooth.voxels()[n];
        return tissue.soft.voxels()[n] != 0 && liver.voxels()[n] == 0 && near.voxels()[n] != 0 &&
               hu > darkest_hu && hu < brightest_hu;
    });
    return imaging::open(room, opening_mm, scene.workers);
}

/// A film along the wall is muscle or cartilage, whatever it touches.
bool is_film(const Mask& part, double radius_mm)
{
    const double ball_ml = 4.0 / 3.0 * std::numbers::pi * std::pow(radius_mm, 3) / 1000.0;
    return imaging::volume_ml(part) > most_spread * ball_ml;
}

/// Medians over a piece: of its density, and of how far left of the midline its voxels lie.
struct Middle {
    double hu{}, left_mm{};
};

Middle middle_of(const Mask& part, const Box& box, const Scene& scene)
{
    std::vector<double> hu;
    std::vector<double> left_mm;
    for_each_set(part, [&](const Index& at, std::size_t) {
        const Index whole{box.first.i + at.i, box.first.j + at.j, box.first.k + at.k};
        hu.push_back(scene.tissue.smooth[whole]);
        left_mm.push_back(left_of_spine_mm(scene.landmarks.spine, scene.mean_hu.grid(), whole));
    });
    return {.hu = quantile(std::move(hu), 0.5), .left_mm = quantile(std::move(left_mm), 0.5)};
}

/// The piece without what hangs on it, where it is a tumour at the liver's surface.
std::optional<Mask> tumour_in(const Piece& piece, const Mask& liver, const Scene& scene)
{
    const double radius_mm = inscribed_radius_mm(piece.mask, scene.workers);
    const Mask freed =
        imaging::open(piece.mask, std::min(freeing_share * radius_mm, most_freeing_mm), scene.workers);
    if (imaging::volume_ml(freed) < least_ml || is_film(freed, radius_mm)) return std::nullopt;
    const Middle middle = middle_of(freed, piece.box, scene);
    if (middle.hu <= fluid_hu || middle.left_mm >= most_left_mm) return std::nullopt;
    if (!belongs_by_contact(contact_of(freed, piece, liver, scene), radius_mm)) return std::nullopt;
    return freed;
}

}  // namespace

Mask surface_tumours(const Mask& liver, const Scene& scene)
{
    Mask tumours{liver.grid()};
    for (int round = 0; round < rounds; ++round) {
        const Mask known = imaging::either(liver, tumours);
        const LabelMap parts =
            imaging::split_at_necks(room_for_tumours(known, scene), neck_depth_mm, scene.workers);
        for (const Piece& piece : pieces_of(parts))
            if (const auto tumour = tumour_in(piece, known, scene)) put_back(tumours, *tumour, piece.box);
    }
    return tumours;
}

}  // namespace downstage::segmentation
