#include "downstage/report/page.hpp"

#include "downstage_test/study_reports.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace downstage::report {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

PageContent a_page()
{
    PageContent content;
    content.report = downstage_test::a_study_report();
    content.overview = {.png = "overview", .caption = "three planes"};
    for (std::size_t n = 0; n < content.report.lesions.size(); ++n)
        content.lesions.push_back({.png = "lesion", .caption = "slice 5 of 120"});
    content.possible = {{.png = "possible", .caption = "slice 6 of 120"}};
    content.benign = {{.png = "benign", .caption = "slice 7 of 120"}};
    return content;
}

std::size_t times(const std::string& what, const std::string& text)
{
    std::size_t count = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size()))
        ++count;
    return count;
}

std::string page_with_status(VerdictStatus status)
{
    PageContent content = a_page();
    content.report.eligibility[0].status = status;
    content.report.eligibility[0].missing.clear();
    return page(content);
}

TEST(Page, SaysTheVerdictBeforeItShowsALesion)
{
    const std::string html = page(a_page());
    const std::size_t verdict = html.find("Milan (strict): indeterminate");
    ASSERT_NE(verdict, std::string::npos);
    EXPECT_LT(verdict, html.find("<h3>Lesion 1</h3>"));
    EXPECT_LT(verdict, html.find("<img"));
}

TEST(Page, SaysInsideOrOutsideInItsHeading)
{
    EXPECT_THAT(page_with_status(VerdictStatus::met), HasSubstr("<h1>Inside Milan (strict)</h1>"));
    EXPECT_THAT(page_with_status(VerdictStatus::not_met), HasSubstr("<h1>Outside Milan (strict)</h1>"));
}

TEST(Page, NamesWhatIsUnknownAndDecisive)
{
    EXPECT_THAT(page(a_page()),
                HasSubstr("<strong>macrovascular invasion and extrahepatic disease</strong>"));
}

TEST(Page, SaysTheMarginAndTheLimitItIsMeasuredFrom)
{
    PageContent content = a_page();
    EXPECT_THAT(page(content), HasSubstr("3.1 mm under the limit of 30 mm"));  // two lesions
    EXPECT_THAT(page(content), HasSubstr("4.2 mm over the limit of 30 mm"));
    content.report.lesions.pop_back();
    EXPECT_THAT(page(content), HasSubstr("3.1 mm under the limit of 50 mm"));  // one lesion
}

TEST(Page, SaysWhatChangeOfSizeWouldReachTheLimit)
{
    PageContent content = a_page();
    content.report.lesions[0].measured.long_axis.length_mm = 31.4;
    content.report.eligibility[0].margin_mm = -1.4;
    EXPECT_THAT(
        page(content),
        HasSubstr("A diameter 1.4 mm shorter on the lesion over the limit would bring it to the limit."));
    content.report.lesions[1].measured.long_axis.length_mm = 30.1;
    EXPECT_THAT(page(content), HasSubstr("2 lesions are over the limit, the largest by 1.4 mm"));
    content.report.eligibility[0].margin_mm = 0.0;
    EXPECT_THAT(page(content), HasSubstr("The lesion nearest the limit lies exactly at it."));
}

TEST(Page, SaysWhatThePossibleFindingsWouldDoToTheCount)
{
    PageContent content = a_page();
    EXPECT_THAT(page(content), HasSubstr("there would be 3, which Milan allows."));
    content.report.possible.push_back(content.report.possible[0]);
    EXPECT_THAT(page(content), HasSubstr("there would be 4, more than the three that Milan allows."));
    content.report.possible.pop_back();
    content.report.lesions.pop_back();
    EXPECT_THAT(page(content), HasSubstr("there would be 2, and the limit would fall from 50 to 30 mm."));
}

TEST(Page, SaysThatNothingWasCountedRatherThanOutside)
{
    PageContent content = a_page();
    content.report.lesions.clear();
    content.lesions.clear();
    content.report.eligibility[0].status = VerdictStatus::not_met;
    EXPECT_THAT(page(content),
                AllOf(HasSubstr("<h1>No lesion counted</h1>"), HasSubstr("Milan (strict): not met")));
}

TEST(Page, NeverCallsAnUncertainProbabilityCertain)
{
    PageContent content = a_page();
    content.report.eligibility[1].probability = 0.9999;
    content.report.eligibility[2].probability = 0.0001;
    EXPECT_THAT(page(content), AllOf(HasSubstr("<td>over 99 %</td>"), HasSubstr("<td>under 1 %</td>")));
}

TEST(Page, ShowsEveryFindingWithItsPictureAndTheOverview)
{
    const std::string html = page(a_page());
    EXPECT_EQ(times("<img ", html), 5U);  // two lesions, one possible, one cyst, the overview
    EXPECT_EQ(times("src='data:image/png;base64,", html), 5U);
    EXPECT_EQ(times("<img alt=''", html), 0U);
}

TEST(Page, EmbedsPicturesAsBase64)
{
    PageContent content = a_page();
    // RFC 4648, section 10: the test vectors of base64, all three lengths of the last group.
    content.overview.png = "foobar";
    content.possible[0].png = "fooba";
    content.benign[0].png = "foob";
    EXPECT_THAT(
        page(content),
        AllOf(HasSubstr("base64,Zm9vYmFy'"), HasSubstr("base64,Zm9vYmE='"), HasSubstr("base64,Zm9vYg=='")));
}

TEST(Page, GivesEachLengthWithItsInterval)
{
    EXPECT_THAT(page(a_page()), HasSubstr("<td>26.9 mm</td><td>25.3 to 28.5 mm</td>"));
}

TEST(Page, EscapesWhateverItIsTold)
{
    PageContent content = a_page();
    const std::string evil = "<script>alert('1')</script>\"&";
    content.report.patient_id = evil;
    content.report.study_description = evil;
    content.report.series.description = evil;
    content.report.others[0].description = evil;
    content.report.others[0].not_chosen_because = evil;
    content.report.warnings[0].text = evil;
    content.report.lesions[0].measured.place = evil;
    content.report.eligibility[0].reasons = {evil};
    content.report.provenance.configuration["mask"] = evil;
    content.lesions[0].caption = evil;
    const std::string html = page(content);
    EXPECT_THAT(html, Not(HasSubstr("<script")));
    EXPECT_GE(times("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;&amp;", html), 10U);
}

TEST(Page, ReplacesBytesThatAreNotUtf8AndKeepsThoseThatAre)
{
    PageContent content = a_page();
    content.report.study_description =
        "Abd\xE9men \xC3\xA9 \xED\xA0\x80 \xC0\xAF";  // Latin-1, é, a surrogate, overlong /
    EXPECT_THAT(
        page(content),
        HasSubstr(
            "Abd\xEF\xBF\xBDmen \xC3\xA9 \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD \xEF\xBF\xBD\xEF\xBF\xBD<"));
}

TEST(Page, AsksNothingOfTheNetworkAndRunsNothing)
{
    const std::string html = page(a_page());
    EXPECT_THAT(html, AllOf(Not(HasSubstr("http://")), Not(HasSubstr("https://")), Not(HasSubstr("url("))));
    EXPECT_THAT(html, AllOf(Not(HasSubstr("<link")), Not(HasSubstr("@import")), Not(HasSubstr("<script"))));
}

TEST(Page, PutsWarningsBeforeLesionsAndNotesBehindThem)
{
    const std::string html = page(a_page());
    const std::size_t lesion = html.find("<h3>Lesion 1</h3>");
    EXPECT_LT(html.find("the liver leaves the picture at the top"), lesion);
    const std::size_t note = html.find("two files were not DICOM");
    ASSERT_NE(note, std::string::npos);
    EXPECT_GT(note, lesion);
}

TEST(Page, SaysWhyThisSeriesAndWhyNotEachOther)
{
    EXPECT_THAT(page(a_page()),
                AllOf(HasSubstr("the thinnest portal venous series that shows the whole liver"),
                      HasSubstr("one slice: a localiser")));
}

TEST(Page, SaysInOneSentenceWhetherTheGeometryCanBeTrusted)
{
    PageContent content = a_page();
    EXPECT_THAT(page(content), HasSubstr("Regular: the slices lie on an even grid"));
    content.report.series.geometry.verdict = GeometryVerdict::gaps_allowed;
    content.report.series.geometry.missing = {
        {.before = {1.0, 2.0, 3.0}, .after = {1.0, 2.0, 10.5}, .gap_mm = 7.5, .count = 2}};
    EXPECT_THAT(
        page(content),
        AllOf(HasSubstr("Slices are missing"),
              HasSubstr("2 slices missing between (1.0, 2.0, 3.0) and (1.0, 2.0, 10.5), a gap of 7.5 mm")));
}

TEST(Page, SaysWhatIsNotKnownInsteadOfANumberThatIsNone)
{
    PageContent content = a_page();
    content.report.lesions[0].measured.attenuation.mean_hu = std::numeric_limits<double>::quiet_NaN();
    content.report.lesions[0].measured.max_3d.length_mm = std::numeric_limits<double>::infinity();
    const std::string html = page(content);
    EXPECT_THAT(html, AllOf(Not(HasSubstr(">nan")), Not(HasSubstr(">inf")), HasSubstr("not known")));
}

TEST(Page, SaysOnceThatItIsResearchSoftware)
{
    EXPECT_EQ(times("not a medical device", page(a_page())), 1U);
}

TEST(Page, ListsPossibleFindingsApartAndSaysWhy)
{
    const std::string html = page(a_page());
    EXPECT_GT(html.find("Possible findings, not counted"), html.find("<h3>Lesion 2</h3>"));
    EXPECT_THAT(html, HasSubstr("its edge is not clear of the noise"));
}

}  // namespace
}  // namespace downstage::report
