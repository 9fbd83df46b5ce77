#include "downstage/imaging/components.hpp"
#include "downstage/imaging/morphology.hpp"
#include "downstage/imaging/smooth.hpp"

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <utility>

namespace downstage::imaging {

namespace {

/// A bound that no organ reaches: a mask that fills its image is infinitely deep everywhere.
constexpr float deepest_mm = 1000.0F;

/// The depth with its sign turned, so that hills are basins, and without the ripple of the voxels.
Field smoothed_valleys(const Mask& mask, unsigned workers)
{
    Field depth = depth_mm(mask, workers);
    std::ranges::transform(
        depth.voxels(), depth.voxels().begin(), [](float value) { return -std::min(value, deepest_mm); });
    const SpacingMm& spacing = mask.grid().spacing_mm;
    const double sigma_mm = std::min({spacing.i, spacing.j, spacing.k});
    return gaussian(depth, {sigma_mm, sigma_mm, sigma_mm}, workers);
}

/// Basins that grow together from their deepest places upwards, each known by its first voxel.
class Basins {
public:
    explicit Basins(const Field& valleys) : valleys_{valleys}, lower_(valleys.voxels().size(), none) {}

    [[nodiscard]] bool is_flooded(std::size_t n) const { return lower_[n] != none; }

    /// The deepest voxel of the basin of a flooded voxel.
    [[nodiscard]] std::size_t bottom_of(std::size_t n) const
    {
        while (lower_[n] != n)
            n = lower_[n];
        return n;
    }

    void begin_at(std::size_t n) { lower_[n] = n; }
    void join(std::size_t n, std::size_t basin) { lower_[n] = basin; }

    /// Two basins meet at this level. The shallower one is no basin of its own when it is less than `h_mm`
    /// deep there. What they are now known by, the deeper one.
    std::size_t meet(std::size_t a, std::size_t b, float level_mm, double h_mm)
    {
        const auto deeper = [&](std::size_t x, std::size_t y) {
            return std::pair{valleys_.voxels()[x], x} < std::pair{valleys_.voxels()[y], y};
        };
        const std::size_t deep = deeper(a, b) ? a : b;
        const std::size_t shallow = deep == a ? b : a;
        if (static_cast<double>(level_mm - valleys_.voxels()[shallow]) < h_mm) lower_[shallow] = deep;
        return deep;
    }

    /// Makes every way to the bottom one step long.
    void flatten()
    {
        for (std::size_t n = 0; n < lower_.size(); ++n)
            if (is_flooded(n)) lower_[n] = bottom_of(n);
    }

private:
    static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

    const Field& valleys_;
    std::vector<std::size_t>
        lower_;  ///< for each flooded voxel one further down its basin; itself at the bottom
};

/// Calls `visit(n)` for the up to 26 neighbours of a voxel.
template <typename Visit>
void for_each_neighbour(const Grid& grid, const Index& at, const Visit& visit)
{
    for (std::int32_t k = std::max(0, at.k - 1); k <= std::min(grid.size.k - 1, at.k + 1); ++k)
        for (std::int32_t j = std::max(0, at.j - 1); j <= std::min(grid.size.j - 1, at.j + 1); ++j)
            for (std::int32_t i = std::max(0, at.i - 1); i <= std::min(grid.size.i - 1, at.i + 1); ++i)
                if (Index{i, j, k} != at) visit(offset_of(grid, {i, j, k}));
}

Index index_of(const Grid& grid, std::size_t n)
{
    const auto width = static_cast<std::size_t>(grid.size.i);
    const auto height = static_cast<std::size_t>(grid.size.j);
    return {static_cast<std::int32_t>(n % width),
            static_cast<std::int32_t>(n / width % height),
            static_cast<std::int32_t>(n / (width * height))};
}

/// The voxels of a mask from the deepest valley up; ties in the order of memory.
std::vector<std::size_t> upwards(const Mask& mask, const Field& valleys)
{
    std::vector<std::size_t> order;
    for (std::size_t n = 0; n < mask.voxels().size(); ++n)
        if (mask.voxels()[n] != 0) order.push_back(n);
    std::ranges::sort(order, {}, [&](std::size_t n) { return std::pair{valleys.voxels()[n], n}; });
    return order;
}

/// Floods the valleys of a mask from below. A voxel belongs to the deepest of its neighbours that are under
/// water; basins that meet in it become one where the shallower is no valley of `h_mm`.
Basins flooded(const Mask& mask, const Field& valleys, double h_mm)
{
    Basins basins{valleys};
    for (const std::size_t n : upwards(mask, valleys)) {
        const float level_mm = valleys.voxels()[n];
        std::size_t lowest = n;
        for_each_neighbour(mask.grid(), index_of(mask.grid(), n), [&](std::size_t neighbour) {
            if (basins.is_flooded(neighbour) && std::pair{valleys.voxels()[neighbour], neighbour} <
                                                    std::pair{valleys.voxels()[lowest], lowest})
                lowest = neighbour;
        });
        if (lowest == n) {
            basins.begin_at(n);
            continue;
        }
        const std::size_t own = basins.bottom_of(lowest);
        basins.join(n, own);
        std::size_t deepest = own;
        for_each_neighbour(mask.grid(), index_of(mask.grid(), n), [&](std::size_t neighbour) {
            if (!basins.is_flooded(neighbour)) return;
            const std::size_t other = basins.bottom_of(neighbour);
            if (other != deepest) deepest = basins.meet(deepest, other, level_mm, h_mm);
        });
    }
    basins.flatten();
    return basins;
}

/// Labels ordered by the number of voxels they have, then by where they begin.
LabelMap ranked(const Grid& grid, const std::vector<std::size_t>& part_of)
{
    struct Part {
        std::size_t voxels{}, first{};
    };
    std::vector<Part> parts;
    for (std::size_t n = 0; n < part_of.size(); ++n) {
        if (part_of[n] == 0) continue;
        if (part_of[n] > parts.size()) parts.push_back({.voxels = 0, .first = n});
        ++parts[part_of[n] - 1].voxels;
    }
    std::vector<std::size_t> order(parts.size());
    for (std::size_t n = 0; n < order.size(); ++n)
        order[n] = n;
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        return std::pair{parts[b].voxels, parts[a].first} < std::pair{parts[a].voxels, parts[b].first};
    });
    if (order.size() > std::numeric_limits<std::uint16_t>::max())
        throw Error{Errc::internal, "a mask was split into more than 65535 parts"};

    std::vector<std::uint16_t> label_of(parts.size() + 1);
    for (std::size_t n = 0; n < order.size(); ++n)
        label_of[order[n] + 1] = static_cast<std::uint16_t>(n + 1);
    LabelMap labels{grid};
    std::ranges::transform(
        part_of, labels.voxels().begin(), [&](std::size_t part) { return label_of[part]; });
    return labels;
}

}  // namespace

LabelMap split_at_necks(const Mask& mask, double h_mm, unsigned workers)
{
    const Field valleys = smoothed_valleys(mask, workers);
    const Basins basins = flooded(mask, valleys, h_mm);
    // Numbered by first voxel.
    std::unordered_map<std::size_t, std::size_t> numbers;
    std::vector<std::size_t> part_of(mask.voxels().size());
    for (std::size_t n = 0; n < part_of.size(); ++n)
        if (basins.is_flooded(n))
            part_of[n] = numbers.try_emplace(basins.bottom_of(n), numbers.size() + 1).first->second;
    return ranked(mask.grid(), part_of);
}

}  // namespace downstage::imaging
