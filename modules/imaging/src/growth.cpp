#include "downstage/core/parallel.hpp"
#include "downstage/imaging/morphology.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace downstage::imaging {

namespace {

/// The offsets to the 18 neighbours that share a face or an edge.
std::vector<Index> neighbours_18()
{
    std::vector<Index> offsets;
    for (std::int32_t k = -1; k <= 1; ++k)
        for (std::int32_t j = -1; j <= 1; ++j)
            for (std::int32_t i = -1; i <= 1; ++i)
                if (const int moves = std::abs(i) + std::abs(j) + std::abs(k); moves == 1 || moves == 2)
                    offsets.push_back({i, j, k});
    return offsets;
}

Index moved(const Index& from, const Index& by)
{
    return {from.i + by.i, from.j + by.j, from.k + by.k};
}

bool set_at(const Mask& mask, const Index& at)
{
    return contains(mask.grid(), at) && mask[at] != 0;
}

/// A growing region and those of its voxels that may still have somewhere to grow.
class Growth {
public:
    Growth(const Mask& seed, const Mask& within) : within_{within}, grown_{seed}
    {
        const Size& size = seed.grid().size;
        for (std::int32_t k = 0; k < size.k; ++k)
            for (std::int32_t j = 0; j < size.j; ++j)
                for (std::int32_t i = 0; i < size.i; ++i)
                    if (seed[{i, j, k}] != 0 && has_room({i, j, k})) rim_.push_back({i, j, k});
    }

    void step(const std::vector<Index>& moves)
    {
        std::vector<Index> fresh;
        for (const Index& at : rim_)
            for (const Index& move : moves)
                if (const Index to = moved(at, move); is_room(to)) {
                    grown_[to] = 1;
                    fresh.push_back(to);
                }
        rim_.insert(rim_.end(), fresh.begin(), fresh.end());
        std::erase_if(rim_, [this](const Index& at) { return !has_room(at); });
    }

    [[nodiscard]] const Mask& grown() const { return grown_; }

private:
    [[nodiscard]] bool is_room(const Index& at) const { return set_at(within_, at) && grown_[at] == 0; }
    [[nodiscard]] bool has_room(const Index& at) const
    {
        return std::ranges::any_of(around_, [&](const Index& move) { return is_room(moved(at, move)); });
    }

    const Mask& within_;
    Mask grown_;
    std::vector<Index> around_ = neighbours_18();
    std::vector<Index> rim_;
};

/// True in those of the first n steps of `step_mm` in which one more voxel of `spacing_mm` has been crossed.
bool moves_in_step(std::int32_t n, double step_mm, double spacing_mm)
{
    constexpr double rounding = 1e-9;  // equal spacings must move in every step
    return std::floor(n * step_mm / spacing_mm + rounding) >
           std::floor((n - 1) * step_mm / spacing_mm + rounding);
}

std::vector<Index> moves_of_step(std::int32_t n, double step_mm, const SpacingMm& spacing_mm)
{
    const bool i = moves_in_step(n, step_mm, spacing_mm.i);
    const bool j = moves_in_step(n, step_mm, spacing_mm.j);
    const bool k = moves_in_step(n, step_mm, spacing_mm.k);
    const int most_moves = n % 2 == 1 ? 1 : 2;  // faces first, then faces and edges
    std::vector<Index> moves = neighbours_18();
    std::erase_if(moves, [&](const Index& by) {
        return std::abs(by.i) + std::abs(by.j) + std::abs(by.k) > most_moves || (by.i != 0 && !i) ||
               (by.j != 0 && !j) || (by.k != 0 && !k);
    });
    return moves;
}

/// Marks the background of a box of voxels that its faces can reach, going from face to face.
class Flood {
public:
    explicit Flood(const Mask& mask) : mask_{mask}, reached_{mask.grid()} {}

    void from(const Index& start)
    {
        visit(start);
        while (!open_.empty()) {
            const Index at = open_.back();
            open_.pop_back();
            for (const Index& move : moves_)
                visit(moved(at, move));
        }
    }
    /// From now on in planes across one axis.
    void stay_across(std::int32_t Index::* axis)
    {
        std::erase_if(moves_, [axis](const Index& move) { return move.*axis != 0; });
    }

    /// Everything that was not reached: the mask and its holes.
    [[nodiscard]] Mask unreached() const
    {
        Mask filled{mask_.grid()};
        std::ranges::transform(reached_.voxels(), filled.voxels().begin(), [](std::uint8_t voxel) {
            return static_cast<std::uint8_t>(voxel != 0 ? 0 : 1);
        });
        return filled;
    }

private:
    void visit(const Index& at)
    {
        if (!contains(mask_.grid(), at) || mask_[at] != 0 || reached_[at] != 0) return;
        reached_[at] = 1;
        open_.push_back(at);
    }

    const Mask& mask_;
    Mask reached_;
    std::vector<Index> open_;
    std::vector<Index> moves_{{-1, 0, 0}, {1, 0, 0}, {0, -1, 0}, {0, 1, 0}, {0, 0, -1}, {0, 0, 1}};
};

// From the two faces of the box that lie across an axis.
void flood_from_i(Flood& flood, const Size& size)
{
    for (std::int32_t k = 0; k < size.k; ++k)
        for (std::int32_t j = 0; j < size.j; ++j) {
            flood.from({0, j, k});
            flood.from({size.i - 1, j, k});
        }
}
void flood_from_j(Flood& flood, const Size& size)
{
    for (std::int32_t k = 0; k < size.k; ++k)
        for (std::int32_t i = 0; i < size.i; ++i) {
            flood.from({i, 0, k});
            flood.from({i, size.j - 1, k});
        }
}
void flood_from_k(Flood& flood, const Size& size)
{
    for (std::int32_t j = 0; j < size.j; ++j)
        for (std::int32_t i = 0; i < size.i; ++i) {
            flood.from({i, j, 0});
            flood.from({i, j, size.k - 1});
        }
}

/// The mask and the holes of its planes across one axis, reached from the other two.
Mask filled_across(const Mask& mask, std::int32_t Index::* axis)
{
    const Size& size = mask.grid().size;
    Flood flood{mask};
    flood.stay_across(axis);
    if (axis != &Index::i) flood_from_i(flood, size);
    if (axis != &Index::j) flood_from_j(flood, size);
    if (axis != &Index::k) flood_from_k(flood, size);
    return flood.unreached();
}

}  // namespace

Mask grow_within(const Mask& seed, const Mask& within, double reach_mm)
{
    const SpacingMm& spacing_mm = seed.grid().spacing_mm;
    const double step_mm = std::min({spacing_mm.i, spacing_mm.j, spacing_mm.k});
    const auto steps = static_cast<std::int32_t>(std::lround(reach_mm / step_mm));
    Growth growth{seed, within};
    for (std::int32_t n = 1; n <= steps; ++n)
        growth.step(moves_of_step(n, step_mm, spacing_mm));
    return growth.grown();
}

Mask fill_holes(const Mask& mask)
{
    const Size& size = mask.grid().size;
    Flood flood{mask};
    flood_from_i(flood, size);
    flood_from_j(flood, size);
    flood_from_k(flood, size);
    return flood.unreached();
}

Mask fill_holes_by_slice(const Mask& mask)
{
    return filled_across(mask, &Index::k);
}

Mask fill_holes_in_planes(const Mask& mask)
{
    return either(either(filled_across(mask, &Index::i), filled_across(mask, &Index::j)),
                  filled_across(mask, &Index::k));
}

}  // namespace downstage::imaging
