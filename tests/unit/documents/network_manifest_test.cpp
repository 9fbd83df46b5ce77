#include "downstage/core/error.hpp"
#include "downstage/documents/network_manifest.hpp"

#include "downstage_test/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace downstage::documents {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// A manifest with every kind of channel.
const std::string lesion_manifest = R"({
  "schema": "downstage.network/1", "name": "lesion", "version": "1.2", "task": "lesion", "model": "model.onnx",
  "sha256": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
  "input": {
    "name": "image", "pixel_mm": 1.5, "orientation": "rows to posterior, columns to patient left",
    "size_multiple": 32, "least_size": [256, 224], "fixed_size": [256, 128],
    "channels": [
      {"content": "density", "clip_hu": [-50, 400], "subtract": "liver_level", "divide_by": 60, "limit": 2.5},
      {"content": "density", "clip_hu": [0, 255], "subtract": "zero", "divide_by": 255, "limit": null},
      {"content": "liver_mask"}
    ]
  },
  "output": {"name": "prob", "activation": "sigmoid", "meaning": "lesion", "threshold": 0.4},
  "licence": "CC-BY-SA-4.0", "attribution": "A", "training_data": "T", "intended_use": "U", "limits": "L",
  "figures": {"dice": 0.9}, "seed": 7
})";

std::string replaced(std::string text, const std::string& what, const std::string& by)
{
    const std::size_t at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), by);
}

/// The same for the task liver, as far as it can be.
std::string liver_manifest()
{
    std::string text = replaced(lesion_manifest, R"("task": "lesion")", R"("task": "liver")");
    text = replaced(text, R"("meaning": "lesion")", R"("meaning": "liver")");
    text = replaced(text, R"("fixed_size": [256, 128])", R"("fixed_size": null)");
    text = replaced(text, "liver_level", "zero");
    return replaced(text, ",\n      {\"content\": \"liver_mask\"}", "");
}

std::string refusal(const std::string& text)
{
    const test::TemporaryFolder folder;
    const std::filesystem::path file = folder.write("manifest.json", text);
    try {
        static_cast<void>(read_network_manifest(folder.path()));
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), Errc::usage);
        EXPECT_THAT(error.what(), HasSubstr("'" + file.string() + "'"));
        return error.what();
    }
    return "nothing was refused";
}

std::string refusal(const std::string& what, const std::string& by)
{
    return refusal(replaced(lesion_manifest, what, by));
}

NetworkManifest read(const std::string& text)
{
    const test::TemporaryFolder folder;
    folder.write("manifest.json", text);
    return read_network_manifest(folder.path());
}

TEST(ReadNetworkManifest, ReadsWhatThePackageSaysOfItself)
{
    const NetworkManifest manifest = read(lesion_manifest);
    EXPECT_EQ(manifest.name + manifest.version, "lesion1.2");
    EXPECT_EQ(manifest.task, NetworkTask::lesion);
    EXPECT_EQ(manifest.sha256.substr(0, 8), "01234567");
    EXPECT_EQ(manifest.licence, "CC-BY-SA-4.0");
    EXPECT_EQ(manifest.attribution + manifest.training_data + manifest.intended_use + manifest.limits,
              "ATUL");
}

TEST(ReadNetworkManifest, FindsTheModelBesideItself)
{
    const test::TemporaryFolder folder;
    folder.write("manifest.json", lesion_manifest);
    EXPECT_EQ(read_network_manifest(folder.path()).model, folder.path() / "model.onnx");
}

TEST(ReadNetworkManifest, ReadsInputAndOutput)
{
    const NetworkManifest manifest = read(lesion_manifest);
    EXPECT_EQ(manifest.input.name, "image");
    EXPECT_EQ(manifest.input.pixel_mm, 1.5);
    EXPECT_EQ(manifest.input.size_multiple, 32);
    EXPECT_THAT(manifest.input.least_size, ElementsAre(256, 224));
    ASSERT_TRUE(manifest.input.fixed_size);
    EXPECT_THAT(*manifest.input.fixed_size, ElementsAre(256, 128));
    EXPECT_EQ(manifest.output.name, "prob");
    EXPECT_TRUE(manifest.output.needs_sigmoid);
    EXPECT_EQ(manifest.output.threshold, 0.4);
}

TEST(ReadNetworkManifest, ReadsChannelsInTheirOrder)
{
    const auto channels = read(lesion_manifest).input.channels;
    ASSERT_EQ(channels.size(), 3U);
    EXPECT_THAT(channels[0].clip_hu, ElementsAre(-50.0, 400.0));
    EXPECT_TRUE(channels[0].subtract_liver_level);
    EXPECT_EQ(channels[0].divide_by, 60.0);
    EXPECT_EQ(channels[0].limit, 2.5);
    EXPECT_FALSE(channels[1].subtract_liver_level);
    EXPECT_EQ(channels[1].limit, std::nullopt);
    EXPECT_EQ(channels[2].content, NetworkChannel::Content::liver_mask);
}

TEST(ReadNetworkManifest, ReadsALiverNetworkThatSeesTheWholeSlice)
{
    const NetworkManifest manifest = read(liver_manifest());
    EXPECT_EQ(manifest.task, NetworkTask::liver);
    EXPECT_FALSE(manifest.input.fixed_size);
}

TEST(ReadNetworkManifest, RefusesAFolderWithoutManifest)
{
    EXPECT_THROW(static_cast<void>(read_network_manifest("/nowhere")), Error);
    const test::TemporaryFolder folder;
    EXPECT_THROW(static_cast<void>(read_network_manifest(folder.path())), Error);
}

TEST(ReadNetworkManifest, RefusesWhatIsNotAJsonObject)
{
    EXPECT_THAT(refusal(lesion_manifest.substr(0, 300)), HasSubstr("this is not JSON"));
    EXPECT_THAT(refusal(""), HasSubstr("this is not JSON"));
    EXPECT_THAT(refusal("[1, 2]"), HasSubstr("its JSON is not an object"));
}

TEST(ReadNetworkManifest, RefusesAnotherSchema)
{
    EXPECT_THAT(refusal("network/1", "network/2"),
                HasSubstr(R"(field schema must be "downstage.network/1")"));
}

TEST(ReadNetworkManifest, RefusesATaskItDoesNotKnow)
{
    EXPECT_THAT(refusal(R"("task": "lesion")", R"("task": "spleen")"),
                HasSubstr(R"(field task must be "liver" or "lesion")"));
}

TEST(ReadNetworkManifest, NamesAFieldThatIsMissing)
{
    for (const std::string name : {"version", "model", "sha256", "licence", "limits"})
        EXPECT_THAT(refusal("\"" + name + "\":", "\"x\":"), HasSubstr("field " + name + " is missing"));
    EXPECT_THAT(refusal("\"pixel_mm\":", "\"x\":"), HasSubstr("field input.pixel_mm is missing"));
    EXPECT_THAT(refusal("\"threshold\":", "\"x\":"), HasSubstr("field output.threshold is missing"));
    EXPECT_THAT(refusal("\"clip_hu\":", "\"x\":"), HasSubstr("field input.channels[0].clip_hu is missing"));
}

TEST(ReadNetworkManifest, NamesAFieldOfAnotherKind)
{
    EXPECT_THAT(refusal("\"pixel_mm\": 1.5", "\"pixel_mm\": \"1.5\""),
                HasSubstr("field input.pixel_mm must be a number between 0.1 and 20"));
    EXPECT_THAT(refusal("\"size_multiple\": 32", "\"size_multiple\": 32.5"),
                HasSubstr("field input.size_multiple must be a whole number between 1 and 256"));
    EXPECT_THAT(refusal("[256, 224]", "[256]"),
                HasSubstr("field input.least_size must be a list of two numbers"));
    EXPECT_THAT(refusal("\"image\"", "\"\""), HasSubstr("field input.name must be a text that is not empty"));
    EXPECT_THAT(refusal(R"({"content": "liver_mask"})", "7"),
                HasSubstr("field input.channels[2] must be an object"));
}

TEST(ReadNetworkManifest, RefusesValuesThatCannotBe)
{
    EXPECT_THAT(refusal("1.5", "0"), HasSubstr("input.pixel_mm"));
    EXPECT_THAT(refusal("[256, 224]", "[256, 100000]"), HasSubstr("input.least_size[1]"));
    EXPECT_THAT(refusal("[-50, 400]", "[400, 400]"),
                HasSubstr("field input.channels[0].clip_hu must hold the lower value first"));
    EXPECT_THAT(refusal("\"divide_by\": 60", "\"divide_by\": 0"), HasSubstr("input.channels[0].divide_by"));
    EXPECT_THAT(refusal("\"threshold\": 0.4", "\"threshold\": 40"), HasSubstr("output.threshold"));
    EXPECT_THAT(refusal("0123456789abcdef", "0123456789ABCDEF"), HasSubstr("64 lower-case hex digits"));
}

TEST(ReadNetworkManifest, RefusesAnotherOrientationThanTheOneItTurnsVolumesTo)
{
    EXPECT_THAT(refusal("rows to posterior", "rows to anterior"),
                HasSubstr("field input.orientation must be"));
}

TEST(ReadNetworkManifest, RefusesAModelOutsideItsPackage)
{
    for (const std::string name : {"../model.onnx", "/etc/passwd", ".."})
        EXPECT_THAT(refusal("\"model.onnx\"", "\"" + name + "\""), HasSubstr("a file beside manifest.json"));
}

TEST(ReadNetworkManifest, RefusesNoChannelsAndTooMany)
{
    const std::size_t begin = lesion_manifest.find("{\"content\": \"density\"");
    const std::size_t end = lesion_manifest.find("\n    ]");
    const auto with = [&](const std::string& channels) {
        return lesion_manifest.substr(0, begin) + channels + lesion_manifest.substr(end);
    };
    EXPECT_THAT(refusal(with("")), HasSubstr("a number of entries between 1 and 8"));
    std::string nine = "{\"content\": \"liver_mask\"}";
    for (int n = 0; n < 8; ++n)
        nine += ",{\"content\": \"liver_mask\"}";
    EXPECT_THAT(refusal(with(nine)), HasSubstr("a number of entries between 1 and 8"));
}

TEST(ReadNetworkManifest, RefusesALiverNetworkThatNeedsTheLiver)
{
    EXPECT_THAT(refusal(replaced(liver_manifest(), "\"fixed_size\": null", "\"fixed_size\": [64, 64]")),
                HasSubstr("input.fixed_size"));
    EXPECT_THAT(refusal(replaced(liver_manifest(), "\"zero\"", "\"liver_level\"")),
                HasSubstr("input.channels[0].subtract"));
    EXPECT_THAT(
        refusal(replaced(liver_manifest(), "\"content\": \"density\"", "\"content\": \"liver_mask\"")),
        HasSubstr("input.channels[0].content"));
}

TEST(ReadNetworkManifest, RefusesAMeaningThatIsNotTheTask)
{
    EXPECT_THAT(refusal(R"("meaning": "lesion")", R"("meaning": "liver")"),
                HasSubstr(R"(field output.meaning must be "lesion")"));
}

}  // namespace
}  // namespace downstage::documents
