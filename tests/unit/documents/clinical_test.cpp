#include "downstage/core/error.hpp"
#include "downstage/documents/clinical.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

namespace downstage::documents {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::string patient = "SECRET-7";

class ReadClinical : public testing::Test {
protected:
    [[nodiscard]] static std::filesystem::path file_with(const std::string& text)
    {
        const std::filesystem::path file =
            std::filesystem::path{testing::TempDir()} /
            (std::string{"clinical-"} + testing::UnitTest::GetInstance()->current_test_info()->name());
        std::ofstream{file, std::ios::binary} << text;
        return file;
    }
    [[nodiscard]] static ClinicalFacts facts(const std::string& text)
    {
        return read_clinical(file_with(text), patient);
    }
    [[nodiscard]] static std::string refusal(const std::string& text)
    {
        const std::filesystem::path file = file_with(text);
        try {
            static_cast<void>(read_clinical(file, patient));
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), Errc::usage);
            EXPECT_THAT(error.what(), AllOf(HasSubstr(file.string()), Not(HasSubstr(patient))));
            return error.what();
        }
        return "nothing was refused";
    }
};

TEST_F(ReadClinical, TakesAJsonObject)
{
    const ClinicalFacts found =
        facts(R"({"macrovascular_invasion": false, "extrahepatic_disease": true, "afp": 12})");
    EXPECT_EQ(found.macrovascular_invasion, false);
    EXPECT_EQ(found.extrahepatic_disease, true);
}

TEST_F(ReadClinical, TakesTextAndNumbersForYesAndNoInJson)
{
    const ClinicalFacts found = facts(R"({"macrovascular_invasion": "No", "extrahepatic_spread": 1})");
    EXPECT_EQ(found.macrovascular_invasion, false);
    EXPECT_EQ(found.extrahepatic_disease, true);
}

TEST_F(ReadClinical, LeavesUnknownWhatIsNullEmptyOrAbsent)
{
    EXPECT_EQ(facts(R"({"macrovascular_invasion": null, "extrahepatic_disease": ""})"), ClinicalFacts{});
    EXPECT_EQ(facts("{}"), ClinicalFacts{});
    EXPECT_EQ(facts("macrovascular_invasion,extrahepatic_disease\n,\n"), ClinicalFacts{});
}

TEST_F(ReadClinical, TakesACsvOfOneRow)
{
    const ClinicalFacts found = facts("macrovascular_invasion,extrahepatic_disease\nno,yes\n");
    EXPECT_EQ(found.macrovascular_invasion, false);
    EXPECT_EQ(found.extrahepatic_disease, true);
}

TEST_F(ReadClinical, ToleratesAByteOrderMarkAndCarriageReturns)
{
    const ClinicalFacts found = facts("\xEF\xBB\xBFmacrovascular_invasion,extrahepatic_disease\r\n1,0\r\n");
    EXPECT_EQ(found.macrovascular_invasion, true);
    EXPECT_EQ(found.extrahepatic_disease, false);
}

TEST_F(ReadClinical, ChoosesTheRowOfThePatient)
{
    const ClinicalFacts found =
        facts("patient_id,note,macrovascular_invasion\nOTHER,\"a, b\",yes\nSECRET-7,\"c\nd\",no\n");
    EXPECT_EQ(found.macrovascular_invasion, false);
    EXPECT_EQ(found.extrahepatic_disease, std::nullopt);
}

TEST_F(ReadClinical, RefusesAnAnswerThatIsNeitherYesNorNoAndNamesLineAndField)
{
    EXPECT_THAT(refusal("patient_id,macrovascular_invasion\nSECRET-7,\"3,5\"\n"),
                AllOf(HasSubstr("line 2"), HasSubstr("macrovascular_invasion"), Not(HasSubstr("3,5"))));
    EXPECT_THAT(refusal(R"({"extrahepatic_spread": 2})"), HasSubstr("extrahepatic_spread"));
    EXPECT_THAT(refusal(R"({"extrahepatic_disease": [true]})"), HasSubstr("extrahepatic_disease"));
}

TEST_F(ReadClinical, RefusesWhatIsWrittenOfAnotherPatient)
{
    EXPECT_THAT(refusal("patient_id,macrovascular_invasion\nOTHER,no\n"), HasSubstr("patient_id"));
    EXPECT_THAT(refusal(R"({"patient_id": "OTHER", "macrovascular_invasion": false})"),
                HasSubstr("patient_id"));
}

TEST_F(ReadClinical, RefusesTwoRowsOfOnePatientAndNamesThem)
{
    EXPECT_THAT(refusal("patient_id,macrovascular_invasion\nSECRET-7,no\nX,no\nSECRET-7,yes\n"),
                HasSubstr("lines 2 and 4"));
}

TEST_F(ReadClinical, RefusesSeveralRowsWithoutAPatientColumn)
{
    EXPECT_THAT(refusal("macrovascular_invasion\nno\nyes\n"), HasSubstr("patient_id"));
}

TEST_F(ReadClinical, RefusesAContradictionBetweenTheTwoNamesOfOneFact)
{
    EXPECT_THAT(refusal(R"({"extrahepatic_disease": true, "extrahepatic_spread": false})"),
                HasSubstr("contradict"));
}

TEST_F(ReadClinical, RefusesARowWithAnotherNumberOfFieldsAndNamesItsLine)
{
    EXPECT_THAT(refusal("patient_id,macrovascular_invasion\nOTHER,no\nSECRET-7,no,yes\n"),
                HasSubstr("line 3"));
}

TEST_F(ReadClinical, RefusesColumnsSetApartBySemicolons)
{
    EXPECT_THAT(refusal("patient_id;macrovascular_invasion\nSECRET-7;no\n"), HasSubstr("semicolons"));
}

TEST_F(ReadClinical, RefusesBrokenJsonWithItsLineAndNothingOfItsText)
{
    EXPECT_THAT(refusal("{\"patient_id\": \"SECRET-7\",\n \"macrovascular_invasion\": maybe SECRET-7}"),
                HasSubstr("line 2"));
}

TEST_F(ReadClinical, RefusesAQuotationMarkThatIsNeverClosed)
{
    EXPECT_THAT(refusal("patient_id,macrovascular_invasion\nSECRET-7,\"no\n"), HasSubstr("line 2"));
}

TEST_F(ReadClinical, RefusesAnEmptyFileAndAHeaderAlone)
{
    EXPECT_THAT(refusal(" \n"), HasSubstr("empty"));
    EXPECT_THAT(refusal("macrovascular_invasion\n"), HasSubstr("header"));
}

TEST_F(ReadClinical, RefusesAFileThatIsNotThere)
{
    const std::filesystem::path absent = std::filesystem::path{testing::TempDir()} / "no-such-clinical.json";
    EXPECT_THROW(static_cast<void>(read_clinical(absent, patient)), Error);
}

TEST_F(ReadClinical, RefusesAFolder)
{
    EXPECT_THROW(static_cast<void>(read_clinical(testing::TempDir(), patient)), Error);
}

}  // namespace
}  // namespace downstage::documents
