#include "downstage/core/error.hpp"
#include "downstage/documents/vectors.hpp"

#include "downstage_test/temporary_folder.hpp"
#include "run_verify.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

namespace {

using downstage::Errc;
using downstage::Error;
using downstage::app::Mismatch;
using downstage::app::mismatches;
using downstage::app::run_verify;
using downstage::documents::read_vectors;
using downstage::documents::vector_files;
using downstage::documents::WorkedExample;
using testing::HasSubstr;
using testing::IsEmpty;

/// None when the folder or a file cannot be read; `VectorFolder` says why then.
std::vector<WorkedExample> all_examples()
{
    std::vector<WorkedExample> all;
    try {
        for (const std::filesystem::path& file : vector_files(DOWNSTAGE_VECTORS))
            for (const WorkedExample& example : read_vectors(file).examples)
                all.push_back(example);
    } catch (const Error&) {
        return {};
    }
    return all;
}

std::string test_name(const testing::TestParamInfo<WorkedExample>& info)
{
    std::string name = info.param.file.substr(0, info.param.file.find('.')) + "_" + info.param.id;
    for (char& c : name)
        if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
    return name;
}

class Vector : public testing::TestWithParam<WorkedExample> {};

TEST_P(Vector, Holds)
{
    for (const Mismatch& mismatch : mismatches(GetParam()))
        ADD_FAILURE() << mismatch.fact << ": expected " << mismatch.expected << ", got " << mismatch.got;
}

INSTANTIATE_TEST_SUITE_P(All, Vector, testing::ValuesIn(all_examples()), test_name);

TEST(VectorFolder, HoldsTheFiveFilesAndEachCanBeRead)
{
    const auto files = vector_files(DOWNSTAGE_VECTORS);
    EXPECT_GE(files.size(), 5U);
    for (const std::filesystem::path& file : files)
        EXPECT_THAT(read_vectors(file).unreadable, IsEmpty());
}

/// What `downstage verify` says of one file of this content.
struct Said {
    int status{};
    std::string results, messages;
};

Said verify(const std::string& content)
{
    const downstage::test::TemporaryFolder folder;
    folder.write("a.json", content);
    std::ostringstream results;
    std::ostringstream messages;
    const int status = run_verify({.folder = folder.path()}, results, messages);
    return {.status = status, .results = results.str(), .messages = messages.str()};
}

constexpr const char* one_lesion = R"("baseline": {"targets": [{"id": "T1", "mm": 100}]}, )"
                                   R"("timepoints": [{"day": 56, "targets": {"T1": 70}}])";

TEST(Verify, HoldsWhenEveryValueIsAsExpected)
{
    const Said said = verify(std::string{R"([{"id": "X-1", )"} + one_lesion +
                             R"(, "expect": {"bor": "PR", "pd_day": null, "timepoints": [{"sum": 70}]}}])");
    EXPECT_EQ(said.status, 0);
    EXPECT_EQ(said.results, "1 examples in 1 files: 1 hold, 0 fail\n");
}

TEST(Verify, NamesFileIdExpectedAndGotOfAFailure)
{
    const Said said =
        verify(std::string{R"([{"id": "X-1", )"} + one_lesion + R"(, "expect": {"bor": "SD"}}])");
    EXPECT_EQ(said.status, 1);
    EXPECT_THAT(said.results, HasSubstr("FAIL a.json X-1 expect.bor: expected SD, got PR\n"));
    EXPECT_THAT(said.results, HasSubstr("0 hold, 1 fail"));
}

TEST(Verify, TakesOurExpectBeforeThatOfTheSource)
{
    const Said said = verify(std::string{R"({"vectors": [{"id": "X-1", )"} + one_lesion +
                             R"(, "source_expect": {"bor": "CR"}, "our_expect": {"overall": ["PR"]}}]})");
    EXPECT_EQ(said.status, 0) << said.results;
}

TEST(Verify, FailsOnAnExpectedValueThatDoesNotExist)
{
    const Said said =
        verify(std::string{R"([{"id": "X-1", )"} + one_lesion + R"(, "expect": {"bore": null}}])");
    EXPECT_EQ(said.status, 1);
    EXPECT_THAT(said.results, HasSubstr("no such value"));
}

TEST(Verify, FailsOnAListThatIsLongerThanExpected)
{
    const Said said =
        verify(std::string{R"([{"id": "X-1", )"} + one_lesion + R"(, "expect": {"overall": []}}])");
    EXPECT_EQ(said.status, 1);
}

TEST(Verify, TakesTheBestOfResponsesThatAreGiven)
{
    const Said said = verify(R"([{"id": "X-1", "responses": [[56, "PR"], [84, "NE"], [112, "PR"]],
                                  "options": {"confirm": true, "max_nr_ne": 0}, "our_expect": "SD"}])");
    EXPECT_EQ(said.status, 0) << said.results << said.messages;
}

TEST(Verify, RefusesAnOptionThatIsNotKnownAndRunsTheRest)
{
    const Said said =
        verify(R"([{"id": "X-1", "responses": [], "options": {"confirmed": true}, "expect": "NE"},
                   {"id": "X-2", "responses": [], "expect": "NE"}])");
    EXPECT_EQ(said.status, 2);
    EXPECT_THAT(said.messages, HasSubstr("a.json: X-1: field options.confirmed: this option is not known"));
    EXPECT_THAT(said.results, HasSubstr("1 hold, 0 fail; 1 could not be read"));
}

TEST(Verify, RefusesAFormThatIsNotKnown)
{
    const Said said = verify(R"([{"id": 7, "expect": true}, {"id": "X-1", "what": 1, "expect": true}])");
    EXPECT_EQ(said.status, 2);
    EXPECT_THAT(said.messages, HasSubstr("a.json: 7: field id: wanted is a text"));
    EXPECT_THAT(said.messages,
                HasSubstr("a.json: X-1: field of the example: this form of example is not known"));
}

TEST(Verify, IsAUsageErrorNamingFileIdAndFieldWhenAValueIsNotAsItShouldBe)
{
    const Said said = verify(
        R"([{"id": "X-1", "baseline": {"targets": [{"id": "T1", "mm": "3,5"}]}, "timepoints": [], "expect": {"bor": "NE"}}])");
    EXPECT_EQ(said.status, 2);
    EXPECT_THAT(said.messages, HasSubstr("a.json: X-1: field baseline.targets[0].mm"));
}

TEST(Verify, IsAUsageErrorWhenTheFileIsNoJson)
{
    const Said said = verify("[\n{]");
    EXPECT_EQ(said.status, 2);
    EXPECT_THAT(said.messages, HasSubstr("a.json: line 2: this is not JSON"));
}

TEST(Verify, RefusesAFolderThatIsNotThere)
{
    std::ostringstream ignored;
    try {
        static_cast<void>(run_verify({.folder = "/nowhere/at/all"}, ignored, ignored));
        FAIL() << "nothing was thrown";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), Errc::usage);
        EXPECT_THAT(error.what(), HasSubstr("/nowhere/at/all"));
    }
}

}  // namespace
