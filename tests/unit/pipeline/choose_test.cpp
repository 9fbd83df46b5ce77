#include "downstage/core/error.hpp"
#include "downstage/pipeline/choose.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace downstage::pipeline {
namespace {

using testing::HasSubstr;

struct StackFacts {
    std::string uid;
    double spacing_mm = 2.5;
    int slices = 80;
    std::string kernel = "B30f";
};

Stack axial(const StackFacts& facts)
{
    Stack stack;
    stack.series_uid = {facts.uid};
    stack.modality = "CT";
    stack.kernel = facts.kernel;
    stack.row_direction = {1, 0, 0};
    stack.column_direction = {0, 1, 0};
    for (int n = 0; n < facts.slices; ++n) {
        Slice slice;
        slice.position = {0, 0, n * facts.spacing_mm};
        stack.slices.push_back(slice);
    }
    return stack;
}

/// What the pixels would say, by series.
LookAt seeing(const std::map<std::string, Look>& looks)
{
    return [looks](const Stack& stack) { return looks.at(stack.series_uid.text); };
}

Look liver(Phase phase, double extent_mm = 180.0)
{
    return {true, extent_mm, {phase, 0.9, ""}};
}

std::string reason_for(const Choice& choice, std::size_t stack)
{
    for (const Choice::Other& other : choice.others)
        if (other.stack == stack) return other.because;
    return "";
}

TEST(ChooseStack, TakesThePortalVenousPhaseAndSaysWhyNotTheArterial)
{
    const Study study{.stacks = {axial({.uid = "1.1"}), axial({.uid = "1.2"})}};
    const Choice choice =
        choose_stack(study,
                     ChooseOptions{},
                     seeing({{"1.1", liver(Phase::arterial)}, {"1.2", liver(Phase::portal_venous)}}));
    EXPECT_EQ(choice.stack, 1U);
    EXPECT_THAT(reason_for(choice, 0), HasSubstr("portal venous first: it is arterial"));
}

TEST(ChooseStack, PrefersTheSoftKernelOverThinnerSharpSlices)
{
    const Study study{.stacks = {axial({.uid = "1.1", .spacing_mm = 1.0, .slices = 200, .kernel = "BONE"}),
                                 axial({.uid = "1.2"})}};
    const Choice choice =
        choose_stack(study,
                     ChooseOptions{},
                     seeing({{"1.1", liver(Phase::portal_venous)}, {"1.2", liver(Phase::portal_venous)}}));
    EXPECT_EQ(choice.stack, 1U);
    EXPECT_THAT(reason_for(choice, 0), HasSubstr("body kernel"));
}

TEST(ChooseStack, TakesTheThinnerOfTwoEqualSeries)
{
    const Study study{.stacks = {axial({.uid = "1.1", .spacing_mm = 5.0, .slices = 40}),
                                 axial({.uid = "1.2", .spacing_mm = 2.0, .slices = 100})}};
    const Choice choice =
        choose_stack(study,
                     ChooseOptions{},
                     seeing({{"1.1", liver(Phase::portal_venous)}, {"1.2", liver(Phase::portal_venous)}}));
    EXPECT_EQ(choice.stack, 1U);
    EXPECT_THAT(reason_for(choice, 0), HasSubstr("thinnest usable slices: its slices are 5.0 mm apart"));
}

TEST(ChooseStack, TakesTheSeriesThatShowsMostOfTheLiver)
{
    const Study study{.stacks = {axial({.uid = "1.1"}), axial({.uid = "1.2"})}};
    const Choice choice = choose_stack(
        study,
        ChooseOptions{},
        seeing({{"1.1", liver(Phase::portal_venous, 90.0)}, {"1.2", liver(Phase::portal_venous, 170.0)}}));
    EXPECT_EQ(choice.stack, 1U);
    EXPECT_THAT(reason_for(choice, 0), HasSubstr("most liver"));
}

TEST(ChooseStack, LeavesOutWhatHeadersRefuseWithoutLookingAtIt)
{
    Stack coronal = axial({.uid = "1.1"});
    coronal.column_direction = {0, 0, -1};
    Stack positron = axial({.uid = "1.2"});
    positron.modality = "PT";
    Stack scout = axial({.uid = "1.3"});
    scout.unusable_because = "it is a localizer";
    const Stack short_run = axial({.uid = "1.4", .slices = 3});
    const Study study{.stacks = {coronal, positron, scout, short_run, axial({.uid = "1.5"})}};
    const Choice choice =
        choose_stack(study, ChooseOptions{}, seeing({{"1.5", liver(Phase::portal_venous)}}));
    EXPECT_EQ(choice.stack, 4U);
    EXPECT_THAT(reason_for(choice, 0), HasSubstr("not axial"));
    EXPECT_THAT(reason_for(choice, 1), HasSubstr("modality is PT"));
    EXPECT_THAT(reason_for(choice, 2), HasSubstr("localizer"));
    EXPECT_THAT(reason_for(choice, 3), HasSubstr("covers only 5.0 mm"));
}

TEST(ChooseStack, TakesAShortStackWhereSomebodySaysWhatToMeasure)
{
    const Study study{.stacks = {axial({.uid = "1.4", .slices = 3})}};
    const LookAt look_at = seeing({{"1.4", Look{}}});
    EXPECT_EQ(choose_stack(study, {.must_show_liver = false}, look_at).stack, 0U);
    EXPECT_THROW((void)choose_stack(study, ChooseOptions{}, look_at), Error);
}

TEST(ChooseStack, ObeysTheWantedSeriesEvenWhereAnotherIsBetter)
{
    const Study study{.stacks = {axial({.uid = "1.1"}), axial({.uid = "1.2"})}};
    const Choice choice =
        choose_stack(study,
                     ChooseOptions{.wanted = SeriesUid{"1.1"}},
                     seeing({{"1.1", liver(Phase::native)}, {"1.2", liver(Phase::portal_venous)}}));
    EXPECT_EQ(choice.stack, 0U);
    EXPECT_THAT(reason_for(choice, 1), HasSubstr("another series was asked for"));
}

TEST(ChooseStack, RefusesAWantedSeriesThatIsNotThereAsAWrongCommandLine)
{
    const Study study{.stacks = {axial({.uid = "1.1"})}};
    try {
        (void)choose_stack(study, {.wanted = SeriesUid{"9.9"}}, seeing({}));
        FAIL() << "it was accepted";
    } catch (const Error& failure) {
        EXPECT_EQ(failure.code(), Errc::usage);
        EXPECT_THAT(failure.what(), HasSubstr("1.1"));
    }
}

TEST(ChooseStack, SkipsASeriesWhosePixelsCannotBeReadAndTellsWhy)
{
    const Study study{.stacks = {axial({.uid = "1.1"}), axial({.uid = "1.2"})}};
    const LookAt look_at = [](const Stack& stack) -> Look {
        if (stack.series_uid.text == "1.1") throw Error{Errc::input, "'a.dcm' is cut"};
        return liver(Phase::portal_venous);
    };
    const Choice choice = choose_stack(study, ChooseOptions{}, look_at);
    EXPECT_EQ(choice.stack, 1U);
    EXPECT_THAT(reason_for(choice, 0), HasSubstr("'a.dcm' is cut"));
}

TEST(ChooseStack, NamesTheReasonOfEverySeriesWhenNoneCanBeMeasured)
{
    Stack magnetic = axial({.uid = "1.7"});
    magnetic.modality = "MR";
    try {
        (void)choose_stack(Study{.stacks = {magnetic}}, ChooseOptions{}, seeing({}));
        FAIL() << "it was accepted";
    } catch (const Error& failure) {
        EXPECT_EQ(failure.code(), Errc::input);
        EXPECT_THAT(failure.what(), HasSubstr("series 1.7: its modality is MR"));
    }
}

TEST(ChooseStack, GivesTheFirstOfTwoThatAreAlike)
{
    const Study study{.stacks = {axial({.uid = "1.1"}), axial({.uid = "1.2"})}};
    const Choice choice =
        choose_stack(study,
                     ChooseOptions{},
                     seeing({{"1.1", liver(Phase::portal_venous)}, {"1.2", liver(Phase::portal_venous)}}));
    EXPECT_EQ(choice.stack, 0U);
    EXPECT_THAT(reason_for(choice, 1), HasSubstr("comes first"));
}

}  // namespace
}  // namespace downstage::pipeline
