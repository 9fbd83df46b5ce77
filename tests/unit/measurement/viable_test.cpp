#include "downstage/measurement/viable.hpp"

#include "downstage_test/shapes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

namespace downstage::measurement {
namespace {

using downstage_test::ball;
using downstage_test::grid_about;
using downstage_test::shares_of;

const Grid grid = grid_about(44.0, 0.8, 2.0);

/// A part of the voxels' shares in one shape, without those of others.
Field without(Field shares, const Field& others)
{
    for (std::size_t n = 0; n < shares.voxels().size(); ++n)
        shares.voxels()[n] = std::min(shares.voxels()[n], 1.0F - others.voxels()[n]);
    return shares;
}

/// What a predicate of the place keeps of the shares.
Field where(Field shares, const std::function<bool(const PointLps&)>& keeps)
{
    for (std::int32_t k = 0; k < grid.size.k; ++k)
        for (std::int32_t j = 0; j < grid.size.j; ++j)
            for (std::int32_t i = 0; i < grid.size.i; ++i)
                if (!keeps(to_lps(grid, Index{i, j, k}))) shares[{i, j, k}] = 0.0F;
    return shares;
}

Diameter measured(const Field& membership)
{
    return viable_diameter({.membership = membership, .contrast_hu = 50.0, .noise_hu = 5.0}).value();
}

constexpr double half_a_pixel_mm = 0.4;

TEST(ViableDiameter, OfAWholeBallIsItsDiameter)
{
    const Diameter found = measured(shares_of(grid, ball({}, 15.0)));
    EXPECT_NEAR(found.length_mm, 30.0, half_a_pixel_mm);
    EXPECT_LT(found.ci95_mm.low, 30.0);
    EXPECT_GT(found.ci95_mm.high, 30.0);
}

TEST(ViableDiameter, OfARimDoesNotCrossTheNecrosis)
{
    // In the middle slice the longest chord that misses a core of 8 mm touches it: 2 sqrt(15^2 - 8^2). In a
    // slice above the core it may be a whole diameter: at 8 mm height, 2 sqrt(15^2 - 8^2) as well.
    const Field rim = without(shares_of(grid, ball({}, 15.0)), shares_of(grid, ball({}, 8.0)));
    // The chord may cut the core by as much as specks are allowed to be.
    EXPECT_NEAR(measured(rim).length_mm, 25.4, 0.8);
}

TEST(ViableDiameter, OfHalfABallIsNotThatOfTheBall)
{
    // The half with x > 4 mm: its flat side is 2 sqrt(15^2 - 4^2) long.
    const Field half = where(shares_of(grid, ball({}, 15.0)), [](const PointLps& p) { return p.x_mm > 4.0; });
    EXPECT_NEAR(measured(half).length_mm, 28.9, 0.8);
}

TEST(ViableDiameter, DoesNotBridgeTwoIslands)
{
    const Field left = shares_of(grid, ball({-10.0, 0.0, 0.0}, 6.0));
    const Field right = shares_of(grid, ball({10.0, 0.0, 0.0}, 7.0));
    Field both = left;
    for (std::size_t n = 0; n < both.voxels().size(); ++n)
        both.voxels()[n] += right.voxels()[n];
    EXPECT_NEAR(measured(both).length_mm, 14.0, half_a_pixel_mm);
}

TEST(ViableDiameter, DoesNotBridgeTheHornsOfACrescent)
{
    // Its horns are 27.8 mm apart, across necrosis; the longest chord that touches the necrosis only is
    // 2 sqrt(15^2 - 10^2) long.
    const Field crescent =
        where(without(shares_of(grid, ball({}, 15.0)), shares_of(grid, ball({4.0, 0.0, 0.0}, 14.0))),
              [](const PointLps& p) { return p.x_mm < 5.6; });
    EXPECT_NEAR(measured(crescent).length_mm, 22.4, 0.8);
}

TEST(ViableDiameter, CrossesASpeckOfNoise)
{
    Field speckled = shares_of(grid, ball({}, 15.0));
    speckled[nearest(to_voxel(grid, PointLps{}))] = 0.0F;
    EXPECT_NEAR(measured(speckled).length_mm, 30.0, half_a_pixel_mm);
}

TEST(ViableDiameter, IsEmptyWhereNothingIsInside)
{
    const Field nothing{grid};
    EXPECT_FALSE(viable_diameter({.membership = nothing, .contrast_hu = 50.0, .noise_hu = 5.0}).has_value());
}

TEST(ViableDiameter, IsLessSureWithMoreNoise)
{
    const Field whole = shares_of(grid, ball({}, 10.0));
    const auto width = [&](double noise_hu) {
        const Interval95 ci =
            viable_diameter({.membership = whole, .contrast_hu = 50.0, .noise_hu = noise_hu})->ci95_mm;
        return ci.high - ci.low;
    };
    EXPECT_GT(width(20.0), width(5.0));
}

}  // namespace
}  // namespace downstage::measurement
