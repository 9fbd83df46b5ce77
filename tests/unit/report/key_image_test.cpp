#include "downstage/report/page.hpp"

#include "downstage_test/study_reports.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>

// Pictures are compared with == inside EXPECT_TRUE: nobody wants to read two PNG files on a terminal.
namespace downstage::report {
namespace {

using testing::StartsWith;

const std::string png_magic = "\x89PNG\r\n\x1A\n";

/// The big-endian number at `at` in the PNG header (PNG specification, section 11.2.2: IHDR).
std::uint32_t number_at(const std::string& png, std::size_t at)
{
    std::uint32_t number = 0;
    for (const char c : png.substr(at, 4))
        number = (number << 8U) | static_cast<std::uint8_t>(c);
    return number;
}
std::uint32_t width_of(const std::string& png)
{
    return number_at(png, 16);
}
std::uint32_t height_of(const std::string& png)
{
    return number_at(png, 20);
}

/// A block of 40 HU, 32 x 16 x 4 mm, in a liver of 110 HU, on a grid of 1 x 1 x 2 mm.
struct Scene {
    Volume image;
    Segmented found;
    LesionMeasurement measured;
};

Grid plain_grid()
{
    return {.size = {128, 128, 5}, .spacing_mm = {1.0, 1.0, 2.0}, .origin = {-64.0, -64.0, 0.0}, .axes = {}};
}

/// The same patient on a grid whose voxel axes all run the other way.
Grid turned_grid()
{
    const Grid plain = plain_grid();
    return {.size = plain.size,
            .spacing_mm = plain.spacing_mm,
            .origin = to_lps(plain, Index{127, 127, 4}),
            .axes = {-1.0 * plain.axes.i, -1.0 * plain.axes.j, -1.0 * plain.axes.k}};
}

bool in_lesion(const PointLps& at)
{
    return at.x_mm >= 0.0 && at.x_mm <= 32.0 && at.y_mm >= -8.0 && at.y_mm <= 8.0 && at.z_mm >= 2.0 &&
           at.z_mm <= 6.0;
}

Scene scene_on(const Grid& grid)
{
    Scene scene{
        .image = Volume{grid, 110}, .found = {}, .measured = downstage_test::a_lesion(1, 32.0).measured};
    scene.found.liver = Mask{grid, 1};
    scene.found.lesions = LabelMap{grid, 0};
    scene.found.findings = {
        {.label = 1, .kind = FindingKind::lesion, .confidence = 0.9, .why_not_counted = ""}};
    for (std::int32_t k = 0; k < grid.size.k; ++k)
        for (std::int32_t j = 0; j < grid.size.j; ++j)
            for (std::int32_t i = 0; i < grid.size.i; ++i) {
                const Index at{i, j, k};
                if (!in_lesion(to_lps(grid, at))) continue;
                scene.image[at] = 40;
                scene.found.lesions[at] = 1;
            }
    scene.measured.slice_k = 2;  // z = 4 mm on both grids
    scene.measured.long_axis.ends = {{{0.0, 0.0, 4.0}, {32.0, 0.0, 4.0}}};
    scene.measured.short_axis.ends = {{{16.0, -8.0, 4.0}, {16.0, 8.0, 4.0}}};
    return scene;
}

std::string png_on(const Grid& grid)
{
    const Scene scene = scene_on(grid);
    return key_image(scene.image, scene.found, scene.measured, "").png;
}

TEST(KeyImage, IsAPngOfTwoSquarePicturesSideBySide)
{
    const std::string png = png_on(plain_grid());
    EXPECT_THAT(png, StartsWith(png_magic));
    EXPECT_GE(height_of(png), 480U);
    EXPECT_GE(width_of(png), 2U * height_of(png));
    EXPECT_LT(width_of(png), 2U * height_of(png) + 20U);  // a narrow gap between them
}

TEST(KeyImage, IsTheSameWhicheverWayTheVoxelAxesRun)
{
    EXPECT_TRUE(png_on(plain_grid()) == png_on(turned_grid()));
}

TEST(KeyImage, IsTheSameEveryTime)
{
    EXPECT_TRUE(png_on(plain_grid()) == png_on(plain_grid()));
}

TEST(KeyImage, ShowsTheSliceOfTheLongAxis)
{
    Scene scene = scene_on(plain_grid());
    const std::string of_the_slice = key_image(scene.image, scene.found, scene.measured, "").png;
    for (std::int16_t& hu : scene.image.voxels())
        if (&hu < scene.image.slice(2).data() ||
            &hu >= scene.image.slice(2).data() + scene.image.slice(2).size())
            hu = -1000;
    // The window still comes from the liver, which is kept as it was.
    scene.found.liver = Mask{scene.image.grid(), 0};
    const auto slice = scene.found.liver.slice(2);
    std::ranges::fill(slice, std::uint8_t{1});
    EXPECT_TRUE(key_image(scene.image, scene.found, scene.measured, "").png == of_the_slice);
}

TEST(KeyImage, DrawsBothAxesAndTheOutline)
{
    const Scene scene = scene_on(plain_grid());
    const std::string drawn = key_image(scene.image, scene.found, scene.measured, "").png;
    Scene other = scene_on(plain_grid());
    other.measured.long_axis.ends[0].y_mm = 3.0;
    other.measured.long_axis.ends[1].y_mm = -3.0;  // the same middle, so the same view
    EXPECT_FALSE(key_image(scene.image, scene.found, other.measured, "").png == drawn);
    other = scene_on(plain_grid());
    other.measured.short_axis.ends[0].x_mm = 20.0;
    EXPECT_FALSE(key_image(scene.image, scene.found, other.measured, "").png == drawn);
    other.found.lesions = LabelMap{plain_grid(), 1};
    EXPECT_FALSE(key_image(scene.image, other.found, scene.measured, "").png == drawn);
}

TEST(KeyImage, SaysWhichSliceItShowsAndThroughWhichWindow)
{
    const Scene scene = scene_on(plain_grid());
    EXPECT_EQ(key_image(scene.image, scene.found, scene.measured, "Lesion 1").caption,
              "Lesion 1: slice 3 of 5, window 110/260 HU");
}

TEST(KeyImage, IsMadeWithoutALiver)
{
    Scene scene = scene_on(plain_grid());
    scene.found.liver = Mask{};
    EXPECT_THAT(key_image(scene.image, scene.found, scene.measured, "").png, StartsWith(png_magic));
}

TEST(Overview, IsAPngOfThreeSquarePicturesSideBySide)
{
    const Scene scene = scene_on(plain_grid());
    const std::string png = overview(scene.image, scene.found).png;
    EXPECT_THAT(png, StartsWith(png_magic));
    EXPECT_GE(width_of(png), 3U * height_of(png));
    EXPECT_LT(width_of(png), 3U * height_of(png) + 40U);
}

TEST(Overview, IsTheSameWhicheverWayTheVoxelAxesRun)
{
    const Scene plain = scene_on(plain_grid());
    const Scene turned = scene_on(turned_grid());
    EXPECT_TRUE(overview(plain.image, plain.found).png == overview(turned.image, turned.found).png);
}

TEST(Overview, IsMadeWithoutALiverAndWithoutFindings)
{
    Scene scene = scene_on(plain_grid());
    scene.found.liver = Mask{};
    scene.found.lesions = LabelMap{plain_grid(), 0};
    scene.found.findings.clear();
    EXPECT_THAT(overview(scene.image, scene.found).png, StartsWith(png_magic));
}

}  // namespace
}  // namespace downstage::report
