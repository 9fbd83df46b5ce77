#include "downstage/core/error.hpp"
#include "downstage/pipeline/networks.hpp"

#include "downstage_test/network_packages.hpp"
#include "downstage_test/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace downstage::pipeline {
namespace {

using downstage_test::small_package;
using test::TemporaryFolder;
using testing::AllOf;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using Use = ModelChoice::Use;

void add_package(const TemporaryFolder& folder, const std::string& package, const std::string& as)
{
    std::filesystem::create_directories(folder.path() / as);
    for (const char* file : {"manifest.json", "model.onnx"})
        std::filesystem::copy(small_package(package) / file, folder.path() / as / file);
}

std::string refusal(const ModelChoice& choice)
{
    try {
        static_cast<void>(load_networks(choice));
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), Errc::usage);
        EXPECT_THAT(error.what(), HasSubstr("--model none"));
        return error.what();
    }
    return "nothing was refused";
}

TEST(LoadNetworks, LoadsNoneWhenNoneAreWanted)
{
    const Networks networks = load_networks({.use = Use::none, .shipped_in = {small_package("")}});
    EXPECT_FALSE(networks.liver || networks.lesion);
    EXPECT_THAT(networks.notices, IsEmpty());
}

TEST(LoadNetworks, TakesOnePackage)
{
    const Networks networks = load_networks({.use = Use::given, .folder = small_package("lesion")});
    ASSERT_TRUE(networks.lesion);
    EXPECT_EQ(networks.lesion->manifest().name, "small-lesion");
    EXPECT_FALSE(networks.liver);
    EXPECT_THAT(networks.notices,
                ElementsAre(AllOf(Field(&Notice::severity, Severity::warning),
                                  Field(&Notice::text, HasSubstr("there is no liver network in '")))));
}

TEST(LoadNetworks, TakesAFolderOfPackagesWithWhateverElseIsInIt)
{
    const TemporaryFolder folder;
    add_package(folder, "liver", "a");
    add_package(folder, "lesion", "b");
    folder.write("notes/readme.txt", "nothing");
    folder.write("licence.txt", "nothing");
    const Networks networks = load_networks({.use = Use::given, .folder = folder.path()});
    EXPECT_TRUE(networks.liver && networks.lesion);
    EXPECT_THAT(networks.notices, IsEmpty());
}

TEST(LoadNetworks, TakesTheFirstShippedFolderThatHoldsPackages)
{
    const TemporaryFolder empty;
    const TemporaryFolder folder;
    add_package(folder, "liver", "liver");
    const Networks networks =
        load_networks({.shipped_in = {"/nowhere", empty.path(), folder.path(), small_package("lesion")}});
    EXPECT_TRUE(networks.liver);
    EXPECT_FALSE(networks.lesion);
    EXPECT_THAT(networks.notices,
                ElementsAre(AllOf(Field(&Notice::severity, Severity::note),
                                  Field(&Notice::text, HasSubstr("no lesion network")))));
}

TEST(LoadNetworks, WorksWithoutAndSaysSoWhenNoneAreShipped)
{
    const Networks networks = load_networks({.shipped_in = {"/nowhere"}});
    EXPECT_FALSE(networks.liver || networks.lesion);
    EXPECT_THAT(networks.notices,
                ElementsAre(Field(&Notice::text, HasSubstr("no liver network beside the program")),
                            Field(&Notice::text, HasSubstr("no lesion network beside the program"))));
}

TEST(LoadNetworks, RefusesAFolderThatIsNotThere)
{
    EXPECT_THAT(refusal({.use = Use::given, .folder = "/nowhere"}),
                AllOf(HasSubstr("'/nowhere'"), HasSubstr("cannot be opened")));
}

TEST(LoadNetworks, RefusesAFolderWithoutPackages)
{
    const TemporaryFolder folder;
    EXPECT_THAT(refusal({.use = Use::given, .folder = folder.path()}),
                AllOf(HasSubstr("'" + folder.path().string() + "'"), HasSubstr("holds no package")));
}

TEST(LoadNetworks, RefusesTwoPackagesOfOneTask)
{
    const TemporaryFolder folder;
    add_package(folder, "liver", "first");
    add_package(folder, "liver", "second");
    EXPECT_THAT(refusal({.use = Use::given, .folder = folder.path()}),
                AllOf(HasSubstr("first/model.onnx"),
                      HasSubstr("second/model.onnx"),
                      HasSubstr("both have the task liver")));
}

TEST(LoadNetworks, RefusesAChangedModel)
{
    const TemporaryFolder folder;
    add_package(folder, "liver", "liver");
    folder.write("liver/model.onnx", "another");
    EXPECT_THAT(refusal({.use = Use::given, .folder = folder.path()}), HasSubstr("was cut or changed"));
    EXPECT_THAT(refusal({.shipped_in = {folder.path()}}), HasSubstr("was cut or changed"));
}

TEST(NetworkText, NamesVersionAndSum)
{
    EXPECT_EQ(network_text({.name = "liver", .version = "1.0", .sha256 = std::string(64, 'a')}),
              "liver 1.0 (aaaaaaaaaaaa)");
}

}  // namespace
}  // namespace downstage::pipeline
