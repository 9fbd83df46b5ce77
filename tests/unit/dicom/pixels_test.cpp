#include "downstage/core/error.hpp"
#include "downstage/dicom/read.hpp"

#include "downstage_test/pixel_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

/// What the stored words of a pixel mean. Every expected number follows from the definition by hand.
namespace downstage::dicom {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

LoadedVolume loaded(const test::PixelFile& file)
{
    const test::TemporaryFolder scratch;
    const auto place = test::write_file(scratch.path() / "image.dcm", test::bytes_of(file));
    Stack stack = test::stack_over(place, {file.columns, file.rows, file.frames});
    stack.modality = file.modality;
    return read_volume(stack);
}

std::vector<std::int16_t> values_of(const test::PixelFile& file)
{
    const LoadedVolume volume = loaded(file);
    const auto first = volume.voxels.slice(0);
    return {first.begin(), first.end()};
}

std::string sentence_of(const test::PixelFile& file)
{
    try {
        static_cast<void>(loaded(file));
    } catch (const Error& failure) {
        EXPECT_EQ(failure.code(), Errc::input);
        return failure.what();
    }
    return "no error";
}

TEST(Pixels, UnsignedWordsAreRescaled)
{
    EXPECT_THAT(
        values_of({.bits_stored = 12, .slope = "1", .intercept = "-1024", .words = {0, 1024, 1124, 4095}}),
        ElementsAre(-1024, 0, 100, 3071));
}

TEST(Pixels, SignedTwelveBitsAreSignExtended)
{
    EXPECT_THAT(
        values_of({.bits_stored = 12, .is_signed = true, .words = {0x0FFF, 0x0800 + 1048, 0x07FF, 0x0001}}),
        ElementsAre(-1, -1000, 2047, 1));
}

TEST(Pixels, OverlayBitsAboveTheHighBitAreCutOff)
{
    EXPECT_THAT(values_of({.bits_stored = 12, .words = {0x1064, 0xF064, 0x0064, 0x8000}}),
                ElementsAre(100, 100, 100, 0));
    EXPECT_THAT(values_of({.bits_stored = 12, .is_signed = true, .words = {0x1064, 0xFFFF, 0x1FFF, 0x0FFF}}),
                ElementsAre(100, -1, -1, -1));
}

TEST(Pixels, BitsBelowTheStoredOnesAreCutOff)
{
    EXPECT_THAT(values_of({.bits_stored = 12, .high_bit = 15, .words = {0x0640, 0x064F, 0xFFF0, 0x0000}}),
                ElementsAre(100, 100, 4095, 0));
}

TEST(Pixels, EightBitsAreReadAsBytes)
{
    EXPECT_THAT(values_of({.bits_allocated = 8, .bits_stored = 8, .words = {0, 1, 200, 255}}),
                ElementsAre(0, 1, 200, 255));
    EXPECT_THAT(
        values_of({.bits_allocated = 8, .bits_stored = 8, .is_signed = true, .words = {0, 1, 200, 255}}),
        ElementsAre(0, 1, -56, -1));
}

TEST(Pixels, FractionsOfTheRescaleAreRoundedAndFarValuesClamped)
{
    EXPECT_THAT(values_of({.slope = "0.5", .intercept = "0.1", .words = {1, 2, 3, 4}}),
                ElementsAre(1, 1, 2, 2));  // 0.6, 1.1, 1.6, 2.1
    EXPECT_THAT(
        values_of({.modality = "MR", .slope = "2", .intercept = "0", .words = {1, 16383, 16384, 65535}}),
        ElementsAre(2, 32766, 32767, 32767));
}

TEST(Pixels, PaddingOfACtIsAir)
{
    EXPECT_THAT(values_of({.bits_stored = 12, .intercept = "-1024", .padding = 0, .words = {0, 1, 1024, 24}}),
                ElementsAre(-1024, -1023, 0, -1000));
    // Padding that would otherwise be soft tissue: the attribute alone says that it is none.
    EXPECT_THAT(values_of({.padding = 40, .words = {40, 41, 39, 0}}), ElementsAre(-1024, 41, 39, 0));
    EXPECT_THAT(values_of({.padding = 40, .padding_limit = 50, .words = {40, 45, 50, 51}}),
                ElementsAre(-1024, -1024, -1024, 51));
}

TEST(Pixels, SignedPaddingIsComparedAsASignedNumber)
{
    EXPECT_THAT(values_of({.is_signed = true, .padding = 0xF830, .words = {0xF830, 0xF831, 0, 60}}),
                ElementsAre(-1024, -1024, 0, 60));  // -2000, and -1999 which no tissue has
}

TEST(Pixels, ValuesBelowAnyDensityAreAirInACtOnly)
{
    const std::vector<std::uint16_t> words{0xF430, 0xF830, 0xFBFF, 0xFC18};  // -3024, -2000, -1025, -1000
    EXPECT_THAT(values_of({.is_signed = true, .words = words}), ElementsAre(-1024, -1024, -1025, -1000));
    EXPECT_THAT(values_of({.is_signed = true, .modality = "MR", .words = words}),
                ElementsAre(-3024, -2000, -1025, -1000));
}

TEST(Pixels, Monochrome1LeavesTheDensitiesOfACtAsTheyAre)
{
    EXPECT_THAT(
        values_of({.photometric = "MONOCHROME1", .intercept = "-1024", .words = {1024, 1124, 924, 24}}),
        ElementsAre(0, 100, -100, -1000));
}

TEST(Pixels, Monochrome1WithoutARescaleIsTurnedRoundAndSaid)
{
    const test::PixelFile file{.bits_stored = 12,
                               .photometric = "MONOCHROME1",
                               .modality = "MR",
                               .slope = "",
                               .intercept = "",
                               .words = {0, 95, 4000, 4095}};
    EXPECT_THAT(values_of(file), ElementsAre(4095, 4000, 95, 0));
    ASSERT_EQ(loaded(file).notices.size(), 1U);
    EXPECT_THAT(loaded(file).notices.front().text, HasSubstr("MONOCHROME1"));
}

TEST(Pixels, ModalityLutIsRefusedUnlessThereIsARescale)
{
    test::PixelFile file{.slope = "", .intercept = "", .has_modality_lut = true, .words = {1, 2, 3, 4}};
    EXPECT_THAT(sentence_of(file), testing::AllOf(HasSubstr("image.dcm"), HasSubstr("Modality LUT")));
    file.slope = "1";
    EXPECT_THAT(values_of(file), ElementsAre(1, 2, 3, 4));
}

TEST(Pixels, TooFewBytesAreRefusedWithBothNumbers)
{
    const std::string sentence = sentence_of({.rows = 2, .words = {1, 2, 3, 4, 5}});
    EXPECT_THAT(sentence,
                testing::AllOf(HasSubstr("image.dcm"), HasSubstr("10 bytes"), HasSubstr("16 are needed")));
}

TEST(Pixels, ImpossibleBitsAreRefused)
{
    EXPECT_THAT(sentence_of({.bits_allocated = 32, .words = {1, 2, 3, 4, 5, 6, 7, 8}}), HasSubstr("32 bits"));
    EXPECT_THAT(sentence_of({.bits_stored = 12, .high_bit = 10, .words = {1, 2, 3, 4}}),
                HasSubstr("HighBit"));
    EXPECT_THAT(sentence_of({.bits_stored = 17, .words = {1, 2, 3, 4}}), HasSubstr("BitsStored"));
}

TEST(Pixels, ColourIsRefused)
{
    EXPECT_THAT(sentence_of({.photometric = "PALETTE COLOR", .words = {1, 2, 3, 4}}),
                HasSubstr("PALETTE COLOR"));
}

TEST(Pixels, ARescaleSlopeOfZeroIsRefused)
{
    EXPECT_THAT(sentence_of({.slope = "0", .words = {1, 2, 3, 4}}), HasSubstr("RescaleSlope"));
}

}  // namespace
}  // namespace downstage::dicom
