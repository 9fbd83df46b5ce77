#include "align_blocks.hpp"

#include "downstage/core/parallel.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace downstage::imaging {

namespace {

constexpr std::int32_t half_block = 4;  // voxels of 3 mm to each side: 27 mm, a few vessels wide

/// Sums for a correlation, in one pass.
class Correlation {
public:
    void take(double a, double b)
    {
        ++count_;
        a_ += a;
        b_ += b;
        aa_ += a * a;
        bb_ += b * b;
        ab_ += a * b;
    }
    [[nodiscard]] double value() const
    {
        const double n = std::max(1.0, count_);
        const double spread = (aa_ - a_ * a_ / n) * (bb_ - b_ * b_ / n);
        return spread > 1e-6 ? (ab_ - a_ * b_ / n) / std::sqrt(spread) : 0.0;
    }
    [[nodiscard]] double sd_of_first() const
    {
        const double n = std::max(1.0, count_);
        return std::sqrt(std::max(0.0, aa_ / n - (a_ / n) * (a_ / n)));
    }
    [[nodiscard]] double sd_of_second() const
    {
        const double n = std::max(1.0, count_);
        return std::sqrt(std::max(0.0, bb_ / n - (b_ / n) * (b_ / n)));
    }
    [[nodiscard]] double mean_of_first() const { return a_ / std::max(1.0, count_); }
    [[nodiscard]] double mean_of_second() const { return b_ / std::max(1.0, count_); }

private:
    double count_{}, a_{}, b_{}, aa_{}, bb_{}, ab_{};
};

/// The voxels of one block that take part.
struct Block {
    std::vector<float> values;
    std::vector<VoxelPlace> thought_at;  ///< on the grid of the moving image
};

Block block_about(const Pair& pair, const Mapping& mapping, const PointLps& centre, std::int32_t step)
{
    const Grid& grid = pair.fixed.grid();
    const Index middle = nearest(to_voxel(grid, centre));
    Block block;
    for (std::int32_t k = -half_block; k <= half_block; k += step)
        for (std::int32_t j = -half_block; j <= half_block; j += step)
            for (std::int32_t i = -half_block; i <= half_block; i += step) {
                const Index at{middle.i + i, middle.j + j, middle.k + k};
                if (!contains(grid, at) || pair.taking_part[at] == 0) continue;
                block.values.push_back(pair.fixed[at]);
                block.thought_at.push_back(to_voxel(pair.moving.grid(), mapping(to_lps(grid, at))));
            }
    return block;
}

constexpr double least_sd_hu = 12.0;  // the coarse voxels' noise is 3 to 5 HU

/// True when enough of the block takes part.
bool is_enough(const Block& block, std::int32_t every)
{
    constexpr double least_share = 0.3;
    const double side = 2 * (half_block / every) + 1;
    return static_cast<double>(block.values.size()) >= least_share * side * side * side;
}

/// Linear between voxels, the nearest voxel beyond the edge.
float sample_at(const Field& image, const VoxelPlace& at)
{
    const Grid& grid = image.grid();
    const auto along = [](double value, std::int32_t size) {
        const double clamped = std::clamp(value, 0.0, static_cast<double>(size - 1));
        const auto low = std::min(static_cast<std::int32_t>(clamped), std::max(0, size - 2));
        return std::pair{low, static_cast<float>(clamped - low)};
    };
    const auto [i, di] = along(at.i, grid.size.i);
    const auto [j, dj] = along(at.j, grid.size.j);
    const auto [k, dk] = along(at.k, grid.size.k);
    const std::size_t right = i + 1 < grid.size.i ? 1 : 0;
    const std::size_t back = j + 1 < grid.size.j ? static_cast<std::size_t>(grid.size.i) : 0;
    const std::size_t up = k + 1 < grid.size.k ? offset_of(grid, {0, 0, 1}) : 0;
    const float* low = image.voxels().data() + offset_of(grid, {i, j, k});
    const auto row = [right, fraction = di](const float* first) {
        return *first + fraction * (first[right] - *first);
    };
    const auto plane = [&, fraction = dj](const float* first) {
        const float front = row(first);
        return front + fraction * (row(first + back) - front);
    };
    const float lower = plane(low);
    return lower + dk * (plane(low + up) - lower);
}

Correlation compared(const Block& block, const Field& moving, const VectorLps& shift_mm)
{
    const VoxelPlace zero = to_voxel(moving.grid(), PointLps{});
    const VoxelPlace there = to_voxel(moving.grid(), PointLps{} + shift_mm);
    const VoxelPlace shift{there.i - zero.i, there.j - zero.j, there.k - zero.k};
    Correlation sums;
    for (std::size_t n = 0; n < block.values.size(); ++n) {
        const VoxelPlace& at = block.thought_at[n];
        sums.take(static_cast<double>(block.values[n]),
                  static_cast<double>(sample_at(moving, {at.i + shift.i, at.j + shift.j, at.k + shift.k})));
    }
    return sums;
}

/// The top of a parabola through three values one step apart, in steps from the middle one.
double top_of(double before, double at, double after)
{
    const double bend = before - 2.0 * at + after;
    if (bend >= -1e-9) return 0.0;
    return std::clamp(0.5 * (before - after) / bend, -0.5, 0.5);
}

/// All places a block is tried at, as values on a lattice of `side` along each axis.
struct Lattice {
    int half{};
    double step_mm{};
    std::vector<double> values;

    [[nodiscard]] int side() const { return 2 * half + 1; }
    [[nodiscard]] double& at(int i, int j, int k)
    {
        return values[static_cast<std::size_t>((k * side() + j) * side() + i)];
    }
    [[nodiscard]] VectorLps shift(double i, double j, double k) const
    {
        return {(i - half) * step_mm, (j - half) * step_mm, (k - half) * step_mm};
    }
};

Lattice lattice_for(const Search& search)
{
    Lattice lattice{.half = static_cast<int>(std::lround(search.reach_mm / search.step_mm)),
                    .step_mm = search.step_mm,
                    .values = {}};
    const auto side = static_cast<std::size_t>(lattice.side());
    lattice.values.resize(side * side * side);
    return lattice;
}

struct Best {
    VectorLps shift_mm;
    VectorLps sureness;
    double value{};
};

/// From how fast the correlation falls on both sides of its top, per mm2.
double sureness_of(double before, double at, double after, double step_mm)
{
    constexpr double half_sure = 0.01;  // a block of vessels 6 mm wide falls by 0.025
    const double fall = std::max(0.0, at - 0.5 * (before + after)) / (step_mm * step_mm);
    return fall / (fall + half_sure);
}

/// The highest value; of equals the one nearest to the middle.
Best best_of(Lattice& lattice)
{
    std::array<int, 3> best{lattice.half, lattice.half, lattice.half};
    double highest = lattice.at(best[0], best[1], best[2]);
    for (int k = 0; k < lattice.side(); ++k)
        for (int j = 0; j < lattice.side(); ++j)
            for (int i = 0; i < lattice.side(); ++i)
                if (lattice.at(i, j, k) > highest + 1e-9) {
                    highest = lattice.at(i, j, k);
                    best = {i, j, k};
                }
    std::array<double, 3> fine{};
    std::array<double, 3> sure{};
    for (std::size_t axis = 0; axis < 3; ++axis) {
        fine.at(axis) = best.at(axis);
        if (best.at(axis) == 0 || best.at(axis) == lattice.side() - 1) continue;
        std::array<int, 3> before = best;
        std::array<int, 3> after = best;
        --before.at(axis);
        ++after.at(axis);
        const double low = lattice.at(before[0], before[1], before[2]);
        const double high = lattice.at(after[0], after[1], after[2]);
        fine.at(axis) += top_of(low, highest, high);
        sure.at(axis) = sureness_of(low, highest, high, lattice.step_mm);
    }
    return {.shift_mm = lattice.shift(fine[0], fine[1], fine[2]),
            .sureness = {sure[0], sure[1], sure[2]},
            .value = highest};
}

std::optional<Match>
match(const Pair& pair, const Mapping& mapping, const Search& search, const PointLps& centre)
{
    constexpr std::int32_t every = 2;  // other voxel along each axis: an eighth of the work
    const Block block = block_about(pair, mapping, centre, every);
    if (!is_enough(block, every)) return std::nullopt;
    const Correlation here = compared(block, pair.moving, {});
    Match found{.centre = centre,
                .thought_at = mapping(centre),
                .further_mm = {},
                .likeness = here.value(),
                .sureness = {},
                .structured = here.sd_of_first() >= least_sd_hu};
    if (!found.structured) return found;
    Lattice lattice = lattice_for(search);
    for (int k = 0; k < lattice.side(); ++k)
        for (int j = 0; j < lattice.side(); ++j)
            for (int i = 0; i < lattice.side(); ++i)
                lattice.at(i, j, k) = compared(block, pair.moving, lattice.shift(i, j, k)).value();
    const Best best = best_of(lattice);
    found.further_mm = best.shift_mm;
    found.sureness = best.sureness;
    found.likeness = best.value;
    return found;
}

VectorLps gradient(const Field& image, const VoxelPlace& at)
{
    constexpr double half_mm = 1.5;
    const Grid& grid = image.grid();
    const VoxelPlace zero = to_voxel(grid, PointLps{});
    const auto along = [&](const VectorLps& way) {
        const VoxelPlace there = to_voxel(grid, PointLps{} + half_mm * way);
        const VoxelPlace step{there.i - zero.i, there.j - zero.j, there.k - zero.k};
        const float after = sample_at(image, {at.i + step.i, at.j + step.j, at.k + step.k});
        const float before = sample_at(image, {at.i - step.i, at.j - step.j, at.k - step.k});
        return static_cast<double>(after - before) / (2.0 * half_mm);
    };
    return {along({1.0, 0.0, 0.0}), along({0.0, 1.0, 0.0}), along({0.0, 0.0, 1.0})};
}

std::optional<Pull> pull_on(const Pair& pair, const Mapping& mapping, const PointLps& centre)
{
    const Block block = block_about(pair, mapping, centre, 1);
    if (!is_enough(block, 1)) return std::nullopt;
    const Correlation sums = compared(block, pair.moving, {});
    if (sums.sd_of_first() < least_sd_hu || sums.sd_of_second() <= 0.0) return std::nullopt;
    Pull pull{.centre = centre, .tensor = {}, .pull = {}, .likeness = sums.value()};
    for (std::size_t n = 0; n < block.values.size(); ++n) {
        const VoxelPlace& at = block.thought_at[n];
        const double fixed =
            (static_cast<double>(block.values[n]) - sums.mean_of_first()) / sums.sd_of_first();
        const double moving =
            (static_cast<double>(sample_at(pair.moving, at)) - sums.mean_of_second()) / sums.sd_of_second();
        const VectorLps slope = (1.0 / sums.sd_of_second()) * gradient(pair.moving, at);
        pull.tensor[0] = pull.tensor[0] + slope.x_mm * slope;
        pull.tensor[1] = pull.tensor[1] + slope.y_mm * slope;
        pull.tensor[2] = pull.tensor[2] + slope.z_mm * slope;
        pull.pull = pull.pull + (fixed - moving) * slope;
    }
    const double each = 1.0 / static_cast<double>(block.values.size());
    for (VectorLps& row : pull.tensor)
        row = each * row;
    pull.pull = each * pull.pull;
    return pull;
}

}  // namespace

float sample(const Field& image, const PointLps& place)
{
    return sample_at(image, to_voxel(image.grid(), place));
}

std::vector<Pull> pulls_on_blocks(const Pair& pair, const Mapping& mapping, unsigned workers)
{
    std::vector<std::optional<Pull>> found(pair.centres.size());
    for_each_index(
        found.size(), workers, [&](std::size_t n) { found[n] = pull_on(pair, mapping, pair.centres[n]); });
    std::vector<Pull> pulls;
    for (const std::optional<Pull>& one : found)
        if (one) pulls.push_back(*one);
    return pulls;
}

std::vector<Match>
match_blocks(const Pair& pair, const Mapping& mapping, const Search& search, unsigned workers)
{
    std::vector<std::optional<Match>> found(pair.centres.size());
    for_each_index(found.size(), workers, [&](std::size_t n) {
        found[n] = match(pair, mapping, search, pair.centres[n]);
    });
    std::vector<Match> matches;
    for (const std::optional<Match>& one : found)
        if (one) matches.push_back(*one);
    return matches;
}

double likeness(const Pair& pair, const Mapping& mapping)
{
    const Grid& grid = pair.fixed.grid();
    Correlation sums;
    for (std::int32_t k = 0; k < grid.size.k; ++k)
        for (std::int32_t j = 0; j < grid.size.j; ++j)
            for (std::int32_t i = 0; i < grid.size.i; ++i)
                if (const Index at{i, j, k}; pair.taking_part[at] != 0)
                    sums.take(static_cast<double>(pair.fixed[at]),
                              static_cast<double>(sample(pair.moving, mapping(to_lps(grid, at)))));
    return sums.value();
}

Field toned(const Pair& pair, const Mapping& mapping)
{
    constexpr float bin_hu = 8.0F;
    constexpr float lowest_hu = -160.0F;
    constexpr std::size_t bins = 56;
    constexpr double own_tone = 20.0;  // voxels' worth: what hardly occurs keeps its own density
    const auto bin_of = [](float hu) {
        return std::clamp<std::size_t>(
            static_cast<std::size_t>(std::max(0.0F, (hu - lowest_hu) / bin_hu)), 0, bins - 1);
    };
    const Grid& grid = pair.fixed.grid();
    std::array<double, bins> sums{};
    std::array<double, bins> counts{};
    for (std::int32_t k = 0; k < grid.size.k; ++k)
        for (std::int32_t j = 0; j < grid.size.j; ++j)
            for (std::int32_t i = 0; i < grid.size.i; ++i) {
                const Index at{i, j, k};
                if (pair.taking_part[at] == 0) continue;
                const std::size_t bin = bin_of(pair.fixed[at]);
                sums.at(bin) += static_cast<double>(sample(pair.moving, mapping(to_lps(grid, at))));
                counts.at(bin) += 1.0;
            }
    std::array<double, bins> tones{};
    for (std::size_t bin = 0; bin < bins; ++bin) {
        const double own_hu =
            static_cast<double>(lowest_hu) + (static_cast<double>(bin) + 0.5) * static_cast<double>(bin_hu);
        tones.at(bin) = (sums.at(bin) + own_tone * own_hu) / (counts.at(bin) + own_tone);
    }
    Field result = pair.fixed;
    for (float& hu : result.voxels()) {
        const float place =
            std::clamp((hu - lowest_hu) / bin_hu - 0.5F, 0.0F, static_cast<float>(bins) - 1.001F);
        const auto low = static_cast<std::size_t>(place);
        const double share = static_cast<double>(place) - static_cast<double>(low);
        hu = static_cast<float>(tones.at(low) + share * (tones.at(low + 1) - tones.at(low)));
    }
    return result;
}

VectorLps best_shift(const Pair& pair, unsigned workers)
{
    constexpr Search search{.reach_mm = 36.0, .step_mm = 6.0};
    constexpr std::int32_t every = 3;
    const Grid& grid = pair.fixed.grid();
    Block all;
    for (std::int32_t k = 0; k < grid.size.k; k += every)
        for (std::int32_t j = 0; j < grid.size.j; j += every)
            for (std::int32_t i = 0; i < grid.size.i; i += every)
                if (const Index at{i, j, k}; pair.taking_part[at] != 0) {
                    all.values.push_back(pair.fixed[at]);
                    all.thought_at.push_back(to_voxel(pair.moving.grid(), to_lps(grid, at)));
                }
    Lattice lattice = lattice_for(search);
    const auto side = static_cast<std::size_t>(lattice.side());
    for_each_index(lattice.values.size(), workers, [&](std::size_t n) {
        const auto step = [](std::size_t value) { return static_cast<double>(value); };
        lattice.values[n] =
            compared(
                all, pair.moving, lattice.shift(step(n % side), step(n / side % side), step(n / side / side)))
                .value();
    });
    return best_of(lattice).shift_mm;
}

}  // namespace downstage::imaging
