#include "downstage/measurement/band.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace {

using downstage::Field;
using downstage::Grid;
using downstage::Index;
using downstage::Mask;
using downstage::SpacingMm;
using downstage::measurement::distance_to;
using downstage::measurement::smoothed;

std::vector<Index> all_voxels(const Grid& grid)
{
    std::vector<Index> voxels;
    for (std::int32_t k = 0; k < grid.size.k; ++k)
        for (std::int32_t j = 0; j < grid.size.j; ++j)
            for (std::int32_t i = 0; i < grid.size.i; ++i)
                voxels.push_back({i, j, k});
    return voxels;
}

/// The definition: the least over all voxels of the mask.
double distance_by_search(const Mask& mask, const Index& from, const SpacingMm& spacing_mm)
{
    double least = 1e9;
    for (const Index& to : all_voxels(mask.grid()))
        if (mask[to] != 0)
            least = std::min(least,
                             std::hypot(spacing_mm.i * (to.i - from.i),
                                        spacing_mm.j * (to.j - from.j),
                                        spacing_mm.k * (to.k - from.k)));
    return least;
}

TEST(DistanceTo, EqualsASearchOfAllVoxelsUpToItsCap)
{
    std::mt19937 random{5};
    const SpacingMm spacing_mm{0.7, 1.1, 2.4};
    Mask mask{Grid{.size = {9, 8, 7}}};
    for (auto& in : mask.voxels())
        in = random() % 40 == 0 ? 1 : 0;
    const double cap_mm = 4.0;
    const Field distance = distance_to(mask, spacing_mm, cap_mm);
    for (const Index& at : all_voxels(mask.grid()))
        EXPECT_NEAR(static_cast<double>(distance[at]),
                    std::min(cap_mm, distance_by_search(mask, at, spacing_mm)),
                    1e-5);
}

TEST(DistanceTo, OfAnEmptyMaskIsTheCapEverywhere)
{
    const Field distance = distance_to(Mask{Grid{.size = {4, 4, 4}}}, {1.0, 1.0, 1.0}, 2.5);
    for (const float value : distance.voxels())
        EXPECT_FLOAT_EQ(value, 2.5F);
}

TEST(Smoothed, LeavesAConstantAsItIsAlsoAtTheEnds)
{
    const Field field{Grid{.size = {7, 6, 5}}, 3.0F};
    const Field smooth = smoothed(field, 1.5);
    for (const float value : smooth.voxels())
        EXPECT_NEAR(value, 3.0F, 1e-5F);
}

TEST(Smoothed, SpreadsAPointByTheWantedVarianceAndKeepsItsSum)
{
    Field point{Grid{.size = {31, 31, 31}, .spacing_mm = {0.8, 0.8, 1.0}}};
    point[{15, 15, 15}] = 1.0F;
    const double sd_mm = 1.3;
    const Field smooth = smoothed(point, sd_mm);
    double sum = 0.0;
    double variance_mm2 = 0.0;
    for (const Index& at : all_voxels(point.grid())) {
        sum += static_cast<double>(smooth[at]);
        variance_mm2 += static_cast<double>(smooth[at]) * std::pow(0.8 * (at.i - 15), 2);
    }
    EXPECT_NEAR(sum, 1.0, 1e-4);
    EXPECT_NEAR(variance_mm2, sd_mm * sd_mm, 0.03 * sd_mm * sd_mm);  // the window is cut at 3 sd
}

TEST(Smoothed, DoesNothingWithAWindowFarNarrowerThanAVoxel)
{
    Field point{Grid{.size = {5, 5, 5}}};
    point[{2, 2, 2}] = 1.0F;
    EXPECT_EQ(smoothed(point, 0.0), point);
    EXPECT_EQ(smoothed(point, 0.1), point);
}

}  // namespace
