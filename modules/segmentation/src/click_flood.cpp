#include "click_flood.hpp"

#include "lesions_patch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

namespace downstage::segmentation {

namespace {

constexpr int levels = 160;  // HU from the click's density; no lesion differs from tissue by more
constexpr int never = levels;
constexpr std::array<Index, 6> faces{{{-1, 0, 0}, {1, 0, 0}, {0, -1, 0}, {0, 1, 0}, {0, 0, -1}, {0, 0, 1}}};

Index beside(const Index& at, const Index& face)
{
    return {at.i + face.i, at.j + face.j, at.k + face.k};
}

/// How much every voxel of the view differs from `inside_hu`.
Image<int> differences_from(const ClickView& view, double inside_hu)
{
    Image<int> differences{view.smoothed_hu.grid(), never};
    const auto inside = static_cast<float>(inside_hu);
    for (std::size_t n = 0; n < differences.voxels().size(); ++n)
        if (view.within.voxels()[n] != 0)
            differences.voxels()[n] = std::min(
                never, static_cast<int>(std::lround(std::abs(view.smoothed_hu.voxels()[n] - inside))));
    return differences;
}

/// Every voxel with what the most different of its neighbours has: so a flood does not run along the sheet
/// between two other tissues, whose density lies between theirs.
Image<int> with_neighbours(const Image<int>& differences)
{
    Image<int> largest = differences;
    for_each_voxel(differences.grid(), [&](const Index& at) {
        for (const Index& face : faces)
            if (const Index there = beside(at, face); contains(differences.grid(), there))
                largest[at] = std::max(largest[at], differences[there]);
    });
    return largest;
}

/// For every voxel, the lowest level at which it hangs together with the click: the largest cost on the
/// best path there (a flood with one queue for each level).
class Flood {
public:
    explicit Flood(const Image<int>& costs) : costs_{costs}, level_{costs.grid(), never}, queues_(levels) {}

    void run(const Index& start)
    {
        reach(start, 0);
        for (int level = 0; level < levels; ++level) {
            std::vector<Index>& queue = queues_.at(static_cast<std::size_t>(level));
            while (!queue.empty()) {
                const Index at = queue.back();
                queue.pop_back();
                for (const Index& face : faces)
                    reach(beside(at, face), level);
            }
        }
    }
    [[nodiscard]] const Image<int>& level() const { return level_; }

private:
    void reach(const Index& at, int from_level)
    {
        if (!contains(level_.grid(), at) || level_[at] != never) return;
        const int needed = std::max(costs_[at], from_level);
        if (needed >= levels) return;
        level_[at] = needed;
        queues_.at(static_cast<std::size_t>(needed)).push_back(at);
    }

    const Image<int>& costs_;
    Image<int> level_;
    std::vector<std::vector<Index>> queues_;
};

/// The levels at which the voxels join the region: those the flood runs through, and those beside them that
/// differ no more.
Image<int> levels_from(const Index& start, const Image<int>& differences)
{
    const Image<int> costs = with_neighbours(differences);
    Flood flood{costs};
    flood.run(start);
    Image<int> joined = flood.level();
    for_each_voxel(joined.grid(), [&](const Index& at) {
        for (const Index& face : faces)
            if (const Index there = beside(at, face); contains(joined.grid(), there))
                joined[at] = std::min(joined[at], std::max(flood.level()[there], differences[at]));
    });
    return joined;
}

/// What the region is like at each level.
struct Course {
    std::array<double, levels> voxels{};
    std::array<double, levels> steepness{};  ///< mean step across its border, HU
    int runs_out{levels};                    ///< the first level at which it reaches the end of the view
};

/// Adds up, so that place n holds the sum of places 0 to n.
void accumulate(std::array<double, levels>& values)
{
    for (std::size_t n = 1; n < values.size(); ++n)
        values.at(n) += values.at(n - 1);
}

/// Collects the pairs of neighbours that the border runs between at each level.
class Border {
public:
    /// A pair is part of the border from the level that takes one of them to the level that takes both.
    void take(double step_hu, int from_level, int to_level)
    {
        add(step_hu, 1.0, from_level);
        if (to_level != never) add(-step_hu, -1.0, to_level);
    }
    [[nodiscard]] std::array<double, levels> mean_step_hu() const
    {
        std::array<double, levels> sums = step_hu_;
        std::array<double, levels> pairs = pairs_;
        accumulate(sums);
        accumulate(pairs);
        for (std::size_t n = 0; n < pairs.size(); ++n)
            sums.at(n) = pairs.at(n) > 0.0 ? sums.at(n) / pairs.at(n) : 0.0;
        return sums;
    }

private:
    void add(double step_hu, double pairs, int level)
    {
        step_hu_.at(static_cast<std::size_t>(level)) += step_hu;
        pairs_.at(static_cast<std::size_t>(level)) += pairs;
    }

    std::array<double, levels> step_hu_{}, pairs_{};
};

/// Hands the neighbours of `at` that join the region at a higher level, or never, to the border.
void take_neighbours(Border& border, const Image<int>& level, const ClickView& view, const Index& at)
{
    for (const Index& face : faces) {
        const Index there = beside(at, face);
        if (!contains(level.grid(), there) || view.within[there] == 0 || level[there] <= level[at]) continue;
        const float step_hu = std::abs(view.smoothed_hu[there] - view.smoothed_hu[at]);
        border.take(static_cast<double>(step_hu), level[at], level[there]);
    }
}

Course course_of(const Image<int>& level, const ClickView& view)
{
    const auto end_mm = static_cast<float>(view.limit_mm - 2.0);
    Course course;
    Border border;
    for_each_voxel(level.grid(), [&](const Index& at) {
        if (level[at] == never) return;
        course.voxels.at(static_cast<std::size_t>(level[at])) += 1.0;
        if (view.reach_mm[at] > end_mm) course.runs_out = std::min(course.runs_out, level[at]);
        take_neighbours(border, level, view, at);
    });
    accumulate(course.voxels);
    course.steepness = border.mean_step_hu();
    return course;
}

/// The level of the steepest border between where the noise is taken in and where the region runs out.
std::optional<int> steepest_level(const Course& course, double noise_hu, double voxel_mm3)
{
    constexpr double smallest_mm3 = 30.0;  // a ball of 4 mm
    constexpr int step_hu = 3;             // a leak doubles the region over a few HU
    constexpr double leak = 2.0;
    constexpr double slow_leak = 1.2;  // into something larger, once a border lies behind
    constexpr double past = 0.95;      // of that border's steepness
    int first = static_cast<int>(std::ceil(1.5 * noise_hu));
    const auto voxels = [&](int level) { return course.voxels.at(static_cast<std::size_t>(level)); };
    const int last = std::min(course.runs_out, levels) - step_hu - 1;
    while (first <= last && voxels(first) * voxel_mm3 < smallest_mm3)
        ++first;
    std::optional<int> best;
    const auto steepness = [&](int level) { return course.steepness.at(static_cast<std::size_t>(level)); };
    for (int level = first; level <= last; ++level) {
        const double growth = voxels(level + step_hu) / voxels(level);
        const bool is_past_the_border = best && steepness(level) < past * steepness(*best);
        if (growth > leak || (is_past_the_border && growth > slow_leak)) {
            if (!best) best = level;
            break;
        }
        if (!best || steepness(level) > steepness(*best)) best = level;
    }
    return best;
}

}  // namespace

std::optional<Mask> alike_region(const ClickView& view, double inside_hu)
{
    const Grid& grid = view.smoothed_hu.grid();
    const auto start = static_cast<std::size_t>(std::ranges::distance(
        view.reach_mm.voxels().begin(), std::ranges::min_element(view.reach_mm.voxels())));
    const auto row = static_cast<std::size_t>(grid.size.i);
    const auto slice = row * static_cast<std::size_t>(grid.size.j);
    const Image<int> joined = levels_from({static_cast<std::int32_t>(start % row),
                                           static_cast<std::int32_t>(start % slice / row),
                                           static_cast<std::int32_t>(start / slice)},
                                          differences_from(view, inside_hu));
    const Course course = course_of(joined, view);
    const std::optional<int> level = steepest_level(course, view.noise_hu, voxel_volume_mm3(grid));
    if (!level) return std::nullopt;
    return mask_where(grid, [&](std::size_t n) { return joined.voxels()[n] <= *level; });
}

}  // namespace downstage::segmentation
