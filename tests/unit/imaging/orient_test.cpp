#include "downstage/imaging/orient.hpp"

#include "downstage_test/voxel_bodies.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

namespace downstage::imaging {
namespace {

/// The 48 ways in which three axes can lie along the patient's: each permutation with each choice of signs.
std::vector<Axes> every_orientation()
{
    const std::array<VectorLps, 3> unit{{{1.0, 0.0, 0.0}, {0.0, 1.0, 0.0}, {0.0, 0.0, 1.0}}};
    std::array<std::size_t, 3> order{0, 1, 2};
    std::vector<Axes> all;
    do
        for (unsigned signs = 0; signs < 8; ++signs) {
            const auto axis = [&](unsigned n) {
                return ((signs >> n & 1U) != 0 ? -1.0 : 1.0) * unit[order[n]];
            };
            all.push_back({.i = axis(0), .j = axis(1), .k = axis(2)});
        }
    while (std::ranges::next_permutation(order).found);
    return all;
}

Grid tilted(const Axes& axes)
{
    return {.size = {4, 5, 3}, .spacing_mm = {0.5, 2.0, 3.0}, .origin = {10.0, -20.0, 30.0}, .axes = axes};
}

/// Every voxel holds a number of its own.
Volume numbered(const Grid& grid)
{
    Volume image{grid};
    std::int16_t n = 0;
    for (std::int16_t& voxel : image.voxels())
        voxel = ++n;
    return image;
}

TEST(ToLpsOrder, KeepsEveryVoxelAtItsPlaceInThePatientInAll48Orientations)
{
    const auto orientations = every_orientation();
    ASSERT_EQ(orientations.size(), 48U);
    for (const Axes& axes : orientations) {
        const Volume image = numbered(tilted(axes));
        const Volume ordered = to_lps_order(image);
        EXPECT_EQ(ordered.grid().axes, Axes{});
        test::for_each_voxel(image.grid(), [&](const Index& at) {
            const Index there = nearest(to_voxel(ordered.grid(), to_lps(image.grid(), at)));
            ASSERT_TRUE(contains(ordered.grid(), there));
            EXPECT_EQ(ordered[there], image[at]);
        });
    }
}

TEST(ToOrderOf, UndoesToLpsOrderInAll48Orientations)
{
    for (const Axes& axes : every_orientation()) {
        LabelMap labels{tilted(axes)};
        std::uint16_t n = 0;
        for (std::uint16_t& voxel : labels.voxels())
            voxel = ++n;
        EXPECT_EQ(to_order_of(to_lps_order(labels), labels.grid()), labels);
    }
}

TEST(ToLpsOrder, GivesEachPatientDirectionOneAxisOfAnObliqueStack)
{
    // Turned by 50 degrees about the head-foot axis: i is nearer to posterior than to left.
    const double c = 0.6427876096865394;
    const double s = 0.766044443118978;
    const Grid oblique = tilted({.i = {c, s, 0.0}, .j = {-s, c, 0.0}, .k = {0.0, 0.0, 1.0}});
    const Axes axes = to_lps_order(numbered(oblique)).grid().axes;
    EXPECT_EQ(axes.i, (VectorLps{s, -c, 0.0}));
    EXPECT_EQ(axes.j, (VectorLps{c, s, 0.0}));
}

TEST(ToOrderOf, RefusesTheGridOfAnotherImage)
{
    Grid elsewhere = tilted({});
    elsewhere.origin.x_mm += 1.0;
    EXPECT_THROW(static_cast<void>(to_order_of(Mask{tilted({})}, elsewhere)), Error);
}

}  // namespace
}  // namespace downstage::imaging
