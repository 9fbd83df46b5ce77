#include "click_rim.hpp"

#include "downstage/imaging/components.hpp"
#include "downstage/imaging/morphology.hpp"

#include "candidates.hpp"
#include "parenchyma.hpp"

#include <algorithm>
#include <array>

namespace downstage::segmentation {

namespace {

constexpr double far_from_mm = 10.0;  // where the surroundings are taken from
constexpr double far_to_mm = 20.0;
constexpr double blur_mm = 1.5;  // of the core's own border
constexpr double sheet_mm = 2.0;
constexpr double first_ring_mm = 2.5;  // seen as one
constexpr double ring_step_mm = 1.5;   // from there on
constexpr double thickest_mm = 15.0;   // what goes on for longer is an organ
constexpr double most_sides = 0.6;     // of the core: a vessel beside it is on fewer
constexpr double few_sides = 0.35;

/// A core and its surroundings.
struct Surroundings {
    VoxelBox box;
    Field hu;
    Field away_mm;  ///< from the core; 0 in it
    Mask within;
    double outer_hu{};
    double margin_hu{};  ///< what differs from `outer_hu` by more is no noise
};

std::optional<Surroundings> surroundings_of(const ClickView& view, const Patch& core)
{
    constexpr float softest_hu = -30.0F;  // fat and bone around an organ say nothing of it
    constexpr float hardest_hu = 250.0F;
    constexpr std::size_t enough = 50;
    const Grid& grid = view.within.grid();
    const VoxelBox box = widened(box_of(core), far_to_mm, grid);
    Surroundings found{.box = box,
                       .hu = cut(view.smoothed_hu, box),
                       .away_mm = imaging::distance_mm(placed(core, box, grid)),
                       .within = cut(view.within, box),
                       .outer_hu = 0.0,
                       .margin_hu = std::max(10.0, 1.5 * view.noise_hu)};
    std::vector<float> far;
    for (std::size_t n = 0; n < found.hu.voxels().size(); ++n) {
        const float hu = found.hu.voxels()[n];
        const auto away_mm = static_cast<double>(found.away_mm.voxels()[n]);
        if (found.within.voxels()[n] != 0 && away_mm > far_from_mm && away_mm <= far_to_mm &&
            hu > softest_hu && hu < hardest_hu)
            far.push_back(hu);
    }
    if (far.size() < enough) return std::nullopt;
    found.outer_hu = median_of(far);
    return found;
}

/// Which side of the surroundings' density a rim is on.
enum class Side { darker, brighter };

double beyond_hu(const Surroundings& around, std::size_t n, Side side)
{
    const double difference = static_cast<double>(around.hu.voxels()[n]) - around.outer_hu;
    return side == Side::brighter ? difference : -difference;
}

/// The ring of voxels that lie farther than one distance and at most another from the core.
struct Ring {
    double share{};            ///< of it that differs
    double level_beyond_hu{};  ///< of that part, the median difference
};

Ring ring_of(const Surroundings& around, double from_mm, double to_mm, Side side)
{
    std::size_t all = 0;
    std::vector<float> differing;
    for (std::size_t n = 0; n < around.hu.voxels().size(); ++n) {
        const auto away_mm = static_cast<double>(around.away_mm.voxels()[n]);
        if (away_mm <= from_mm || away_mm > to_mm) continue;
        ++all;
        const double beyond = beyond_hu(around, n, side);
        if (beyond > around.margin_hu) differing.push_back(static_cast<float>(beyond));
    }
    if (all == 0) return {};
    const double share = static_cast<double>(differing.size()) / static_cast<double>(all);
    return {.share = share, .level_beyond_hu = median_of(differing)};
}

struct Rim {
    Side side{};
    double ends_at_mm{};  ///< from the core
    double level_beyond_hu{};
};

std::optional<Rim> rim_of(const Surroundings& around)
{
    for (const Side side : {Side::brighter, Side::darker}) {
        double from_mm = blur_mm + first_ring_mm;
        const Ring first = ring_of(around, blur_mm, from_mm, side);
        if (first.share < most_sides) continue;
        while (from_mm < thickest_mm &&
               ring_of(around, from_mm, from_mm + ring_step_mm, side).share >= few_sides)
            from_mm += ring_step_mm;
        if (from_mm >= thickest_mm) continue;
        return Rim{
            .side = side, .ends_at_mm = from_mm + ring_step_mm, .level_beyond_hu = first.level_beyond_hu};
    }
    return std::nullopt;
}

}  // namespace

std::optional<Patch> with_rim(const ClickView& view, const Clicked& core)
{
    const std::optional<Surroundings> around = surroundings_of(view, core.region);
    if (!around) return std::nullopt;
    const std::optional<Rim> rim = rim_of(*around);
    if (!rim) return std::nullopt;
    const Mask parts = mask_where(around->hu.grid(), [&](std::size_t n) {
        const auto away_mm = static_cast<double>(around->away_mm.voxels()[n]);
        if (away_mm <= blur_mm) return true;
        return around->within.voxels()[n] != 0 && away_mm <= rim->ends_at_mm &&
               beyond_hu(*around, n, rim->side) > 0.5 * rim->level_beyond_hu;
    });
    // Between a dark core and a bright rim lies a sheet of the surroundings' density.
    const Mask whole = imaging::fill_holes_by_slice(imaging::close(parts, sheet_mm));
    const double opening_mm = std::min(0.4 * inscribed_radius_mm(whole), 4.0);  // as in 9.4
    const Mask round = imaging::largest_component(imaging::open(whole, opening_mm));
    if (imaging::count(round) == 0) return std::nullopt;
    return Patch{.first = around->box.first, .mask = imaging::fill_holes_by_slice(round)};
}

}  // namespace downstage::segmentation
