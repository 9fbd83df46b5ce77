#include "downstage/core/error.hpp"
#include "downstage/phantom/acquisition.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <vector>

namespace downstage::phantom {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAreArray;

Acquisition small()
{
    return {.columns = 11, .rows = 21, .slices = 5, .centre = {1.0, 2.0, 3.0}};
}

std::vector<std::int32_t> numbers_of(const Acquisition& acquisition)
{
    std::vector<std::int32_t> numbers;
    for (const Cut& cut : cuts(acquisition))
        numbers.push_back(cut.instance_number);
    return numbers;
}

std::vector<std::int32_t> places_of(const Acquisition& acquisition)
{
    std::vector<std::int32_t> places;
    for (const Cut& cut : cuts(acquisition))
        places.push_back(cut.place);
    return places;
}

TEST(Cuts, LieAroundTheCentre)
{
    const std::vector<Cut> slices = cuts(small());
    EXPECT_EQ(slices.front().position, (PointLps{1.0 - 5 * 1.5, 2.0 - 10 * 1.5, 3.0 - 2 * 3.0}));
    EXPECT_EQ(slices.back().position, (PointLps{1.0 - 5 * 1.5, 2.0 - 10 * 1.5, 3.0 + 2 * 3.0}));
}

TEST(Cuts, OfATiltedGantryFollowTheTableNotTheirNormal)
{
    Acquisition tilted = small();
    tilted.tilt_deg = 12.0;
    const std::vector<Cut> slices = cuts(tilted);
    const VectorLps step = slices[1].position - slices[0].position;
    EXPECT_NEAR(step.x_mm, 0.0, 1e-12);
    EXPECT_NEAR(step.y_mm, 0.0, 1e-12);
    EXPECT_NEAR(step.z_mm, 3.0, 1e-12);
    const Axes axes = slice_axes(tilted);
    EXPECT_NEAR(std::acos(axes.k.z_mm) * 180.0 / std::numbers::pi, 12.0, 1e-9);
    EXPECT_NEAR(dot(axes.k, axes.j), 0.0, 1e-12);
    EXPECT_NEAR(axes.j.z_mm, std::sin(12.0 * std::numbers::pi / 180.0), 1e-12);
    const PointLps middle = slices[2].position + (5 * 1.5) * axes.i + (10 * 1.5) * axes.j;
    EXPECT_NEAR(distance_mm(middle, tilted.centre), 0.0, 1e-9);
}

TEST(Cuts, LeaveOutMissingSlicesAndRepeatDuplicatedOnes)
{
    Acquisition acquisition = small();
    acquisition.missing_slices = {1};
    acquisition.duplicated_slices = {3};
    EXPECT_THAT(places_of(acquisition), ElementsAre(0, 2, 3, 3, 4));
    const std::vector<Cut> slices = cuts(acquisition);
    EXPECT_EQ(slices[2].position, slices[3].position);
    EXPECT_NE(slices[2].copy, slices[3].copy);
}

TEST(Cuts, AreNumberedInTheWantedOrder)
{
    Acquisition acquisition = small();
    EXPECT_THAT(numbers_of(acquisition), ElementsAre(1, 2, 3, 4, 5));
    acquisition.instance_order = InstanceOrder::against;
    EXPECT_THAT(numbers_of(acquisition), ElementsAre(5, 4, 3, 2, 1));
    acquisition.instance_order = InstanceOrder::shuffled;
    EXPECT_THAT(numbers_of(acquisition), UnorderedElementsAreArray({1, 2, 3, 4, 5}));
    acquisition.slices = 50;
    EXPECT_FALSE(std::ranges::is_sorted(numbers_of(acquisition)));
}

TEST(Cuts, AreIrregularByNoMoreThanWanted)
{
    Acquisition acquisition = small();
    acquisition.slices = 40;
    acquisition.irregularity_mm = 0.5;
    double largest_mm = 0.0;
    for (const Cut& cut : cuts(acquisition)) {
        const double regular_mm = 3.0 + (cut.place - 19.5) * 3.0;
        largest_mm = std::max(largest_mm, std::abs(cut.position.z_mm - regular_mm));
    }
    EXPECT_LE(largest_mm, 0.5);
    EXPECT_GT(largest_mm, 0.25);  // 40 even draws all below half their range: once in 10^12
}

TEST(Cuts, FollowTheCrossProductOfTheDirections)
{
    Acquisition flipped = small();
    flipped.row_direction = {-1.0, 0.0, 0.0};
    const std::vector<Cut> slices = cuts(flipped);
    EXPECT_LT(slices.back().position.z_mm, slices.front().position.z_mm);
}

TEST(Cuts, RefuseWhatCannotBeTaken)
{
    const std::vector<std::function<void(Acquisition&)>> mistakes{
        [](Acquisition& a) { a.columns = 0; },
        [](Acquisition& a) { a.slice_thickness_mm = 0.0; },
        [](Acquisition& a) { a.noise_hu = -1.0; },
        [](Acquisition& a) { a.tilt_deg = 60.0; },
        [](Acquisition& a) { a.column_direction = {1.0, 0.0, 0.0}; },
        [](Acquisition& a) { a.row_direction = {2.0, 0.0, 0.0}; },
        [](Acquisition& a) { a.missing_slices = {5}; },
    };
    for (const auto& mistake : mistakes) {
        Acquisition acquisition = small();
        mistake(acquisition);
        EXPECT_THROW(static_cast<void>(cuts(acquisition)), Error);
    }
}

}  // namespace
}  // namespace downstage::phantom
