#include "downstage/documents/measurements.hpp"

#include "downstage_test/study_reports.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <limits>
#include <string>
#include <vector>

namespace downstage::documents {
namespace {

using downstage_test::a_study_report;
using nlohmann::ordered_json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

ordered_json json_of(const StudyReport& report)
{
    return ordered_json::parse(measurements_json(report));
}

std::vector<std::string> keys_of(const ordered_json& object)
{
    std::vector<std::string> keys;
    for (const auto& [key, value] : object.items())
        keys.push_back(key);
    return keys;
}

std::vector<std::string> lines_of(const std::string& csv)
{
    std::vector<std::string> lines;
    std::size_t from = 0;
    for (std::size_t to = csv.find("\r\n"); to != std::string::npos; to = csv.find("\r\n", from)) {
        lines.push_back(csv.substr(from, to - from));
        from = to + 2;
    }
    return lines;
}

TEST(MeasurementsJson, HasTheTopLevelKeysInTheOrderOfTheContract)
{
    EXPECT_THAT(keys_of(json_of(a_study_report())),
                ElementsAre("schema",
                            "patient",
                            "study",
                            "series",
                            "segmentation",
                            "liver",
                            "lesion_count",
                            "lesions",
                            "possible",
                            "benign",
                            "eligibility",
                            "warnings",
                            "provenance"));
}

TEST(MeasurementsJson, PutsTheLesionKeysOfTheContractFirstAndInItsOrder)
{
    std::vector<std::string> keys = keys_of(json_of(a_study_report())["lesions"][0]);
    keys.resize(17);  // the contract names seventeen
    EXPECT_THAT(keys,
                ElementsAre("id",
                            "tracking_uid",
                            "organ",
                            "longest_diameter_mm",
                            "longest_diameter_ci95_mm",
                            "short_axis_mm",
                            "endpoints_mm",
                            "slice_sop_uid",
                            "max_3d_diameter_mm",
                            "volume_ml",
                            "volume_ci95_ml",
                            "viable_diameter_mm",
                            "viable_reason",
                            "centroid_mm",
                            "mean_hu",
                            "measurable",
                            "confidence"));
}

TEST(MeasurementsJson, CarriesEveryNumberOfALesionUnderItsOwnName)
{
    const ordered_json lesion = json_of(a_study_report())["lesions"][0];
    EXPECT_EQ(lesion["longest_diameter_mm"], 26.9);
    EXPECT_EQ(lesion["longest_diameter_ci95_mm"], ordered_json::array({25.3, 28.5}));
    EXPECT_EQ(lesion["short_axis_mm"], 20.18);  // 20.175, half away from zero
    EXPECT_EQ(lesion["endpoints_mm"], ordered_json::parse("[[10.0, 20.0, 30.0], [36.9, 20.0, 30.0]]"));
    EXPECT_EQ(lesion["max_3d_diameter_mm"], 29.4);
    EXPECT_EQ(lesion["max_3d_diameter_ci95_mm"], ordered_json::array({27.4, 31.4}));
    EXPECT_EQ(lesion["volume_ml"], 11.8);
    EXPECT_EQ(lesion["volume_ci95_ml"], ordered_json::array({10.4, 13.3}));
    EXPECT_EQ(lesion["centroid_mm"], ordered_json::array({25.0, 20.5, 31.5}));
    EXPECT_EQ(lesion["mean_hu"], 58.1);
    EXPECT_EQ(lesion["sd_hu"], 14.2);
    EXPECT_EQ(lesion["distance_to_liver_surface_mm"], 6.5);
    EXPECT_EQ(lesion["boundary_blur_mm"], 0.9);
    EXPECT_EQ(lesion["confidence"], 0.93);
    EXPECT_EQ(lesion["slice_sop_uid"], "1.2.840.99.4");
}

TEST(MeasurementsJson, WritesNullForWhatCouldNotBeObtained)
{
    StudyReport report = a_study_report();
    report.patient_id.clear();
    report.study_date.clear();
    report.series.geometry.slice_thickness_mm.reset();
    report.liver_volume_ml.reset();
    report.liver_confidence.reset();
    const ordered_json json = json_of(report);
    EXPECT_TRUE(json["patient"]["id"].is_null());
    EXPECT_TRUE(json["study"]["date"].is_null());
    EXPECT_TRUE(json["series"]["slice_thickness_mm"].is_null());
    EXPECT_TRUE(json["segmentation"]["source"].is_null());
    EXPECT_TRUE(json["liver"]["volume_ml"].is_null());
    EXPECT_TRUE(json["liver"]["confidence"].is_null());
    EXPECT_TRUE(json["lesions"][0]["viable_diameter_mm"].is_null());
    EXPECT_TRUE(json["eligibility"][0]["probability"].is_null());
    EXPECT_TRUE(json["eligibility"][0]["contested"].is_null());
    EXPECT_TRUE(json["provenance"]["started"].is_null());
    EXPECT_TRUE(json["provenance"]["seconds"].is_null());
}

TEST(MeasurementsJson, WritesNullForANumberThatIsNotFinite)
{
    StudyReport report = a_study_report();
    report.lesions[0].measured.attenuation.mean_hu = std::numeric_limits<double>::quiet_NaN();
    report.lesions[0].measured.volume.ci95_ml.high = std::numeric_limits<double>::infinity();
    const ordered_json lesion = json_of(report)["lesions"][0];
    EXPECT_TRUE(lesion["mean_hu"].is_null());
    EXPECT_TRUE(lesion["volume_ci95_ml"].is_null());
}

TEST(MeasurementsJson, HasNoNegativeZero)
{
    StudyReport report = a_study_report();
    report.lesions[0].measured.centroid = {-0.0, -0.004, 0.0};
    EXPECT_THAT(measurements_json(report), Not(HasSubstr("-0.0")));
}

TEST(MeasurementsJson, RoundsLengthsToHundredthsAndProbabilitiesToThousandths)
{
    StudyReport report = a_study_report();
    report.lesions[0].measured.long_axis.length_mm = 29.994999;
    report.lesions[0].measured.volume.ml = 11.80049;
    report.eligibility[1].probability = 0.96549;
    report.eligibility[1].margin_mm = -1.005;
    const ordered_json json = json_of(report);
    EXPECT_EQ(json["lesions"][0]["longest_diameter_mm"], 29.99);
    EXPECT_EQ(json["lesions"][0]["volume_ml"], 11.8);
    EXPECT_EQ(json["eligibility"][1]["probability"], 0.965);
    EXPECT_EQ(json["eligibility"][1]["margin_mm"], -1.01);
}

TEST(MeasurementsJson, KeepsASpacingFineEnoughForAWholeRowOfVoxels)
{
    StudyReport report = a_study_report();
    report.series.geometry.spacing_mm = {0.703125, 0.703125, 1.25};
    EXPECT_EQ(json_of(report)["series"]["spacing_mm"], ordered_json::array({0.703125, 0.703125, 1.25}));
}

TEST(MeasurementsJson, CountsTheLesionsAndNothingElse)
{
    EXPECT_EQ(json_of(a_study_report())["lesion_count"], 2);
}

TEST(MeasurementsJson, SaysEveryVerdictInTheWordsOfTheContract)
{
    const ordered_json eligibility = json_of(a_study_report())["eligibility"];
    EXPECT_EQ(eligibility[0]["status"], "indeterminate");
    EXPECT_EQ(eligibility[0]["headline"], true);
    EXPECT_THAT(eligibility[0]["missing"], ElementsAre("macrovascular_invasion", "extrahepatic_disease"));
    EXPECT_EQ(eligibility[1]["status"], "met");
    EXPECT_EQ(eligibility[2]["status"], "not_met");
    EXPECT_EQ(eligibility[2]["contested"], "readings differ at exactly 30 mm");
}

TEST(MeasurementsJson, NamesEachMissingSliceByTheTwoPlacesBesideIt)
{
    StudyReport report = a_study_report();
    report.series.geometry.verdict = GeometryVerdict::gaps_allowed;
    report.series.geometry.missing = {
        {.before = {1.0, 2.0, 3.0}, .after = {1.0, 2.0, 10.5}, .gap_mm = 7.5, .count = 2}};
    const ordered_json geometry = json_of(report)["series"]["geometry"];
    EXPECT_EQ(geometry["verdict"], "gaps_allowed");
    EXPECT_EQ(geometry["missing"][0]["before_mm"], ordered_json::array({1.0, 2.0, 3.0}));
    EXPECT_EQ(geometry["missing"][0]["after_mm"], ordered_json::array({1.0, 2.0, 10.5}));
    EXPECT_EQ(geometry["missing"][0]["gap_mm"], 7.5);
    EXPECT_EQ(geometry["missing"][0]["count"], 2);
}

TEST(MeasurementsJson, PutsWarningsAsPlainSentences)
{
    EXPECT_THAT(json_of(a_study_report())["warnings"],
                ElementsAre("the liver leaves the picture at the top", "two files were not DICOM"));
}

TEST(MeasurementsJson, ReplacesBytesThatAreNotUtf8)
{
    StudyReport report = a_study_report();
    report.study_description = "Abd\xE9men";  // Latin-1
    EXPECT_EQ(json_of(report)["study"]["description"], "Abd\xEF\xBF\xBDmen");
}

TEST(MeasurementsJson, EndsWithANewline)
{
    EXPECT_EQ(measurements_json(a_study_report()).back(), '\n');
}

TEST(MeasurementsCsv, HasOneLineAFindingBelowItsHeader)
{
    const std::vector<std::string> lines = lines_of(measurements_csv(a_study_report()));
    ASSERT_EQ(lines.size(), 5U);  // header, two lesions, one possible, one cyst
    EXPECT_THAT(lines[0],
                StartsWith("kind,id,tracking_uid,longest_diameter_mm,longest_diameter_ci95_low_mm,"));
    EXPECT_THAT(lines[1], StartsWith("lesion,1,2.25.7001,26.9,25.3,28.5,"));
    EXPECT_THAT(lines[3], StartsWith("possible,1,2.25.8001,9.1,"));
    EXPECT_THAT(lines[4], StartsWith("cyst,1,2.25.9001,12.0,"));
}

TEST(MeasurementsCsv, KeepsItsHeaderWhenNothingWasFound)
{
    const std::string full = lines_of(measurements_csv(a_study_report())).front();
    EXPECT_EQ(measurements_csv(StudyReport{}), full + "\r\n");
}

TEST(MeasurementsCsv, QuotesAFieldWithACommaOrAQuotationMark)
{
    StudyReport report = a_study_report();
    report.lesions[0].measured.place = "segment \"IV\", at the dome";
    EXPECT_THAT(measurements_csv(report), HasSubstr(",\"segment \"\"IV\"\", at the dome\","));
}

TEST(MeasurementsCsv, DisarmsATextThatASpreadsheetWouldRun)
{
    StudyReport report = a_study_report();
    for (const std::string start : {"=", "+", "-", "@", "\t"}) {
        report.patient_id = start + "1+1";
        EXPECT_THAT(measurements_csv(report), HasSubstr(",'" + start + "1+1\r\n")) << start;
    }
}

TEST(MeasurementsCsv, LeavesANegativeNumberANumber)
{
    StudyReport report = a_study_report();
    report.lesions[0].measured.centroid.x_mm = -25.25;
    EXPECT_THAT(measurements_csv(report), HasSubstr(",-25.25,"));
}

TEST(MeasurementsCsv, LeavesAFieldEmptyThatHasNoValue)
{
    StudyReport report = a_study_report();
    report.study_date.clear();
    report.patient_id = "P";
    EXPECT_THAT(measurements_csv(report), HasSubstr(",1.2.840.99,,P\r\n"));
}

}  // namespace
}  // namespace downstage::documents
