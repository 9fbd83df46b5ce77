#include "vessel_tree.hpp"

#include <cmath>

namespace downstage::phantom {

namespace {

constexpr double thinnest_mm = 1.0;  // thinner ones drown in the noise of any CT
constexpr double piece_mm = 7.0;

VectorLps unit(const VectorLps& a)
{
    return (1.0 / length_mm(a)) * a;
}

/// A direction turned by about `angle_rad` towards any side.
VectorLps bent(const VectorLps& direction, double angle_rad, Dice& dice)
{
    const VectorLps aside{dice.between(-1.0, 1.0), dice.between(-1.0, 1.0), dice.between(-1.0, 1.0)};
    const VectorLps across = cross(direction, aside);
    const double length = length_mm(across);
    if (length < 1e-3) return direction;
    return unit(std::cos(angle_rad) * direction + (std::sin(angle_rad) / length) * across);
}

/// One branch until it divides.
struct Branch {
    PointLps from;
    VectorLps direction;
    double radius_mm{};
    double length_mm{};
};

// NOLINTBEGIN(misc-no-recursion): a tree; each generation is thinner, and the thinnest has no children
class Grower {
public:
    Grower(std::vector<Part>& parts,
           Tissue tissue,
           const std::function<bool(const PointLps&)>& holds,
           Dice& dice)
        : parts_{parts}, tissue_{tissue}, holds_{holds}, dice_{dice}
    {
    }

    void grow(Branch branch)
    {
        constexpr double taper = 0.97;  // a piece
        constexpr double wobble_rad = 0.18;
        constexpr int side_branch_every = 2;  // pieces
        const auto pieces = static_cast<int>(std::ceil(branch.length_mm / piece_mm));
        for (int piece = 1; piece <= pieces; ++piece) {
            const PointLps to = branch.from + piece_mm * branch.direction;
            constexpr double room_mm = 4.0;
            if (branch.radius_mm < thinnest_mm || !holds_(to + room_mm * branch.direction)) return;
            parts_.push_back(vessel(tissue_, branch.from, to, branch.radius_mm));
            branch.from = to;
            branch.radius_mm *= taper;
            branch.direction = bent(branch.direction, dice_.between(0.0, wobble_rad), dice_);
            if (piece % side_branch_every == 0) grow_aside(branch);
        }
        divide(branch);
    }

private:
    void grow_aside(const Branch& trunk)
    {
        grow({.from = trunk.from,
              .direction = bent(trunk.direction, dice_.between(0.7, 1.2), dice_),
              .radius_mm = dice_.between(0.45, 0.65) * trunk.radius_mm,
              .length_mm = dice_.between(0.5, 0.9) * trunk.length_mm});
    }

    /// Two children carry what one did: 2 x 0.8^3 = 1 (Murray, 1926).
    void divide(const Branch& trunk)
    {
        constexpr double child = 0.80;
        constexpr double shorter = 0.85;
        const double angle_rad = dice_.between(0.35, 0.75);
        const VectorLps first = bent(trunk.direction, angle_rad, dice_);
        const VectorLps second = unit(2.0 * std::cos(angle_rad) * trunk.direction + (-1.0) * first);
        for (const VectorLps& direction : {first, second})
            grow({.from = trunk.from,
                  .direction = direction,
                  .radius_mm = child * trunk.radius_mm,
                  .length_mm = shorter * trunk.length_mm});
    }

    std::vector<Part>& parts_;
    Tissue tissue_;
    const std::function<bool(const PointLps&)>& holds_;
    Dice& dice_;
};
// NOLINTEND(misc-no-recursion)

}  // namespace

void add_tree(std::vector<Part>& parts,
              const Tree& tree,
              const std::function<bool(const PointLps&)>& holds,
              Dice& dice)
{
    const VectorLps along = tree.towards - tree.root;
    Grower{parts, tree.tissue, holds, dice}.grow({.from = tree.root,
                                                  .direction = unit(along),
                                                  .radius_mm = tree.radius_mm,
                                                  .length_mm = 0.6 * length_mm(along)});
}

Part vessel(Tissue tissue, const PointLps& from, const PointLps& to, double radius_mm)
{
    const VectorLps along = to - from;
    const double long_mm = length_mm(along);
    return {tissue, CappedCylinder{from + 0.5 * along, (1.0 / long_mm) * along, 0.5 * long_mm, radius_mm}};
}

}  // namespace downstage::phantom
