#include "downstage/core/error.hpp"
#include "downstage/dicom/geometry.hpp"
#include "downstage/dicom/scan.hpp"

#include "downstage_test/dicom_bytes.hpp"
#include "downstage_test/small_series.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace downstage::dicom {
namespace {

using test::DicomBytes;
using test::ImageFile;
using test::slice;
using test::Syntax;
using test::TemporaryFolder;
using test::write_series;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::string refusal(const std::filesystem::path& input)
{
    try {
        static_cast<void>(scan(input));
    } catch (const Error& error) {
        return error.code() == Errc::input ? error.what() : "not Errc::input";
    }
    return "was not refused";
}

TEST(Scan, ReadsAFolderRecursivelyWhateverTheNames)
{
    const TemporaryFolder folder;
    write_series(folder, "a/b c/d.txt/");
    const Scan seen = scan(folder.path());
    ASSERT_THAT(seen.studies, SizeIs(1));
    const Study& study = seen.studies.front();
    EXPECT_EQ(study.uid.text, "1.2.3");
    EXPECT_EQ(study.patient_id, "anybody");
    EXPECT_EQ(study.date, "2024-03-01");
    ASSERT_THAT(study.stacks, SizeIs(1));
    EXPECT_THAT(study.stacks.front().slices, SizeIs(4));
    EXPECT_EQ(study.stacks.front().description, "portal");
    EXPECT_EQ(seen.files, 4U);
}

TEST(Scan, CountsFilesThatAreNotDicomAndNamesBrokenOnes)
{
    const TemporaryFolder folder;
    write_series(folder);
    folder.write("readme.txt", "not DICOM");
    folder.write("empty", "");
    folder.write("picture.png", "\x89PNG\r\n");
    const std::string whole = test::image_file(slice(9));
    const std::filesystem::path cut = folder.write("cut", whole.substr(0, whole.size() - 10));
    const Scan seen = scan(folder.path());
    EXPECT_EQ(seen.files, 8U);
    EXPECT_EQ(seen.not_dicom, 3U);
    ASSERT_THAT(seen.broken, SizeIs(1));
    EXPECT_EQ(seen.broken.front().file, cut);
    EXPECT_THAT(seen.broken.front().why, HasSubstr("the pixel data are cut short"));
    EXPECT_THAT(seen.notices, ElementsAre(testing::Field(&Notice::text, HasSubstr("3 files are not DICOM"))));
}

TEST(Scan, SaysHowManyFilesItLookedAtWhereNoneIsDicom)
{
    const TemporaryFolder folder;
    EXPECT_THAT(refusal(folder.path()), HasSubstr("holds no DICOM image: no file was found there"));
    folder.write("a.txt", "text");
    folder.write("b.txt", "text");
    EXPECT_THAT(refusal(folder.path()), HasSubstr("2 files were looked at, and none is DICOM"));
    EXPECT_THAT(refusal(folder.path()), HasSubstr("name a folder, DICOMDIR or zip"));
}

TEST(Scan, RefusesAnInputThatIsNotThere)
{
    EXPECT_THAT(refusal("/nowhere/at/all"), HasSubstr("'/nowhere/at/all' does not exist"));
}

TEST(Scan, TakesOneFileForAStudyOfItsOwn)
{
    const TemporaryFolder folder;
    write_series(folder);
    const Scan seen = scan(folder.path() / "file1");
    EXPECT_EQ(seen.files, 1U);
    EXPECT_THAT(seen.studies, SizeIs(1));
}

TEST(Scan, EntersNoFolderTwiceHoweverLinksRun)
{
    const TemporaryFolder folder;
    write_series(folder, "study/");
    std::filesystem::create_directory_symlink(folder.path(), folder.path() / "study" / "loop");
    EXPECT_EQ(scan(folder.path()).files, 4U);
}

TEST(Scan, LeavesObjectsWithoutSlicesOut)
{
    const TemporaryFolder folder;
    write_series(folder);
    ImageFile mask;
    mask.modality = "SEG";
    folder.write("mask", test::image_file(mask));
    DicomBytes report;
    report.text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.88.33").text(0x00080060, "CS", "SR");
    folder.write("report", test::dicom_file(report));
    const Scan seen = scan(folder.path());
    EXPECT_THAT(seen.broken, IsEmpty());
    EXPECT_THAT(seen.studies.front().stacks, SizeIs(1));
    EXPECT_THAT(seen.notices,
                ElementsAre(testing::Field(&Notice::text, HasSubstr("2 DICOM objects hold no slices"))));
}

TEST(Scan, SortsStudiesByDateAndKeepsPatientsApart)
{
    const TemporaryFolder folder;
    ImageFile late = slice(1);
    ImageFile early = slice(2);
    early.study = "1.2.9";
    early.study_date = "20231224";
    ImageFile other = slice(3);
    other.patient = "somebody";
    folder.write("1", test::image_file(late));
    folder.write("2", test::image_file(early));
    folder.write("3", test::image_file(other));
    const Scan seen = scan(folder.path());
    ASSERT_THAT(seen.studies, SizeIs(3));
    EXPECT_EQ(seen.studies[0].date, "2023-12-24");
    EXPECT_EQ(seen.studies[1].patient_id, "anybody");
    EXPECT_EQ(seen.studies[2].patient_id, "somebody");
}

TEST(Scan, GivesTheSameForAnyNumberOfWorkers)
{
    const TemporaryFolder folder;
    for (int n = 0; n < 40; ++n)
        folder.write(std::to_string((n * 17) % 40), test::image_file(slice(n % 20)));
    const auto order = [&](unsigned workers) {
        const Scan seen = scan(folder.path(), {.workers = workers, .progress = {}});
        std::vector<std::filesystem::path> files;
        std::ranges::transform(
            seen.studies.at(0).stacks.at(0).slices, std::back_inserter(files), &Slice::file);
        return files;
    };
    const std::vector<std::filesystem::path> alone = order(1);
    EXPECT_THAT(alone, SizeIs(40));
    EXPECT_EQ(order(2), alone);
    EXPECT_EQ(order(7), alone);
}

/// The stack of a study whose four files were written so.
template <typename Write>
Stack stack_written(const Write& write)
{
    const TemporaryFolder folder;
    for (int n = 1; n <= 4; ++n)
        folder.write(std::to_string(n), write(slice(n)));
    const Scan seen = scan(folder.path());
    EXPECT_THAT(seen.broken, IsEmpty());
    return seen.studies.at(0).stacks.at(0);
}

TEST(Scan, ReadsImplicitLittleEndian)
{
    const Stack stack = stack_written([](const ImageFile& image) {
        return test::dicom_file(test::with_pixels(image, Syntax::implicit_little), "1.2.840.10008.1.2");
    });
    EXPECT_EQ(stack.columns, 4);
    EXPECT_EQ(stack.slices.back().position.z_mm, 20.0);
}

TEST(Scan, ReadsExplicitBigEndian)
{
    const Stack stack = stack_written([](const ImageFile& image) {
        return test::dicom_file(test::with_pixels(image, Syntax::explicit_big), "1.2.840.10008.1.2.2");
    });
    EXPECT_EQ(stack.columns, 4);
    EXPECT_EQ(stack.slices.back().position.z_mm, 20.0);
}

TEST(Scan, ReadsDeflated)
{
    const Stack stack = stack_written([](const ImageFile& image) {
        DicomBytes packed;
        packed.raw(test::deflated(test::with_pixels(image).bytes()));
        return test::dicom_file(packed, "1.2.840.10008.1.2.1.99");
    });
    EXPECT_EQ(stack.columns, 4);
    EXPECT_EQ(stack.slices.back().position.z_mm, 20.0);
}

TEST(Scan, ReadsFilesWithoutPreamble)
{
    const Stack bare = stack_written([](const ImageFile& image) { return test::with_pixels(image).bytes(); });
    EXPECT_THAT(bare.slices, SizeIs(4));
    const Stack with_meta =
        stack_written([](const ImageFile& image) { return test::image_file(image).substr(132); });
    EXPECT_THAT(with_meta.slices, SizeIs(4));
}

TEST(Scan, ReadsImplicitElementsUnderAnExplicitName)
{
    const Stack stack = stack_written([](const ImageFile& image) {
        return test::dicom_file(test::with_pixels(image, Syntax::implicit_little), "1.2.840.10008.1.2.1");
    });
    EXPECT_THAT(stack.slices, SizeIs(4));
}

TEST(Scan, TurnsTextOfOtherCharacterSetsIntoUtf8)
{
    const Stack latin = stack_written([](const ImageFile& image) {
        DicomBytes dataset;
        dataset.text(0x00080005, "CS", "ISO_IR 100");
        ImageFile named = image;
        named.description = "Portalven\xF6s";
        return test::dicom_file(dataset.raw(test::with_pixels(named).bytes()));
    });
    EXPECT_EQ(latin.description, "Portalven\xC3\xB6s");
    const Stack unnamed = stack_written([](const ImageFile& image) {
        ImageFile named = image;
        named.description = "Portalven\xF6s";
        return test::image_file(named);
    });
    EXPECT_EQ(unnamed.description, "Portalven?s");
}

/// A frame of an Enhanced object at a height, in a stack of the object.
DicomBytes frame_at(double z_mm, const std::string& stack, const std::string& time_index)
{
    DicomBytes content;
    content.text(0x00209056, "SH", stack);
    if (!time_index.empty()) content.element(0x00209128, "UL", {time_index.front(), 0, 0, 0});
    DicomBytes position;
    position.text(0x00200032, "DS", "1\\2\\" + std::to_string(z_mm));
    return DicomBytes{}.sequence(0x00209111, {content}).sequence(0x00209113, {position});
}

std::string enhanced_ct(const std::vector<DicomBytes>& frames)
{
    ImageFile image;
    image.sop_class = "1.2.840.10008.5.1.4.1.1.2.1";
    image.position = image.orientation = image.spacing = "";
    DicomBytes orientation;
    orientation.text(0x00200037, "DS", "1\\0\\0\\0\\1\\0");
    DicomBytes measures;
    measures.text(0x00180050, "DS", "3").text(0x00280030, "DS", "0.9\\0.7");
    DicomBytes shared;
    shared.sequence(0x00209116, {orientation}).sequence(0x00289110, {measures});
    DicomBytes count;
    count.text(0x00280008, "IS", std::to_string(frames.size()));
    const std::string header = test::image_header(image).bytes();
    const std::size_t rows = header.find(std::string{"\x28\x00\x10\x00US", 6});
    DicomBytes dataset;
    dataset.raw(header.substr(0, rows)).raw(count.bytes()).raw(header.substr(rows));
    dataset.sequence(0x52009229, {shared}).sequence(0x52009230, frames);
    dataset.element(0x7FE00010, "OW", std::string(2 * 12 * frames.size(), '\0'));
    return test::dicom_file(dataset);
}

TEST(Scan, MakesOneSliceOfEachFrameOfAnEnhancedObject)
{
    const TemporaryFolder folder;
    folder.write("enhanced",
                 enhanced_ct({frame_at(6.0, "1", ""), frame_at(0.0, "1", ""), frame_at(3.0, "1", "")}));
    const Scan seen = scan(folder.path());
    ASSERT_THAT(seen.broken, IsEmpty());
    const Stack& stack = seen.studies.at(0).stacks.at(0);
    EXPECT_THAT(stack.unusable_because, IsEmpty());
    ASSERT_THAT(stack.slices, SizeIs(3));
    EXPECT_EQ(stack.slices[0].frame, 1);
    EXPECT_EQ(stack.slices[2].frame, 0);
    EXPECT_EQ(stack.slices[2].position, (PointLps{1.0, 2.0, 6.0}));
    EXPECT_EQ(stack.slices[0].thickness_mm, 3.0);
    EXPECT_EQ(stack.row_spacing_mm, 0.9);
    EXPECT_EQ(plan_volume(stack).passport.verdict, GeometryVerdict::regular);
}

TEST(Scan, SplitsAnEnhancedObjectByStackAndTime)
{
    std::vector<DicomBytes> frames;
    for (const char* time : {"\x01", "\x02"})
        for (const double z_mm : {0.0, 3.0, 6.0})
            frames.push_back(frame_at(z_mm, "1", time));
    frames.push_back(frame_at(50.0, "2", "\x01"));
    frames.push_back(frame_at(53.0, "2", "\x01"));
    const TemporaryFolder folder;
    folder.write("enhanced", enhanced_ct(frames));
    const Scan seen = scan(folder.path());
    ASSERT_THAT(seen.broken, IsEmpty());
    const std::vector<Stack>& stacks = seen.studies.at(0).stacks;
    ASSERT_THAT(stacks, SizeIs(3));
    EXPECT_THAT(stacks[0].slices, SizeIs(3));
    EXPECT_THAT(stacks[1].slices, SizeIs(3));
    EXPECT_THAT(stacks[2].slices, SizeIs(2));
    EXPECT_THAT(stacks[1].part_why, HasSubstr("temporal position 2"));
}

/// A DICOMDIR record of an image.
DicomBytes record_of(const std::string& file_id)
{
    DicomBytes record;
    record.text(0x00041430, "CS", "IMAGE").text(0x00041500, "CS", file_id);
    return record;
}

std::string dicomdir(const std::vector<DicomBytes>& records)
{
    DicomBytes dataset;
    dataset.sequence(0x00041220, records);
    return test::dicom_file(dataset);
}

TEST(Scan, FollowsADicomdirAndReadsNothingElse)
{
    const TemporaryFolder folder;
    write_series(folder, "IMAGES/");
    folder.write("other", test::image_file(slice(7)));
    const std::filesystem::path index = folder.write(
        "DICOMDIR",
        dicomdir({record_of("IMAGES\\file1"), record_of("IMAGES\\file2"), record_of("IMAGES\\GONE")}));
    const Scan seen = scan(index);
    EXPECT_THAT(seen.studies.at(0).stacks.at(0).slices, SizeIs(2));
    ASSERT_THAT(seen.broken, SizeIs(1));
    EXPECT_THAT(seen.broken.front().why, HasSubstr("it is not there"));
}

TEST(Scan, FindsFilesOfADicomdirThatWereCopiedInLowerCase)
{
    const TemporaryFolder folder;
    write_series(folder, "images/");
    const std::filesystem::path index = folder.write("DICOMDIR", dicomdir({record_of("IMAGES\\FILE1")}));
    EXPECT_THAT(scan(index).broken, IsEmpty());
}

TEST(Scan, FollowsNoDicomdirOutOfItsFolder)
{
    const TemporaryFolder folder;
    write_series(folder);
    const std::filesystem::path index = folder.write("disc/DICOMDIR", dicomdir({record_of("..\\file1")}));
    const Scan seen = scan(index);
    EXPECT_THAT(seen.studies, IsEmpty());
    EXPECT_THAT(seen.broken, ElementsAre(testing::Field(&BrokenFile::why, HasSubstr("outside its folder"))));
}

TEST(Scan, OfAFolderWithADicomdirReadsTheFolder)
{
    const TemporaryFolder folder;
    write_series(folder);
    folder.write("DICOMDIR", dicomdir({record_of("file1")}));
    const Scan seen = scan(folder.path());
    EXPECT_THAT(seen.studies.at(0).stacks.at(0).slices, SizeIs(4));
    EXPECT_EQ(seen.not_dicom, 1U);
}

}  // namespace
}  // namespace downstage::dicom
