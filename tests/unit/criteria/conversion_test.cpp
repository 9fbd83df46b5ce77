#include "downstage/core/error.hpp"
#include "downstage/criteria/conversion.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace {

using downstage::Conversion;
using downstage::ConversionItem;
using downstage::ConversionProtocol;
using downstage::ConversionStatus;
using downstage::Day;
using downstage::ItemStatus;
using downstage::Response;
using downstage::criteria::conversion;
using downstage::criteria::ConversionVisit;
using downstage::criteria::LesionSize;

/// Everything that the default protocol asks for, but for response and time.
ConversionVisit visit(Day day, Response response)
{
    ConversionVisit seen{.day = day, .response = response};
    seen.input.lesions = {{.axial = LesionSize{.diameter_mm = 20.0, .ci95_mm = {20.0, 20.0}}}};
    seen.input.facts = {.macrovascular_invasion = false,
                        .extrahepatic_disease = false,
                        .ecog = 1,
                        .cirrhosis = true,
                        .child_pugh = downstage::ChildClass::a,
                        .remnant_ml = 480.0,
                        .standard_liver_ml = 1200.0,
                        .icg_r15_percent = 10.0,
                        .r0_feasible = true,
                        .immunotherapy_cycles = 2};
    return seen;
}

const ConversionItem& item(const Conversion& answer, const std::string& name)
{
    return *std::ranges::find(answer.items, name, &ConversionItem::name);
}

TEST(Conversion, IsEligibleFromTheDayOnWhichTheResponseHasBeenKeptForItsWeeks)
{
    const std::vector<ConversionVisit> visits{visit(0, Response::not_applicable),
                                              visit(60, Response::partial),
                                              visit(87, Response::partial),
                                              visit(88, Response::partial)};
    const std::vector<Conversion> answers = conversion({}, visits);
    EXPECT_EQ(answers[0].status, ConversionStatus::not_eligible);
    EXPECT_EQ(answers[2].status, ConversionStatus::not_eligible);  // 27 days
    EXPECT_EQ(answers[3].status, ConversionStatus::eligible);      // 28 days, inclusive (RULES 0.5)
    EXPECT_EQ(answers[3].first_eligible, 88);
    EXPECT_EQ(item(answers[3], "response").since, 60);
    EXPECT_EQ(item(answers[3], "stability").since, 88);
}

TEST(Conversion, BeginsTheRunAnewAfterProgressionAndNotAfterAVisitThatWasNotEvaluable)
{
    const std::vector<ConversionVisit> broken{visit(0, Response::not_applicable),
                                              visit(30, Response::partial),
                                              visit(60, Response::progressive),
                                              visit(70, Response::partial)};
    EXPECT_EQ(item(conversion({}, broken)[3], "stability").status, ItemStatus::unmet);
    std::vector<ConversionVisit> gap = broken;
    gap[2].response = Response::not_evaluable;
    const std::vector<Conversion> answers = conversion({}, gap);
    EXPECT_EQ(item(answers[2], "response").status, ItemStatus::unknown);
    EXPECT_EQ(answers[2].status, ConversionStatus::indeterminate);
    EXPECT_EQ(item(answers[3], "stability").status, ItemStatus::met);
}

TEST(Conversion, TakesStableDiseaseOnlyWhereTheProtocolSaysSo)
{
    const std::vector<ConversionVisit> visits{
        visit(0, Response::not_applicable), visit(60, Response::stable), visit(90, Response::stable)};
    EXPECT_EQ(conversion({}, visits)[2].status, ConversionStatus::not_eligible);
    ConversionProtocol with_stable;
    with_stable.responses.push_back(Response::stable);
    EXPECT_EQ(conversion(with_stable, visits)[2].status, ConversionStatus::eligible);
}

TEST(Conversion, NamesTheOneItemThatFails)
{
    const auto failing = [](auto change) {
        std::vector<ConversionVisit> visits{
            visit(0, Response::not_applicable), visit(60, Response::partial), visit(90, Response::partial)};
        change(visits[2].input.facts);
        std::vector<std::string> names;
        const auto answers = conversion({}, visits);
        for (const ConversionItem& one : answers[2].items)
            if (one.status != ItemStatus::met) names.push_back(one.name);
        return names;
    };
    using testing::ElementsAre;
    EXPECT_THAT(failing([](auto& facts) { facts.immunotherapy_cycles = 1; }), ElementsAre("cycles"));
    EXPECT_THAT(failing([](auto& facts) { facts.ecog = 2; }), ElementsAre("ecog"));
    EXPECT_THAT(failing([](auto& facts) { facts.child_pugh = downstage::ChildClass::b; }),
                ElementsAre("child"));
    EXPECT_THAT(failing([](auto& facts) { facts.remnant_ml = 479.9; }), ElementsAre("flr"));
    EXPECT_THAT(failing([](auto& facts) { facts.icg_r15_percent = 30.0; }), ElementsAre("icg"));
    EXPECT_THAT(failing([](auto& facts) { facts.r0_feasible = std::nullopt; }), ElementsAre("r0"));
}

TEST(Conversion, RefusesASizeRuleThatIsNotThere)
{
    ConversionProtocol protocol;
    protocol.size_rule = "milano";
    const std::vector<ConversionVisit> visits{visit(0, Response::not_applicable)};
    EXPECT_THROW(static_cast<void>(conversion(protocol, visits)), downstage::Error);
}

}  // namespace
