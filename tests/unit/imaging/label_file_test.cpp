#include "downstage/imaging/label_file.hpp"
#include "downstage/imaging/orient.hpp"

#include "downstage_test/voxel_bodies.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <iterator>

namespace downstage::imaging {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

class LabelFile : public testing::Test {
protected:
    void SetUp() override { std::filesystem::create_directories(folder_); }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    [[nodiscard]] std::filesystem::path file(const std::string& name) const { return folder_ / name; }
    static std::string bytes(const std::filesystem::path& path)
    {
        std::ifstream in{path, std::ios::binary};
        return {std::istreambuf_iterator<char>{in}, {}};
    }
    static void write(const std::filesystem::path& path, const std::string& content)
    {
        std::ofstream{path, std::ios::binary} << content;
    }

private:
    std::filesystem::path folder_ =
        std::filesystem::path{testing::TempDir()} /
        ("label_file_" + std::string{testing::UnitTest::GetInstance()->current_test_info()->name()});
};

/// Left-handed, oblique, uneven: nothing a writer could get right by luck.
const Grid odd_grid{.size = {7, 6, 5},
                    .spacing_mm = {0.75, 1.5, 3.0},
                    .origin = {-120.5, 33.25, -810.0},
                    .axes = {.i = {0.0, 0.8, 0.6}, .j = {0.0, 0.6, -0.8}, .k = {1.0, 0.0, 0.0}}};

LabelMap numbered_labels()
{
    LabelMap labels{odd_grid};
    std::uint16_t n = 0;
    for (std::uint16_t& voxel : labels.voxels())
        voxel = n++;
    labels[{6, 5, 4}] = 65535;
    return labels;
}

TEST_F(LabelFile, ComesBackOnItsGridFromNiftiPlainAndCompressed)
{
    for (const char* name : {"labels.nii", "labels.nii.gz"}) {
        write_labels(numbered_labels(), file(name));
        const LabelMap back = read_labels(file(name));
        EXPECT_TRUE(same_grid(back.grid(), odd_grid)) << name;
        EXPECT_TRUE(std::ranges::equal(back.voxels(), numbered_labels().voxels())) << name;
    }
}

TEST_F(LabelFile, OfTheSameLabelsHasTheSameBytesUnderAnyName)
{
    write_labels(numbered_labels(), file("one.nii.gz"));
    write_labels(numbered_labels(), file("another.nii.gz"));
    EXPECT_EQ(bytes(file("one.nii.gz")), bytes(file("another.nii.gz")));
}

TEST_F(LabelFile, OfAnImageKeepsNegativeHu)
{
    Volume image{odd_grid, -1024};
    image[{1, 2, 3}] = 3071;
    write_image(image, file("ct.nii.gz"));
    EXPECT_TRUE(std::ranges::equal(read_image(file("ct.nii.gz")).voxels(), image.voxels()));
}

TEST_F(LabelFile, InNrrdIsReadInItsOwnSpace)
{
    // RAS: +x of the file is the patient's right-to-left reversed, so LPS is (-x, -y, z).
    std::string content = "NRRD0004\ntype: uchar\ndimension: 3\nspace: right-anterior-superior\n"
                          "sizes: 2 1 1\nspace directions: (2,0,0) (0,3,0) (0,0,4)\n"
                          "space origin: (10,20,30)\nencoding: raw\n\n";
    content += std::string{"\x01\x02", 2};
    write(file("labels.nrrd"), content);
    const LabelMap labels = read_labels(file("labels.nrrd"));
    EXPECT_EQ(labels.grid().origin, (PointLps{-10.0, -20.0, 30.0}));
    EXPECT_EQ(labels.grid().axes.i, (VectorLps{-1.0, 0.0, 0.0}));
    EXPECT_EQ(labels.grid().spacing_mm, (SpacingMm{2.0, 3.0, 4.0}));
    EXPECT_THAT(labels.voxels(), testing::ElementsAre(1, 2));
}

TEST_F(LabelFile, WithAFractionalValueIsRefusedNamingTheValue)
{
    std::string content = "NRRD0004\ntype: float\ndimension: 3\nspace: left-posterior-superior\n"
                          "sizes: 1 1 1\nspace directions: (1,0,0) (0,1,0) (0,0,1)\nspace origin: (0,0,0)\n"
                          "endian: little\nencoding: raw\n\n";
    const float half = 0.5F;
    std::string value(sizeof half, '\0');
    std::memcpy(value.data(), &half, sizeof half);
    write(file("probabilities.nrrd"), content + value);
    EXPECT_THAT([&] { static_cast<void>(read_labels(file("probabilities.nrrd"))); },
                ThrowsMessage<Error>(AllOf(HasSubstr("probabilities.nrrd"), HasSubstr("0.5"))));
}

TEST_F(LabelFile, WithSkewedAxesIsRefused)
{
    std::string content = "NRRD0004\ntype: uchar\ndimension: 3\nspace: left-posterior-superior\n"
                          "sizes: 2 1 1\nspace directions: (1,0,0) (0.5,1,0) (0,0,1)\n"
                          "space origin: (0,0,0)\nencoding: raw\n\n";
    content += std::string{"\x01\x01", 2};
    write(file("skewed.nrrd"), content);
    EXPECT_THAT([&] { static_cast<void>(read_labels(file("skewed.nrrd"))); },
                ThrowsMessage<Error>(HasSubstr("skewed.nrrd")));
}

TEST_F(LabelFile, OfFourDimensionsIsRefused)
{
    std::string content = "NRRD0004\ntype: uchar\ndimension: 4\nsizes: 2 1 1 2\nencoding: raw\n\n";
    content += std::string{"\x01\x01\x01\x01", 4};
    write(file("series.nrrd"), content);
    EXPECT_THAT([&] { static_cast<void>(read_labels(file("series.nrrd"))); },
                ThrowsMessage<Error>(AllOf(HasSubstr("series.nrrd"), HasSubstr("dimension"))));
}

TEST_F(LabelFile, ThatIsMissingOrNoImageOrOfAnotherKindIsRefusedByName)
{
    write(file("text.nii"), "hello");
    write(file("cut.nii.gz"), "\x1f\x8b");
    write(file("labels.png"), "");
    for (const char* name : {"absent.nii.gz", "text.nii", "cut.nii.gz", "labels.png"})
        EXPECT_THAT([&] { static_cast<void>(read_labels(file(name))); },
                    ThrowsMessage<Error>(HasSubstr(name)));
}

TEST_F(LabelFile, CutShortIsRefused)
{
    write_labels(numbered_labels(), file("whole.nii"));
    write(file("short.nii"), bytes(file("whole.nii")).substr(0, 500));
    EXPECT_THAT([&] { static_cast<void>(read_labels(file("short.nii"))); },
                ThrowsMessage<Error>(HasSubstr("short.nii")));
}

TEST_F(LabelFile, InAFolderThatIsNotThereCannotBeWritten)
{
    EXPECT_THAT([&] { write_labels(numbered_labels(), file("absent/labels.nii.gz")); },
                ThrowsMessage<Error>(HasSubstr("absent")));
}

}  // namespace
}  // namespace downstage::imaging
