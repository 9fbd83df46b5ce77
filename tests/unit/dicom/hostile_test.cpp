#include "downstage/core/error.hpp"
#include "downstage/dicom/scan.hpp"

#include "downstage_test/dicom_bytes.hpp"
#include "downstage_test/small_series.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

namespace downstage::dicom {
namespace {

using test::DicomBytes;
using test::ImageFile;
using test::slice;
using test::Syntax;
using test::TemporaryFolder;
using test::write_series;
using testing::HasSubstr;
using testing::SizeIs;

/// Why the one file that holds these bytes is broken; empty where it is not.
std::string broken_because(const std::string& bytes)
{
    const TemporaryFolder folder;
    write_series(folder);
    folder.write("hostile", bytes);
    const Scan seen = scan(folder.path(), {.workers = 1, .progress = {}});
    EXPECT_THAT(seen.studies, SizeIs(1));
    if (seen.broken.empty()) return {};
    EXPECT_EQ(seen.broken.front().file.filename(), "hostile");
    return seen.broken.front().why;
}

/// The most virtual memory the process has held so far.
std::size_t peak_kib()
{
    std::ifstream status{"/proc/self/status"};
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmPeak:")) return std::stoul(line.substr(7));
    return 0;
}

TEST(HostileLengths, AreNamedAndNeverAllocated)
{
    const std::size_t before_kib = peak_kib();
    DicomBytes dataset;
    dataset.text(0x00080060, "CS", "CT").claim(0x00091010, "UN", 0xFFFFFFF8);
    const std::string why = broken_because(test::dicom_file(dataset));
    EXPECT_THAT(why, HasSubstr("(0009,1010)"));
    EXPECT_THAT(why, HasSubstr("claims 4294967288 bytes, but only 0 are left"));
    EXPECT_LT(peak_kib() - before_kib, 1024U * 1024U);  // a quarter of what the element claims
}

TEST(HostileLengths, InsideSequencesAreMeasuredAgainstTheirItem)
{
    DicomBytes inner;
    inner.claim(0x00080100, "SH", 200);
    DicomBytes dataset;
    dataset.sequence(0x00081140, {inner});
    dataset.raw(std::string(100, ' '));
    EXPECT_THAT(broken_because(test::dicom_file(dataset)), HasSubstr("(0008,0100)"));
}

TEST(HostileLengths, InImplicitSequencesAreFoundToo)
{
    DicomBytes inner{Syntax::implicit_little};
    inner.claim(0x00080100, "SH", 0x7FFFFFFF);
    DicomBytes dataset{Syntax::implicit_little};
    dataset.text(0x00080060, "CS", "CT").sequence(0x00081140, {inner});
    EXPECT_THAT(broken_because(test::dicom_file(dataset, "1.2.840.10008.1.2")),
                HasSubstr("claims 2147483647"));
}

TEST(HostileLengths, InsideADeflatedDatasetAreMeasuredAgainstWhatInflates)
{
    DicomBytes dataset;
    dataset.text(0x00080060, "CS", "CT").claim(0x00091010, "UN", 0xFFFFFFF0);
    DicomBytes packed;
    packed.raw(test::deflated(dataset.bytes()));
    EXPECT_THAT(broken_because(test::dicom_file(packed, "1.2.840.10008.1.2.1.99")),
                HasSubstr("claims 4294967280"));
}

TEST(HostileLengths, OfPixelFragmentsAreFoundWithoutReadingThem)
{
    DicomBytes pixels;
    pixels.claim(0x7FE00010, "OB", 0xFFFFFFFF);
    pixels.raw(std::string{"\xFE\xFF\x00\xE0\x00\x00\x00\x00", 8});  // empty offset table
    pixels.raw(std::string{"\xFE\xFF\x00\xE0\x00\x10\x00\x00", 8});  // a fragment of 4096 bytes
    DicomBytes dataset = test::image_header(slice(9));
    dataset.raw(pixels.bytes()).raw(std::string(100, '\0'));
    const std::string why = broken_because(test::dicom_file(dataset, "1.2.840.10008.1.2.4.70"));
    EXPECT_THAT(why, HasSubstr("a fragment of 4096 bytes"));
    EXPECT_THAT(why, HasSubstr("only 100 are left"));
}

TEST(HostileLengths, OfTheMetaHeaderAreFound)
{
    DicomBytes meta;
    meta.claim(0x00020001, "OB", 0xFFFFFFF0);
    EXPECT_THAT(broken_because(std::string(128, '\0') + "DICM" + meta.bytes()), HasSubstr("(0002,0001)"));
}

TEST(BrokenFiles, WithEndlessNestingAreNamed)
{
    DicomBytes dataset;
    for (int n = 0; n < 200; ++n)
        dataset.claim(0x00081140, "SQ", 0xFFFFFFFF).raw(std::string{"\xFE\xFF\x00\xE0\xFF\xFF\xFF\xFF", 8});
    EXPECT_THAT(broken_because(test::dicom_file(dataset)), HasSubstr("nested deeper than"));
}

TEST(BrokenFiles, WithAnUnknownValueRepresentationAreNamed)
{
    DicomBytes dataset;
    dataset.text(0x00080060, "CS", "CT").text(0x00091010, "!!", "anything");
    EXPECT_THAT(broken_because(test::dicom_file(dataset)),
                HasSubstr("no value representation that DICOM knows"));
}

TEST(BrokenFiles, WhosePositionIsNoNumberAreNamed)
{
    ImageFile image = slice(9);
    image.position = "0\\0\\far";
    EXPECT_THAT(broken_because(test::image_file(image)),
                HasSubstr("ImagePositionPatient (0020,0032) is 'far', which is no number"));
}

TEST(BrokenFiles, CutAnywhereInTheHeaderNeverCrashTheScan)
{
    const std::string whole = test::image_file(slice(9));
    const TemporaryFolder folder;
    write_series(folder);
    for (std::size_t length = 0; length < whole.size(); length += 7)
        folder.write("cut" + std::to_string(length), whole.substr(0, length));
    const Scan seen = scan(folder.path());
    for (const Slice& each : seen.studies.at(0).stacks.at(0).slices)
        EXPECT_THAT(each.file.filename().string(), testing::StartsWith("file"));
}

}  // namespace
}  // namespace downstage::dicom
