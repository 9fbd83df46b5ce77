#include "downstage/imaging/align.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

namespace downstage::imaging {
namespace {

/// An organ with vessels in a body, as a formula of the place: the same body can be scanned on any grid and
/// after any motion.
double density_hu(const PointLps& p)
{
    // Borders as wide as a voxel, as partial volume makes them.
    const auto share = [](double beyond_mm) { return std::clamp(0.5 - beyond_mm / 3.0, 0.0, 1.0); };
    const double body = share(85.0 * (std::hypot(p.x_mm / 100.0, p.y_mm / 76.0) - 1.0));
    const double organ =
        share(46.0 * (std::hypot(p.x_mm / 56.0, (p.y_mm + 4.0) / 46.0, p.z_mm / 42.0) - 1.0));
    const double kidney =
        share(20.0 * (std::hypot((p.x_mm - 80.0) / 20.0, p.y_mm / 30.0, p.z_mm / 50.0) - 1.0));
    // Vessels: where three incommensurable waves are high together.
    const double waves = std::sin(p.x_mm / 6.1 + 0.3 * std::sin(p.z_mm / 9.0)) *
                         std::sin(p.y_mm / 7.3 + 1.0 + 0.4 * std::sin(p.x_mm / 11.0)) *
                         std::sin(p.z_mm / 6.7 + 2.0);
    const double organ_hu = 100.0 + 60.0 * std::clamp((waves - 0.1) / 0.4, 0.0, 1.0);
    const double inner_hu = -90.0 + organ * (organ_hu + 90.0) + (1.0 - organ) * kidney * 150.0;
    return -1000.0 + body * (inner_hu + 1000.0);
}

const Grid grid{
    .size = {96, 80, 52}, .spacing_mm = {2.5, 2.5, 3.0}, .origin = {-118.75, -98.75, -76.5}, .axes = {}};

/// `place_of` says where in the body a place of the image lies.
Volume scanned(const std::function<PointLps(const PointLps&)>& place_of, double vessel_factor = 1.0)
{
    Volume image{grid};
    for (std::int32_t k = 0; k < grid.size.k; ++k)
        for (std::int32_t j = 0; j < grid.size.j; ++j)
            for (std::int32_t i = 0; i < grid.size.i; ++i) {
                const double hu = density_hu(place_of(to_lps(grid, Index{i, j, k})));
                const double phase = hu > 100.0 ? 100.0 + vessel_factor * (hu - 100.0) : hu;
                image[{i, j, k}] = static_cast<std::int16_t>(std::lround(phase));
            }
    return image;
}

Mask organ()
{
    Mask mask{grid};
    for (std::int32_t k = 0; k < grid.size.k; ++k)
        for (std::int32_t j = 0; j < grid.size.j; ++j)
            for (std::int32_t i = 0; i < grid.size.i; ++i) {
                const PointLps p = to_lps(grid, Index{i, j, k});
                mask[{i, j, k}] =
                    std::hypot(p.x_mm / 56.0, (p.y_mm + 4.0) / 46.0, p.z_mm / 42.0) < 1.0 ? 1 : 0;
            }
    return mask;
}

const Volume& still()
{
    static const Volume image = scanned([](const PointLps& p) { return p; });
    return image;
}

/// The largest distance, over places all over the organ, between where they were moved and where the
/// alignment says.
double worst_mm(const Alignment& alignment, const std::function<PointLps(const PointLps&)>& truth)
{
    double worst = 0.0;
    for (const double x : {-40.0, -20.0, 0.0, 20.0, 40.0})
        for (const double y : {-25.0, 0.0, 20.0})
            for (const double z : {-20.0, 0.0, 20.0})
                worst = std::max(worst, distance_mm(moved(alignment, {x, y, z}), truth({x, y, z})));
    return worst;
}

constexpr double half_a_voxel_mm = 1.5;

TEST(Align, MovesNothingBetweenAnImageAndItself)
{
    const Alignment alignment = align({.fixed = still(), .moving = still(), .where = organ()});
    // A fifth of a voxel.
    EXPECT_LT(worst_mm(alignment, [](const PointLps& p) { return p; }), 0.6);
    EXPECT_TRUE(alignment.quality.good) << alignment.quality.why;
}

TEST(Align, FindsAShiftOfBreathing)
{
    const VectorLps shift{4.0, -7.0, 25.0};
    const Volume moving = scanned([&](const PointLps& p) { return p + (-1.0 * shift); });
    const Alignment alignment = align({.fixed = still(), .moving = moving, .where = organ()});
    EXPECT_LT(worst_mm(alignment, [&](const PointLps& p) { return p + shift; }), half_a_voxel_mm);
    EXPECT_TRUE(alignment.quality.good) << alignment.quality.why;
    EXPECT_GT(alignment.quality.likeness_after, alignment.quality.likeness_before + 0.1);
}

TEST(Align, FindsATurn)
{
    const double angle = 6.0 * std::numbers::pi / 180.0;
    const auto turned = [](const PointLps& p, double by) {
        return PointLps{p.x_mm * std::cos(by) - p.y_mm * std::sin(by),
                        p.x_mm * std::sin(by) + p.y_mm * std::cos(by),
                        p.z_mm};
    };
    const Volume moving = scanned([&](const PointLps& p) { return turned(p, -angle); });
    const Alignment alignment = align({.fixed = still(), .moving = moving, .where = organ()});
    EXPECT_LT(worst_mm(alignment, [&](const PointLps& p) { return turned(p, angle); }), half_a_voxel_mm);
}

TEST(Align, FindsASmoothBend)
{
    // Up to 6 mm, as between two breath-holds.
    const auto bend = [](const PointLps& p) {
        return VectorLps{
            2.0 * std::sin(p.z_mm / 40.0), 3.0 * std::sin(p.x_mm / 50.0), 5.0 * std::cos(p.y_mm / 60.0)};
    };
    const auto inverse = [&](const PointLps& p) {
        PointLps at = p;
        for (int n = 0; n < 30; ++n)
            at = p + (-1.0 * bend(at));
        return at;
    };
    const Volume moving = scanned(inverse);
    const Alignment alignment = align({.fixed = still(), .moving = moving, .where = organ()});
    EXPECT_LT(worst_mm(alignment, [&](const PointLps& p) { return p + bend(p); }), half_a_voxel_mm);
}

TEST(Align, TakesAnotherPhase)
{
    // Vessels of a quarter of the contrast.
    const VectorLps shift{-3.0, 5.0, 12.0};
    const Volume moving = scanned([&](const PointLps& p) { return p + (-1.0 * shift); }, 0.25);
    const Alignment alignment = align({.fixed = still(), .moving = moving, .where = organ()});
    EXPECT_LT(worst_mm(alignment, [&](const PointLps& p) { return p + shift; }), half_a_voxel_mm);
}

TEST(Align, GivesTheSameForAnyNumberOfWorkers)
{
    const Volume moving = scanned([](const PointLps& p) { return p + VectorLps{2.0, 1.0, -6.0}; });
    const AlignInput input{.fixed = still(), .moving = moving, .where = organ()};
    const Alignment one = align(input, 1);
    const Alignment three = align(input, 3);
    EXPECT_EQ(one.rigid, three.rigid);
    EXPECT_EQ(one.bend_mm, three.bend_mm);
}

TEST(Align, CallsAnotherBodyPoor)
{
    Volume other{grid, -100};
    for (std::int32_t k = 0; k < grid.size.k; ++k)
        for (std::int32_t j = 0; j < grid.size.j; ++j)
            for (std::int32_t i = 0; i < grid.size.i; ++i)
                other[{i, j, k}] = static_cast<std::int16_t>(
                    40.0 + 80.0 * std::sin(0.9 * i) * std::cos(1.1 * j + 0.2 * i) * std::sin(1.3 * k));
    const Alignment alignment = align({.fixed = still(), .moving = other, .where = organ()});
    EXPECT_FALSE(alignment.quality.good) << alignment.quality.why;
}

TEST(Align, MovesNothingForAnEmptyMask)
{
    const Alignment alignment = align({.fixed = still(), .moving = still(), .where = Mask{grid}});
    EXPECT_FALSE(alignment.quality.good);
    EXPECT_EQ(moved(alignment, {1.0, 2.0, 3.0}), (PointLps{1.0, 2.0, 3.0}));
}

TEST(MovedBack, UndoesMoved)
{
    const Volume moving = scanned([](const PointLps& p) {
        return p + VectorLps{3.0 * std::sin(p.y_mm / 45.0), 0.0, 4.0 + 2.0 * std::sin(p.x_mm / 40.0)};
    });
    const Alignment alignment = align({.fixed = still(), .moving = moving, .where = organ()});
    for (const PointLps& place : {PointLps{0.0, 0.0, 0.0}, {30.0, -20.0, 15.0}, {-45.0, 10.0, -10.0}})
        EXPECT_LT(distance_mm(moved_back(alignment, moved(alignment, place)), place), 0.05);
}

TEST(CarriedTo, PutsAMaskWhereTheOrganIs)
{
    const VectorLps shift{0.0, 0.0, 15.0};
    const Volume moving = scanned([&](const PointLps& p) { return p + (-1.0 * shift); });
    const Alignment alignment = align({.fixed = still(), .moving = moving, .where = organ()});
    const Mask there = carried_to(grid, organ(), alignment);
    EXPECT_EQ(there[nearest(to_voxel(grid, PointLps{0.0, 0.0, 52.0}))], 1);
    EXPECT_EQ(there[nearest(to_voxel(grid, PointLps{0.0, 0.0, -34.0}))], 0);
}

}  // namespace
}  // namespace downstage::imaging
