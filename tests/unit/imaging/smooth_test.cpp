#include "downstage/imaging/smooth.hpp"

#include "downstage_test/voxel_bodies.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace downstage::imaging {
namespace {

TEST(Gaussian, BlursAStepToTheErrorFunction)
{
    const Grid grid{.size = {60, 5, 5}, .spacing_mm = {1.5, 1.0, 1.0}};
    Volume step{grid};
    test::for_each_voxel(grid, [&](const Index& at) { step[at] = at.i < 30 ? 0 : 1000; });
    const double sigma_mm = 6.0;
    const Field blurred = gaussian(step, {sigma_mm, 0.0, 0.0});
    for (std::int32_t i = 20; i < 40; ++i) {
        const double from_step_mm = (i - 29.5) * 1.5;
        const double truth = 500.0 * (1.0 + std::erf(from_step_mm / (sigma_mm * std::numbers::sqrt2)));
        EXPECT_NEAR(static_cast<double>((blurred[{i, 2, 2}])), truth, 10.0);  // the recursion is good to 1 %
    }
}

TEST(Gaussian, LeavesAConstantImageAndItsEdgesAlone)
{
    const Grid grid{.size = {20, 12, 8}, .spacing_mm = {0.8, 0.8, 3.0}};
    const Field blurred = gaussian(Volume{grid, 80}, {2.0, 2.0, 2.0});
    for (const float value : blurred.voxels())
        EXPECT_NEAR(static_cast<double>(value), 80.0, 0.1);
}

TEST(Gaussian, LeavesAnAxisOfZeroSigmaOrOfTooFewVoxelsAlone)
{
    const Grid grid{.size = {10, 10, 3}};
    Volume image{grid};
    test::for_each_voxel(grid, [&](const Index& at) { image[at] = static_cast<std::int16_t>(100 * at.k); });
    const Field blurred = gaussian(image, {0.0, 0.0, 2.0});
    test::for_each_voxel(grid,
                         [&](const Index& at) { EXPECT_EQ(blurred[at], static_cast<float>(image[at])); });
}

TEST(Gaussian, HasTheSameBytesForAnyNumberOfWorkers)
{
    const Grid grid{.size = {30, 20, 10}};
    Volume image{grid};
    test::for_each_voxel(
        grid, [&](const Index& at) { image[at] = static_cast<std::int16_t>((at.i * 37 + at.j * 91) % 200); });
    EXPECT_EQ(gaussian(image, {2.0, 2.0, 2.0}, 1), gaussian(image, {2.0, 2.0, 2.0}, 7));
}

TEST(Median3, RemovesASpeckAndKeepsAStep)
{
    const Grid grid{.size = {12, 8, 8}};
    Volume step{grid};
    test::for_each_voxel(grid, [&](const Index& at) { step[at] = at.i < 6 ? 40 : 120; });
    Volume specked = step;
    specked[{3, 4, 4}] = 3000;
    EXPECT_EQ(median3(specked, 2), step);
    EXPECT_EQ(median3(specked, 1), median3(specked, 7));
}

}  // namespace
}  // namespace downstage::imaging
