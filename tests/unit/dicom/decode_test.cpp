#include "downstage/core/error.hpp"
#include "downstage/dicom/read.hpp"

#include "downstage_test/pixel_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numeric>
#include <string>

/// The same ten frames in every transfer syntax (testdata/dicom/codecs/README.md) must be the same voxels.
namespace downstage::dicom {
namespace {

std::filesystem::path codec_file(const std::string& name)
{
    return std::filesystem::path{DOWNSTAGE_TESTDATA} / "dicom" / "codecs" / (name + ".dcm");
}

Volume volume_of(const std::string& name, const Size& frames = {64, 64, 10})
{
    return read_volume(test::stack_over(codec_file(name), frames)).voxels;
}

/// The pixels of the uncompressed file, which are its last bytes, taken without any library.
std::vector<std::int16_t> words_at_the_end(const std::string& name, std::size_t count)
{
    std::ifstream stream{codec_file(name), std::ios::binary};
    const std::string bytes{std::istreambuf_iterator<char>{stream}, {}};
    std::vector<std::int16_t> words;
    for (std::size_t at = bytes.size() - 2 * count; at < bytes.size(); at += 2)
        words.push_back(static_cast<std::int16_t>(static_cast<unsigned char>(bytes[at]) |
                                                  static_cast<unsigned char>(bytes[at + 1]) << 8U));
    return words;
}

std::int32_t largest_difference(const Volume& a, const Volume& b)
{
    std::int32_t largest = 0;
    for (std::size_t n = 0; n < a.voxels().size(); ++n)
        largest = std::max(largest, std::abs(a.voxels()[n] - b.voxels()[n]));
    return largest;
}

std::string sentence_of(const std::filesystem::path& file, const Size& frames)
{
    try {
        static_cast<void>(read_volume(test::stack_over(file, frames)));
    } catch (const Error& failure) {
        EXPECT_EQ(failure.code(), Errc::input);
        return failure.what();
    }
    return "no error";
}

TEST(Decode, UncompressedFramesAreTheBytesOfTheFile)
{
    const Volume voxels = volume_of("explicit_little");
    EXPECT_THAT(voxels.voxels(),
                testing::ElementsAreArray(words_at_the_end("explicit_little", 64UL * 64 * 10)));
}

class LosslessSyntax : public testing::TestWithParam<const char*> {};

TEST_P(LosslessSyntax, GivesTheVoxelsOfTheUncompressedFile)
{
    EXPECT_EQ(volume_of(GetParam()), volume_of("explicit_little"));
}

INSTANTIATE_TEST_SUITE_P(Decode,
                         LosslessSyntax,
                         testing::Values("implicit_little",
                                         "explicit_big",
                                         "deflated",
                                         "rle",
                                         "jpeg_lossless_p14",
                                         "jpeg_lossless_sv1",
                                         "jpeg_ls_lossless",
                                         "jpeg2000_lossless",
                                         "htj2k_lossless"),
                         [](const auto& param) { return std::string{param.param}; });

TEST(Decode, NearLosslessJpegLsStaysWithinItsPromise)
{
    // NEAR was 2 when the file was made: ISO/IEC 14495-1 promises no pixel to be further off.
    const std::int32_t difference =
        largest_difference(volume_of("jpeg_ls_near_lossless_2"), volume_of("explicit_little"));
    EXPECT_LE(difference, 2);
    EXPECT_GT(difference, 0);  // else the file would not test it
}

TEST(Decode, LossyJpegAtQuality100IsCloseInTwelveAndEightBits)
{
    // At quality 100 every coefficient is quantised by 1, so an error is at most some rounding steps of the
    // 8x8 transform: below 1 for most pixels, a few at worst.
    EXPECT_LE(largest_difference(volume_of("jpeg_extended"), volume_of("explicit_little")), 4);
    const Size four{64, 64, 4};
    EXPECT_LE(largest_difference(volume_of("jpeg_baseline_8_bits", four),
                                 volume_of("explicit_little_8_bits", four)),
              4);
}

TEST(Decode, FramesCanBeAskedForInAnyOrderAndLeftOut)
{
    for (const char* name : {"rle", "jpeg2000_lossless", "explicit_little"}) {
        Stack some = test::stack_over(codec_file(name), {64, 64, 10});
        some.slices.resize(3);
        some.slices[0].frame = 7;
        some.slices[1].frame = 2;
        some.slices[2].frame = 9;
        const Volume all = volume_of("explicit_little");
        const Volume read = read_volume(some).voxels;
        for (const auto& [k, frame] : {std::pair{0, 7}, std::pair{1, 2}, std::pair{2, 9}})
            EXPECT_TRUE(std::ranges::equal(read.slice(k), all.slice(frame))) << name << " frame " << frame;
    }
}

TEST(Decode, RefusesACodestreamThatIsCutShort)
{
    const test::TemporaryFolder scratch;
    for (const char* name : {"jpeg2000_lossless", "jpeg_ls_lossless", "rle", "deflated", "explicit_little"}) {
        const auto cut = scratch.path() / (std::string{name} + ".dcm");
        std::filesystem::copy_file(codec_file(name), cut);
        std::filesystem::resize_file(cut, std::filesystem::file_size(cut) * 3 / 4);
        EXPECT_THAT(sentence_of(cut, {64, 64, 10}), testing::HasSubstr(cut.filename().string()));
    }
}

TEST(Decode, RefusesAFragmentWhoseBytesAreNoCodestream)
{
    const test::TemporaryFolder scratch;
    for (const char* name :
         {"jpeg2000_lossless", "htj2k_lossless", "jpeg_ls_lossless", "jpeg_lossless_sv1"}) {
        const auto noise = scratch.path() / (std::string{name} + ".dcm");
        std::filesystem::copy_file(codec_file(name), noise);
        const auto size = static_cast<std::streamoff>(std::filesystem::file_size(noise));
        std::fstream stream{noise, std::ios::binary | std::ios::in | std::ios::out};
        // Within the first frames: every lossless frame of this image takes 3 to 5 kB.
        stream.seekp(size - 30'000);
        stream << std::string(12'000, 'x');
        stream.close();
        EXPECT_THAT(sentence_of(noise, {64, 64, 10}), testing::HasSubstr(noise.filename().string()));
    }
}

TEST(Decode, MissesNoSequenceDelimiterAtTheEndOfTheFile)
{
    EXPECT_EQ(volume_of("jpeg2000_no_delimiter"), volume_of("explicit_little"));
}

TEST(Decode, ReadsSignedJpegLsOfFifteenBitsOverItsWholeRange)
{
    Stack stack = test::stack_over(codec_file("jpeg_ls_15_bits_signed"), {128, 128, 1});
    const Volume voxels = read_volume(stack).voxels;
    EXPECT_EQ(std::ranges::max(voxels.slice(0)), 16383);
    // By pydicom 3.0 with CharLS. The file has no modality, so its low values are no padding of a CT.
    EXPECT_EQ(std::accumulate(voxels.slice(0).begin(), voxels.slice(0).end(), std::int64_t{0}), -66250735);
}

TEST(Decode, NamesASyntaxThatItCannotDecode)
{
    const test::TemporaryFolder scratch;
    test::PixelFile file{.words = {1, 2, 3, 4}};
    file.transfer_syntax = "1.2.840.10008.1.2.4.100";
    const auto mpeg = test::write_file(scratch.path() / "mpeg.dcm", test::bytes_of(file));
    EXPECT_THAT(sentence_of(mpeg, {4, 1, 1}),
                testing::AllOf(testing::HasSubstr("mpeg.dcm"),
                               testing::HasSubstr("MPEG2"),
                               testing::HasSubstr("1.2.840.10008.1.2.4.100"),
                               testing::HasSubstr("JPEG-LS")));
    file.transfer_syntax = "1.2.840.10008.1.2.4.110";
    const auto xl = test::write_file(scratch.path() / "xl.dcm", test::bytes_of(file));
    EXPECT_THAT(sentence_of(xl, {4, 1, 1}), testing::HasSubstr("JPEG XL Lossless"));
}

TEST(Decode, RefusesUncompressedPixelsUnderACompressedSyntax)
{
    const test::TemporaryFolder scratch;
    test::PixelFile file{.words = {1, 2, 3, 4}};
    for (const char* syntax : {"1.2.840.10008.1.2.5", "1.2.840.10008.1.2.4.90"}) {
        file.transfer_syntax = syntax;
        const auto lie = test::write_file(scratch.path() / "lie.dcm", test::bytes_of(file));
        EXPECT_THAT(sentence_of(lie, {4, 1, 1}), testing::HasSubstr("compressed")) << syntax;
    }
}

}  // namespace
}  // namespace downstage::dicom
