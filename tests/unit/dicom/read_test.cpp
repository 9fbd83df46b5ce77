#include "downstage/core/error.hpp"
#include "downstage/dicom/read.hpp"

#include "downstage_test/pixel_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

/// How the slices of a stack become one volume.
namespace downstage::dicom {
namespace {

using testing::Each;
using testing::HasSubstr;

/// A stack of files, each of 6 x 4 pixels of 1 mm, written into a scratch folder.
class ReadVolume : public testing::Test {
protected:
    static constexpr std::int32_t columns = 6, rows = 4;

    /// One more slice at `position`, all of whose pixels are `value`.
    void add(const PointLps& position, std::uint16_t value)
    {
        add(position, std::vector<std::uint16_t>(static_cast<std::size_t>(columns * rows), value));
    }
    void add(const PointLps& position, std::vector<std::uint16_t> words)
    {
        add_file(position, {.columns = columns, .rows = rows, .words = std::move(words)});
    }
    void add_file(const PointLps& position, const test::PixelFile& image)
    {
        const auto n = static_cast<std::int32_t>(stack_.slices.size());
        const auto file =
            test::write_file(scratch_.path() / ("slice" + std::to_string(n) + ".dcm"), test::bytes_of(image));
        stack_.slices.push_back({.file = file,
                                 .sop_uid = {"1.2.3." + std::to_string(n)},
                                 .position = position,
                                 .instance_number = n});
    }
    [[nodiscard]] LoadedVolume loaded(const ReadOptions& options = {}) const
    {
        return read_volume(stack_, options);
    }
    [[nodiscard]] Stack& stack() { return stack_; }

private:
    test::TemporaryFolder scratch_;
    Stack stack_{.series_uid = {"1.2.3"},
                 .modality = "CT",
                 .row_direction = {1, 0, 0},
                 .column_direction = {0, 1, 0},
                 .columns = columns,
                 .rows = rows,
                 .column_spacing_mm = 1.0,
                 .row_spacing_mm = 1.0};
};

TEST_F(ReadVolume, EachSliceIsItsFile)
{
    for (int k = 0; k < 20; ++k)
        add({0, 0, 2.0 * k}, static_cast<std::uint16_t>(100 + k));
    const LoadedVolume volume = loaded();
    EXPECT_EQ(volume.voxels.grid().size, (Size{columns, rows, 20}));
    EXPECT_DOUBLE_EQ(volume.voxels.grid().spacing_mm.k, 2.0);
    for (std::int32_t k = 0; k < 20; ++k) {
        EXPECT_THAT(volume.voxels.slice(k), Each(100 + k));
        EXPECT_EQ(volume.slice_sop_uids[static_cast<std::size_t>(k)].text, "1.2.3." + std::to_string(k));
    }
    EXPECT_TRUE(volume.notices.empty());
}

TEST_F(ReadVolume, EachSliceHasItsOwnRescale)
{
    const std::vector<std::uint16_t> words(columns * rows, 10);
    add_file({0, 0, 0}, {.columns = columns, .rows = rows, .slope = "1", .intercept = "5", .words = words});
    add_file({0, 0, 1}, {.columns = columns, .rows = rows, .slope = "3", .intercept = "-2", .words = words});
    const LoadedVolume volume = loaded();
    EXPECT_THAT(volume.voxels.slice(0), Each(15));
    EXPECT_THAT(volume.voxels.slice(1), Each(28));
}

TEST_F(ReadVolume, GivesTheSameVoxelsForAnyNumberOfWorkers)
{
    for (int k = 0; k < 30; ++k)
        add({0, 0.3 * k, 2.0 * k}, static_cast<std::uint16_t>(7 * k));  // tilted, so that all steps take part
    const Volume one = loaded({.workers = 1}).voxels;
    EXPECT_EQ(one, loaded({.workers = 2}).voxels);
    EXPECT_EQ(one, loaded({.workers = 7}).voxels);
}

TEST_F(ReadVolume, APlaneThroughATiltedStackStaysAPlane)
{
    // The density is a ramp along the patient's y, 10 HU a mm; the slices are stacked 0.4 mm askew a slice.
    // Sheared back, each voxel must hold the ramp at its own place. Linear interpolation is exact on a ramp.
    for (int k = 0; k < 8; ++k) {
        const double y_mm = 0.4 * k;
        std::vector<std::uint16_t> words;
        for (int j = 0; j < rows; ++j)
            for (int i = 0; i < columns; ++i)
                words.push_back(static_cast<std::uint16_t>(std::lround(10.0 * (y_mm + j))));
        add({0, y_mm, 3.0 * k}, words);
    }
    const LoadedVolume volume = loaded();
    const Grid& grid = volume.voxels.grid();
    int compared = 0;
    for (std::int32_t k = 0; k < grid.size.k; ++k)
        for (std::int32_t j = 0; j < grid.size.j; ++j) {
            const double y_mm = to_lps(grid, Index{2, j, k}).y_mm;
            const double in_slice = y_mm - 0.4 * k;  // rows from the slice's first one
            if (in_slice < 0.0 || in_slice > rows - 1) continue;
            EXPECT_NEAR((volume.voxels[{2, j, k}]), 10.0 * y_mm, 0.51) << "j " << j << " k " << k;
            ++compared;
        }
    EXPECT_GE(compared, 8 * (rows - 1));
}

TEST_F(ReadVolume, WhatLiesOutsideATiltedSliceIsAir)
{
    for (int k = 0; k < 4; ++k)
        add({0, 2.0 * k, 3.0 * k}, 50);
    const LoadedVolume volume = loaded();
    const Grid& grid = volume.voxels.grid();
    ASSERT_EQ(grid.size, (Size{columns, rows + 6, 4}));
    for (std::int32_t k = 0; k < 4; ++k)
        for (std::int32_t j = 0; j < grid.size.j; ++j) {
            const bool is_inside = j >= 2 * k && j < 2 * k + rows;
            EXPECT_EQ((volume.voxels[{0, j, k}]), is_inside ? 50 : -1024) << "j " << j << " k " << k;
        }
}

TEST_F(ReadVolume, AMissingSliceIsMixedFromItsNeighbours)
{
    for (const int k : {0, 1, 2, 3, 5, 6, 7})
        add({0, 0, 2.0 * k}, static_cast<std::uint16_t>(10 * k));
    const LoadedVolume volume = loaded({.geometry = {.allow_gaps = true}});
    ASSERT_EQ(volume.voxels.grid().size.k, 8);
    EXPECT_THAT(volume.voxels.slice(4), Each(40));  // half of 30 and half of 50
    EXPECT_THAT(volume.voxels.slice(5), Each(50));
}

TEST_F(ReadVolume, AFileThatDisagreesWithItsSeriesIsNamed)
{
    add({0, 0, 0}, 1);
    add_file({0, 0, 1}, {.columns = 5, .rows = rows, .words = std::vector<std::uint16_t>(5 * rows, 1)});
    try {
        static_cast<void>(loaded());
        FAIL() << "it was read";
    } catch (const Error& failure) {
        EXPECT_EQ(failure.code(), Errc::input);
        EXPECT_THAT(failure.what(),
                    testing::AllOf(HasSubstr("slice1.dcm"), HasSubstr("5 x 4"), HasSubstr("6 x 4")));
    }
}

TEST_F(ReadVolume, AFileThatHasGoneIsNamed)
{
    add({0, 0, 0}, 1);
    add({0, 0, 1}, 1);
    std::filesystem::remove(stack().slices[1].file);
    try {
        static_cast<void>(loaded());
        FAIL() << "it was read";
    } catch (const Error& failure) {
        EXPECT_THAT(failure.what(), HasSubstr("slice1.dcm"));
    }
}

TEST_F(ReadVolume, AFrameThatIsNotThereIsRefused)
{
    add({0, 0, 0}, 1);
    add({0, 0, 1}, 1);
    stack().slices[1].frame = 3;
    EXPECT_THROW(static_cast<void>(loaded()), Error);
}

TEST_F(ReadVolume, DigestIsThatOfTheFilesInOrderOfTheSlices)
{
    // Files without DICOM in them: the digest asks only for bytes. "abc" in two files; FIPS 180-4, example 1.
    const test::TemporaryFolder scratch;
    stack().slices = {{.file = test::write_file(scratch.path() / "2", "a")},
                      {.file = test::write_file(scratch.path() / "1", "bc")}};
    EXPECT_EQ(sha256_of(stack()), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    stack().slices.insert(stack().slices.begin(), stack().slices.front());  // another frame of the same file
    EXPECT_EQ(sha256_of(stack()), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace downstage::dicom
