#include "downstage/core/error.hpp"
#include "downstage/inference/network.hpp"

#include "downstage_test/network_packages.hpp"
#include "downstage_test/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace downstage::inference {
namespace {

using downstage_test::small_network;
using testing::AllOf;
using testing::HasSubstr;

/// The sentence a network is refused with; it names the file, and nothing else reaches the terminal.
std::string refusal(const NetworkManifest& manifest)
{
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    std::string sentence = "nothing was refused";
    try {
        const Network network{manifest};
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), Errc::usage);
        EXPECT_THAT(error.what(), HasSubstr("'" + manifest.model.string() + "'"));
        sentence = error.what();
    }
    EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
    return sentence;
}

TEST(Network, KeepsItsManifest)
{
    EXPECT_EQ(Network{small_network("liver")}.manifest().name, "small-liver");
}

TEST(Network, RefusesAModelThatIsNotThere)
{
    NetworkManifest manifest = small_network("liver");
    manifest.model = "/nowhere/model.onnx";
    EXPECT_THAT(refusal(manifest),
                HasSubstr("is not there or cannot be opened; copy the whole package again"));
}

TEST(Network, RefusesAFolderInPlaceOfTheModel)
{
    NetworkManifest manifest = small_network("liver");
    manifest.model = manifest.model.parent_path();
    EXPECT_THAT(refusal(manifest), HasSubstr("cannot be opened"));
}

TEST(Network, RefusesAModelWithAnotherSumThanItsManifestSays)
{
    const test::TemporaryFolder folder;
    NetworkManifest manifest = small_network("liver");
    manifest.model = folder.write("model.onnx", "abc");
    // FIPS 180-4, example of one block.
    constexpr const char* sum_of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    EXPECT_THAT(refusal(manifest),
                AllOf(HasSubstr("was cut or changed"), HasSubstr(sum_of_abc), HasSubstr(manifest.sha256)));
}

TEST(Network, RefusesAFileThatIsNotOnnx)
{
    EXPECT_THAT(refusal(small_network("refused/cut")), HasSubstr("is not an ONNX file"));
}

TEST(Network, RefusesAnOperatorThatOpenCvLacksAndNamesIt)
{
    EXPECT_THAT(refusal(small_network("refused/operator")),
                AllOf(HasSubstr("has an operator that OpenCV"), HasSubstr(": Det;")));
}

TEST(Network, RefusesAGraphThatSaysOneNumberOfASlice)
{
    EXPECT_THAT(refusal(small_network("refused/one_number")),
                HasSubstr("answers 1 x 1 x 1 x 1 numbers to a slice of 1 x 56 x 72 pixels"));
}

TEST(Network, RefusesAGraphOfOneSizeWhereTheManifestPromisesAny)
{
    EXPECT_THAT(
        refusal(small_network("refused/one_size")),
        AllOf(HasSubstr("has 1 x 1 x 64 x 64 numbers as its input"), HasSubstr("promises 1 x 1 x 56 x 72")));
}

TEST(Network, RefusesNamesThatTheGraphDoesNotHave)
{
    NetworkManifest input = small_network("liver");
    input.input.name = "picture";
    EXPECT_THAT(refusal(input), HasSubstr("has no input called 'picture' but one called 'image'"));
    NetworkManifest output = small_network("liver");
    output.output.name = "mask";
    EXPECT_THAT(refusal(output), HasSubstr("has no output called 'mask' but one called 'prob'"));
}

TEST(Network, RefusesAnotherNumberOfChannelsThanTheGraphHas)
{
    NetworkManifest manifest = small_network("liver");
    manifest.input.channels.emplace_back();  // OpenCV itself would take two channels as two groups of one
    EXPECT_THAT(refusal(manifest),
                AllOf(HasSubstr("has any x 1 x any x any numbers"), HasSubstr("promises 1 x 2 x 56 x 72")));
}

TEST(Network, RefusesSizesThatTheGraphCannotTake)
{
    NetworkManifest manifest =
        small_network("liver");  // its levels are joined again, which needs multiples of 8
    manifest.input.size_multiple = 4;
    EXPECT_THAT(refusal(manifest), HasSubstr("does not take the 1 x 52 x 68 pixels"));
    manifest.input.size_multiple = 1;
    EXPECT_THAT(refusal(manifest),
                HasSubstr("answers 1 x 1 x 48 x 64 numbers to a slice of 1 x 49 x 65 pixels"));
}

TEST(Network, RefusesLogitsThatAreSaidToBeProbabilities)
{
    NetworkManifest manifest = small_network("lesion");
    manifest.output.needs_sigmoid = false;
    EXPECT_THAT(refusal(manifest), HasSubstr("beyond 0..1"));
}

}  // namespace
}  // namespace downstage::inference
