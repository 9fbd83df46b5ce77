#include "liver_disagreement.hpp"

#include "downstage/imaging/components.hpp"
#include "downstage/imaging/morphology.hpp"

#include "self_check.hpp"
#include "working_grid.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

namespace downstage::segmentation {

namespace {

constexpr double good_agreement = 0.93;  // 0.94 to 0.97 in the cases of docs/accuracy.md
constexpr double full_agreement = 0.95;
constexpr double loss_per_dice = 2.0;
constexpr double thin_mm = 3.5;  // thinner differences are two opinions on the same surface
constexpr double least_ml = 1.0;

/// The middle of a mask: how far left of the midline it lies, and its slice.
struct Middle {
    double left_mm{}, k{};
};

Middle middle_of(const Mask& mask, const Spine& spine)
{
    Middle sum;
    double voxels = 0.0;
    for_each_set(mask, [&](const Index& at, std::size_t) {
        sum.left_mm += left_of_spine_mm(spine, mask.grid(), at);
        sum.k += at.k;
        voxels += 1.0;
    });
    return {.left_mm = sum.left_mm / voxels, .k = sum.k / voxels};
}

std::string two_digits(double fraction)
{
    const auto hundredths = std::lround(100.0 * fraction);
    const std::string digits = std::to_string(hundredths % 100);
    return std::to_string(hundredths / 100) + "." + (digits.size() < 2 ? "0" : "") + digits;
}

/// Where the piece lies in the liver, in words, and its size.
std::string where(const Mask& piece, const Mask& liver, const Spine& spine)
{
    const Middle middle = middle_of(piece, spine);
    const std::string side = middle.left_mm > 0.0 ? "left" : "right";
    const std::string half = middle.k > middle_of(liver, spine).k ? "upper" : "lower";
    return side + " of the midline, in the " + half + " half, " +
           std::to_string(std::lround(imaging::volume_ml(piece))) + " ml";
}

}  // namespace

std::optional<Notice> disagreement(const Mask& network, const Mask& own, const Spine& spine, unsigned workers)
{
    const double agreement = dice(network, own);
    if (agreement >= good_agreement) return std::nullopt;
    std::string text = "The network and the method without learned weights outline different livers (Dice " +
                       two_digits(agreement) + ")";
    const auto largest = [&](const Mask& one, const Mask& other) {
        return imaging::largest_component(imaging::open(imaging::without(one, other), thin_mm, workers));
    };
    const Mask more = largest(network, own);
    const Mask less = largest(own, network);
    const bool network_has_it = imaging::count(more) >= imaging::count(less);
    const Mask& piece = network_has_it ? more : less;
    if (imaging::volume_ml(piece) >= least_ml)
        text += std::string{"; the largest piece that only "} +
                (network_has_it ? "the network" : "the other") + " takes for liver lies " +
                where(piece, imaging::either(network, own), spine);
    return Notice{.severity = Severity::warning, .text = text + "."};
}

double certainty_of(double agreement)
{
    return std::clamp(1.0 - loss_per_dice * (full_agreement - agreement), 0.0, 1.0);
}

}  // namespace downstage::segmentation
