#include "downstage/measurement/diameter.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>
#include <vector>

namespace {

using downstage::Grid;
using downstage::VoxelPlace;
using downstage::measurement::axes_of_section;
using downstage::measurement::Chord;
using downstage::measurement::longest_chord;
using downstage::measurement::SectionAxes;

Grid unit_grid()
{
    return {.size = {100, 100, 100}, .spacing_mm = {1.0, 1.0, 1.0}, .origin = {}, .axes = {}};
}

std::vector<VoxelPlace> random_places(std::mt19937& random, std::size_t count, double flat_k)
{
    std::normal_distribution<double> normal{50.0, 12.0};
    std::vector<VoxelPlace> places(count);
    for (VoxelPlace& place : places) {
        place = {normal(random), normal(random), normal(random)};
        if (flat_k >= 0.0) place.k = flat_k;
    }
    return places;
}

/// The definition: every pair.
double longest_of_all_pairs(const Grid& grid, const std::vector<VoxelPlace>& places)
{
    double longest = 0.0;
    for (const VoxelPlace& a : places)
        for (const VoxelPlace& b : places)
            longest = std::max(longest, distance_mm(to_lps(grid, a), to_lps(grid, b)));
    return longest;
}

TEST(AxesOfSection, LongAxisIsTheLongestOfAllPairsForAnyPoints)
{
    std::mt19937 random{11};
    Grid grid = unit_grid();
    grid.spacing_mm = {0.7, 1.1, 3.0};
    for (std::size_t count = 2; count < 60; ++count) {
        const std::vector<VoxelPlace> places = random_places(random, count, 4.0);
        const SectionAxes axes = axes_of_section(grid, places).value();
        EXPECT_NEAR(axes.long_axis.length_mm, longest_of_all_pairs(grid, places), 1e-9);
    }
}

TEST(AxesOfSection, OfARectangleAreItsDiagonalAndTheChordAcrossIt)
{
    const std::vector<VoxelPlace> corners{{0, 0, 7}, {40, 0, 7}, {40, 30, 7}, {0, 30, 7}};
    const SectionAxes axes = axes_of_section(unit_grid(), corners).value();
    EXPECT_NEAR(axes.long_axis.length_mm, 50.0, 1e-9);
    // Across the diagonal through a corner: the height of the triangle 30-40-50 on both sides is 24; the
    // chord from the corner at a right angle to the diagonal ends on the long side, 30 * 5 / 4 away.
    EXPECT_NEAR(axes.short_axis.length_mm, 37.5, 1e-9);
    EXPECT_NEAR(axes.long_axis.ends[0].z_mm, 7.0, 1e-12);
}

TEST(AxesOfSection, ShortAxisIsAtARightAngleAndNoLongerThanTheLongOne)
{
    std::mt19937 random{12};
    for (int trial = 0; trial < 100; ++trial) {
        const std::vector<VoxelPlace> places = random_places(random, 25, 1.0);
        const SectionAxes axes = axes_of_section(unit_grid(), places).value();
        const auto along = axes.long_axis.ends[1] - axes.long_axis.ends[0];
        const auto across = axes.short_axis.ends[1] - axes.short_axis.ends[0];
        EXPECT_NEAR(dot(along, across), 0.0, 1e-6);
        EXPECT_LE(axes.short_axis.length_mm, axes.long_axis.length_mm + 1e-9);
    }
}

TEST(AxesOfSection, OfPointsOnALineHaveNoWidth)
{
    const std::vector<VoxelPlace> line{{1, 1, 0}, {3, 3, 0}, {2, 2, 0}, {9, 9, 0}};
    const SectionAxes axes = axes_of_section(unit_grid(), line).value();
    EXPECT_NEAR(axes.long_axis.length_mm, 8.0 * std::numbers::sqrt2, 1e-9);
    EXPECT_NEAR(axes.short_axis.length_mm, 0.0, 1e-9);
}

TEST(AxesOfSection, OfEqualPointsAreZeroAndOfFewerThanTwoEmpty)
{
    const std::vector<VoxelPlace> same{{4, 4, 0}, {4, 4, 0}};
    EXPECT_EQ(axes_of_section(unit_grid(), same).value().long_axis.length_mm, 0.0);
    EXPECT_FALSE(axes_of_section(unit_grid(), std::vector<VoxelPlace>{{1, 1, 0}}).has_value());
    EXPECT_FALSE(axes_of_section(unit_grid(), {}).has_value());
}

TEST(LongestChord, IsTheLongestOfAllPairsOfACloud)
{
    std::mt19937 random{13};
    Grid grid = unit_grid();
    grid.spacing_mm = {0.7, 0.7, 2.0};
    for (int trial = 0; trial < 30; ++trial) {
        const std::vector<VoxelPlace> places = random_places(random, 300, -1.0);
        EXPECT_NEAR(longest_chord(grid, places).value().length_mm, longest_of_all_pairs(grid, places), 1e-9);
    }
}

TEST(LongestChord, IsShortByLessThanHalfAPercentOnABallWhereAllDirectionsAreEqual)
{
    std::mt19937 random{14};
    std::vector<VoxelPlace> places = random_places(random, 3000, -1.0);
    for (VoxelPlace& place : places) {
        const double away = std::hypot(place.i - 50.0, place.j - 50.0, place.k - 50.0);
        place = {50.0 + 40.0 * (place.i - 50.0) / away,
                 50.0 + 40.0 * (place.j - 50.0) / away,
                 50.0 + 40.0 * (place.k - 50.0) / away};
    }
    const double found_mm = longest_chord(unit_grid(), places).value().length_mm;
    EXPECT_LE(found_mm, 80.0 + 1e-9);
    EXPECT_GE(found_mm, 80.0 * 0.995);
}

TEST(LongestChord, EndsSpanItsLength)
{
    std::mt19937 random{15};
    const Chord chord = longest_chord(unit_grid(), random_places(random, 50, -1.0)).value();
    EXPECT_NEAR(distance_mm(chord.ends[0], chord.ends[1]), chord.length_mm, 1e-12);
}

TEST(LongestChord, OfFewerThanTwoPointsIsEmpty)
{
    EXPECT_FALSE(longest_chord(unit_grid(), {}).has_value());
}

}  // namespace
