#include "downstage/core/error.hpp"
#include "downstage/dicom/unpacked.hpp"

#include "downstage_test/pixel_file.hpp"
#include "downstage_test/zip_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>

namespace downstage::dicom {
namespace {

using test::ZipEntry;
using testing::HasSubstr;

std::string contents(const std::filesystem::path& file)
{
    std::ifstream stream{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{stream}, {}};
}

class Unpacked : public testing::Test {
protected:
    std::filesystem::path zip(const std::vector<ZipEntry>& entries)
    {
        return test::write_file(scratch_.path() / "study.zip", test::zip_of(entries));
    }

    /// The sentence with which a zip is refused; also that nothing is left behind in the temporary folder.
    std::string refusal(const std::filesystem::path& file, const UnpackLimits& limits = {})
    {
        const std::filesystem::path temporary = scratch_.path() / "tmp";
        std::filesystem::create_directories(temporary);
        const char* const before = std::getenv("TMPDIR");  // NOLINT(concurrency-mt-unsafe): one thread
        const std::string kept = before == nullptr ? "/tmp" : before;
        ::setenv("TMPDIR", temporary.c_str(), 1);  // NOLINT(concurrency-mt-unsafe): one thread
        std::string sentence = "no error";
        try {
            static_cast<void>(unpack(file, limits));
        } catch (const Error& failure) {
            EXPECT_EQ(failure.code(), Errc::input);
            sentence = failure.what();
        }
        ::setenv("TMPDIR", kept.c_str(), 1);  // NOLINT(concurrency-mt-unsafe): one thread
        EXPECT_TRUE(std::filesystem::is_empty(temporary)) << "left behind by: " << sentence;
        return sentence;
    }

    [[nodiscard]] std::filesystem::path folder() const { return scratch_.path(); }

private:
    test::TemporaryFolder scratch_;
};

TEST_F(Unpacked, FilesAndFoldersComeOutAsTheyWentIn)
{
    const UnpackedFolder out = unpack(zip({{"a/b/one.dcm", "first"}, {"two", "second"}, {"empty/", ""}}));
    EXPECT_EQ(contents(out.path() / "a" / "b" / "one.dcm"), "first");
    EXPECT_EQ(contents(out.path() / "two"), "second");
    EXPECT_TRUE(std::filesystem::is_directory(out.path() / "empty"));
}

TEST_F(Unpacked, TheFolderIsForItsOwnerOnly)
{
    const UnpackedFolder out = unpack(zip({{"one", "1"}}));
    EXPECT_EQ(std::filesystem::status(out.path()).permissions(), std::filesystem::perms::owner_all);
}

TEST_F(Unpacked, TheFolderGoesWithItsLastOwner)
{
    std::filesystem::path place;
    {
        UnpackedFolder first = unpack(zip({{"one", "1"}}));
        place = first.path();
        const UnpackedFolder second = std::move(first);
        EXPECT_TRUE(std::filesystem::exists(place / "one"));
    }
    EXPECT_FALSE(std::filesystem::exists(place));
}

TEST_F(Unpacked, PathsThatLeaveTheFolderAreRefused)
{
    for (const char* name :
         {"../escaped", "a/../../escaped", "/escaped", "a\\..\\..\\escaped", "C:\\escaped"})
        EXPECT_THAT(refusal(zip({{"fine", "1"}, {name, "2"}})),
                    testing::AllOf(HasSubstr("study.zip"), HasSubstr("outside")))
            << name;
    EXPECT_FALSE(std::filesystem::exists(folder() / "escaped"));
}

TEST_F(Unpacked, ANameWithDotsInItIsNoEscape)
{
    const UnpackedFolder out = unpack(zip({{"a..b/..c", "1"}}));
    EXPECT_EQ(contents(out.path() / "a..b" / "..c"), "1");
}

TEST_F(Unpacked, LinksAndDevicesAreRefused)
{
    constexpr std::uint32_t symbolic_link = 0120777;  // POSIX file modes, as Info-ZIP stores them
    constexpr std::uint32_t character_device = 0020666;
    EXPECT_THAT(refusal(zip({{.name = "link", .bytes = "/etc/passwd", .mode = symbolic_link}})),
                HasSubstr("link"));
    EXPECT_THAT(refusal(zip({{.name = "dev", .bytes = "", .mode = character_device}})), HasSubstr("device"));
}

TEST_F(Unpacked, AnEncryptedZipIsRefusedByTheWordPassword)
{
    EXPECT_THAT(refusal(zip({{.name = "one", .bytes = "0123456789abcdef", .is_encrypted = true}})),
                HasSubstr("password"));
}

TEST_F(Unpacked, LimitsHoldWhileUnpacking)
{
    const auto two = zip({{"one", std::string(600, 'x')}, {"two", std::string(600, 'y')}});
    EXPECT_THAT(refusal(two, {.total_bytes = 1000}), HasSubstr("1000 bytes"));
    EXPECT_EQ(refusal(two, {.total_bytes = 1200}), "no error");
    EXPECT_THAT(refusal(two, {.entries = 1}), HasSubstr("more than 1 files"));
    EXPECT_EQ(refusal(two, {.entries = 2}), "no error");
}

TEST_F(Unpacked, ABombIsRefusedByItsRatio)
{
    // With the fixed codes, 258 zeros take 13 bits: 158 to 1. The rule starts at 64 MiB.
    constexpr std::uint32_t size = 70U << 20U;
    EXPECT_THAT(refusal(zip({{.name = "bomb", .bytes = {}, .zeros = size}}), {.ratio = 100.0}),
                HasSubstr("100 times its size"));
}

TEST_F(Unpacked, ADamagedZipAndAnotherFormatAreRefused)
{
    std::string bytes = test::zip_of({{"one", std::string(600, 'x')}});
    const auto cut = test::write_file(folder() / "cut.zip", bytes.substr(0, bytes.size() / 2));
    EXPECT_THAT(refusal(cut), HasSubstr("cut.zip"));
    bytes[100] = 'z';  // inside the stored bytes: the checksum tells
    EXPECT_THAT(refusal(test::write_file(folder() / "changed.zip", bytes)), HasSubstr("changed.zip"));
    EXPECT_THAT(refusal(test::write_file(folder() / "text.zip", "no zip at all")), HasSubstr("text.zip"));
    EXPECT_THAT(refusal(folder() / "absent.zip"), HasSubstr("absent.zip"));
}

TEST_F(Unpacked, AnEntryThatComesTwiceIsRefused)
{
    EXPECT_THAT(refusal(zip({{"one", "1"}, {"one", "2"}})), HasSubstr("twice"));
}

}  // namespace
}  // namespace downstage::dicom
