#pragma once

#include "downstage/phantom/noise.hpp"
#include "downstage/phantom/scene.hpp"

#include <functional>
#include <vector>

namespace downstage::phantom {

/// Numbers of one stream, one after the other.
class Dice {
public:
    explicit Dice(const NoiseStream& stream) : stream_{stream} {}
    [[nodiscard]] double between(double low, double high)
    {
        return low + even_noise(stream_, next_++) * (high - low);
    }

private:
    NoiseStream stream_;
    std::uint64_t next_{};
};

/// A vessel that runs from `root` towards `towards` and on, and divides.
struct Tree {
    Tissue tissue{};
    PointLps root, towards;
    double radius_mm{};
};

/// The branches of a tree as tapering chains of capped cylinders, none of which leaves what `holds` says.
void add_tree(std::vector<Part>& parts,
              const Tree& tree,
              const std::function<bool(const PointLps&)>& holds,
              Dice& dice);

/// A straight piece of a vessel.
[[nodiscard]] Part vessel(Tissue tissue, const PointLps& from, const PointLps& to, double radius_mm);

}  // namespace downstage::phantom
