#include "downstage/imaging/resample.hpp"

#include "downstage_test/voxel_bodies.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace downstage::imaging {
namespace {

TEST(Shrink, GivesALinearImageBackAwayFromTheFaces)
{
    const auto plane = [](const PointLps& at) { return 3.0 * at.x_mm - 2.0 * at.y_mm + 5.0 * at.z_mm; };
    const Grid fine{.size = {60, 50, 20}, .spacing_mm = {0.7, 0.9, 5.0}, .origin = {-20.0, -30.0, 10.0}};
    Volume image{fine};
    test::for_each_voxel(fine, [&](const Index& at) {
        image[at] = static_cast<std::int16_t>(std::lround(plane(to_lps(fine, at))));
    });
    const Volume small =
        shrink(image, {.spacing_mm = {2.5, 2.5, 2.5}, .sigma_mm = {1.05, 1.05, 0.0}, .workers = 2});
    EXPECT_EQ(small.grid(), respaced(fine, {2.5, 2.5, 2.5}));
    const Size& size = small.grid().size;
    for (std::int32_t k = 1; k < size.k - 1; ++k)
        for (std::int32_t j = 2; j < size.j - 2; ++j)
            for (std::int32_t i = 2; i < size.i - 2; ++i)
                EXPECT_NEAR((small[{i, j, k}]), plane(to_lps(small.grid(), Index{i, j, k})), 1.0);
}

TEST(Shrink, BlursAStepToTheErrorFunction)
{
    const Grid fine{.size = {100, 4, 4}, .spacing_mm = {0.5, 0.5, 0.5}};
    Volume step{fine};
    test::for_each_voxel(fine, [&](const Index& at) { step[at] = at.i < 50 ? 0 : 1000; });
    const double sigma_mm = 2.0;
    const Volume small = shrink(step, {.spacing_mm = {2.0, 2.0, 2.0}, .sigma_mm = {sigma_mm, 0.0, 0.0}});
    for (std::int32_t i = 6; i < 19; ++i) {
        const double from_step_mm = (i + 0.5) * 2.0 - 25.0;
        const double truth = 500.0 * (1.0 + std::erf(from_step_mm / (sigma_mm * std::numbers::sqrt2)));
        EXPECT_NEAR((small[{i, 0, 0}]), truth, 2.0);  // sums of half-millimetre steps, rounded to whole HU
    }
}

TEST(Shrink, ClampsBeforeItAveragesSoThatMetalDoesNotSpread)
{
    const Grid fine{.size = {10, 4, 4}, .spacing_mm = {1.0, 1.0, 1.0}};
    Volume image{fine, 40};
    image[{5, 2, 2}] = 30000;
    const Volume small = shrink(image, {.spacing_mm = {2.0, 2.0, 2.0}, .low = -1024, .high = 1500});
    for (const std::int16_t hu : small.voxels())
        EXPECT_LE(hu, 1500);
}

TEST(Shrink, HasTheSameBytesForAnyNumberOfWorkers)
{
    const Grid fine{.size = {40, 40, 30}, .spacing_mm = {0.8, 0.8, 1.0}};
    Volume image{fine};
    test::for_each_voxel(
        fine, [&](const Index& at) { image[at] = static_cast<std::int16_t>((at.i * 37 + at.k * 91) % 200); });
    const auto with = [&](unsigned workers) {
        return shrink(image,
                      {.spacing_mm = {2.5, 2.5, 2.5}, .sigma_mm = {1.05, 1.05, 1.05}, .workers = workers});
    };
    EXPECT_EQ(with(1), with(2));
    EXPECT_EQ(with(1), with(7));
}

}  // namespace
}  // namespace downstage::imaging
