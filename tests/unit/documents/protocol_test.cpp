#include "downstage/core/error.hpp"
#include "downstage/documents/protocol.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace downstage::documents {
namespace {

std::filesystem::path file_with(const std::string& text)
{
    const std::filesystem::path file =
        std::filesystem::path{testing::TempDir()} /
        (std::string{"protocol-"} + testing::UnitTest::GetInstance()->current_test_info()->name());
    std::ofstream{file, std::ios::binary} << text;
    return file;
}

std::string refusal(const std::string& text)
{
    try {
        static_cast<void>(read_protocol(file_with(text)));
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), Errc::usage);
        return error.what();
    }
    return "";
}

TEST(ReadProtocol, ReadsBackWhatItWrites)
{
    ConversionProtocol protocol;
    protocol.min_cycles = std::nullopt;
    protocol.responses = {Response::stable};
    protocol.size_rule = std::nullopt;
    protocol.child_pugh = {};
    protocol.max_afp_ng_ml = 499.9;
    protocol.response_rule = ResponseRule::mrecist;
    EXPECT_EQ(read_protocol(file_with(protocol_json(protocol))), protocol);
}

TEST(ReadProtocol, KeepsTheDefaultOfWhatIsLeftOut)
{
    EXPECT_EQ(read_protocol(file_with(R"({"schema": "downstage.protocol/1"})")), ConversionProtocol{});
}

TEST(ReadProtocol, RefusesWhatItDoesNotKnowAndNamesTheField)
{
    using testing::HasSubstr;
    EXPECT_THAT(refusal(R"({"schema": "downstage.protocol/1", "max_ecg": 1})"), HasSubstr("max_ecg"));
    EXPECT_THAT(refusal(R"({"schema": "downstage.protocol/1", "hold_weeks": 1.5})"), HasSubstr("hold_weeks"));
    EXPECT_THAT(refusal(R"({"schema": "downstage.protocol/1", "size_rule": "x"})"), HasSubstr("size_rule"));
    EXPECT_THAT(refusal(R"({"name": "x"})"), HasSubstr("schema"));
    EXPECT_THAT(refusal("{"), HasSubstr("JSON"));
}

}  // namespace
}  // namespace downstage::documents
