#include "downstage/core/error.hpp"
#include "downstage/dicom/read.hpp"
#include "downstage/dicom/scan.hpp"
#include "downstage/dicom/write.hpp"

#include "downstage_test/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace downstage::dicom {
namespace {

namespace fs = std::filesystem;

CtSeriesTags tags()
{
    return {.patient_name = "Nobody^At all",
            .patient_id = "NOBODY",
            .study_uid = {"2.25.1"},
            .series_uid = {"2.25.2"},
            .frame_of_reference_uid = {"2.25.3"},
            .study_date = "20200101",
            .study_time = "100000",
            .study_description = "written by a test",
            .series_description = "portal venous",
            .kernel = "B30f",
            .thickness_mm = 2.5,
            .columns = 5,
            .rows = 4,
            .column_spacing_mm = 0.7,
            .row_spacing_mm = 0.9};
}

/// Every pixel of every slice has a density of its own.
std::vector<std::vector<std::int16_t>> pixels(std::size_t slices)
{
    std::vector<std::vector<std::int16_t>> result(slices);
    for (std::size_t k = 0; k < slices; ++k)
        for (std::size_t n = 0; n < 20; ++n)
            result[k].push_back(static_cast<std::int16_t>(-1024 + 40 * static_cast<int>(20 * k + n)));
    return result;
}

std::vector<CtSlice> slices_of(const std::vector<std::vector<std::int16_t>>& hu)
{
    std::vector<CtSlice> slices;
    for (std::size_t k = 0; k < hu.size(); ++k)
        slices.push_back({.hu = hu[k],
                          .position = {-12.5, 30.25, 100.0 + 2.5 * static_cast<double>(k)},
                          .instance_number = static_cast<std::int32_t>(k) + 1,
                          .acquisition_date = "20200101",
                          .acquisition_time = "100035"});
    return slices;
}

std::string bytes_of(const fs::path& file)
{
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

std::vector<std::string> names_in(const fs::path& folder)
{
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator{folder})
        names.push_back(entry.path().filename().string());
    return names;
}

TEST(WriteCtSeries, GivesBackWhatWasWrittenInBothSyntaxes)
{
    for (const auto syntax : {TransferSyntax::explicit_little_endian, TransferSyntax::jpeg_ls_lossless}) {
        const test::TemporaryFolder folder;
        const auto hu = pixels(4);
        write_ct_series(folder.path(), tags(), slices_of(hu), {.transfer_syntax = syntax});
        const Scan found = scan(folder.path());
        ASSERT_EQ(found.studies.size(), 1U);
        ASSERT_EQ(found.studies[0].stacks.size(), 1U);
        const Stack& stack = found.studies[0].stacks[0];
        EXPECT_EQ(stack.series_uid.text, "2.25.2");
        EXPECT_EQ(stack.kernel, "B30f");
        const LoadedVolume loaded = read_volume(stack);
        const Grid wanted{.size = {5, 4, 4}, .spacing_mm = {0.7, 0.9, 2.5}, .origin = {-12.5, 30.25, 100.0}};
        EXPECT_TRUE(same_grid(loaded.voxels.grid(), wanted));
        for (std::int32_t k = 0; k < 4; ++k)
            EXPECT_THAT(loaded.voxels.slice(k), ::testing::ElementsAreArray(hu[static_cast<std::size_t>(k)]));
    }
}

TEST(WriteCtSeries, ClampsToWhatTwelveBitsHold)
{
    const test::TemporaryFolder folder;
    auto hu = pixels(2);
    hu[0][0] = -2000;
    hu[0][1] = 5000;
    write_ct_series(folder.path(), tags(), slices_of(hu));
    const LoadedVolume loaded = read_volume(scan(folder.path()).studies.at(0).stacks.at(0));
    EXPECT_EQ((loaded.voxels[{0, 0, 0}]), -1024);
    EXPECT_EQ((loaded.voxels[{1, 0, 0}]), 3071);
}

TEST(WriteCtSeries, NamesFilesByInstanceNumberAndLeavesNothingElse)
{
    const test::TemporaryFolder folder;
    const auto hu = pixels(2);
    write_ct_series(folder.path(), tags(), slices_of(hu));
    EXPECT_THAT(names_in(folder.path()), ::testing::UnorderedElementsAre("000001.dcm", "000002.dcm"));
}

TEST(WriteCtSeries, GivesTheSameBytesAgain)
{
    const test::TemporaryFolder first;
    const test::TemporaryFolder second;
    const auto hu = pixels(2);
    const CtWriteOptions jpeg_ls{.transfer_syntax = TransferSyntax::jpeg_ls_lossless};
    write_ct_series(first.path(), tags(), slices_of(hu), jpeg_ls);
    write_ct_series(second.path(), tags(), slices_of(hu), jpeg_ls);
    for (const char* name : {"000001.dcm", "000002.dcm"})
        EXPECT_EQ(bytes_of(first.path() / name), bytes_of(second.path() / name));
    EXPECT_NE(bytes_of(first.path() / "000001.dcm"), bytes_of(first.path() / "000002.dcm"));
}

TEST(WriteCtSeries, SaysWhichFileItCannotWrite)
{
    const test::TemporaryFolder folder;
    const auto hu = pixels(2);
    const fs::path nowhere = folder.path() / "nowhere";
    try {
        write_ct_series(nowhere, tags(), slices_of(hu));
        FAIL() << "wrote into a folder that is not there";
    } catch (const Error& failure) {
        EXPECT_EQ(failure.code(), Errc::output);
        EXPECT_THAT(failure.what(), ::testing::HasSubstr("000001.dcm"));
        EXPECT_THAT(failure.what(), ::testing::Not(::testing::HasSubstr("Nobody")));
    }
}

TEST(WriteCtSeries, RefusesASliceOfAnotherSize)
{
    const test::TemporaryFolder folder;
    auto hu = pixels(2);
    hu[1].pop_back();
    EXPECT_THROW(write_ct_series(folder.path(), tags(), slices_of(hu)), Error);
}

}  // namespace
}  // namespace downstage::dicom
