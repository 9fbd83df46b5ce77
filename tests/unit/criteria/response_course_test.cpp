#include "downstage/criteria/response_course.hpp"

#include <gtest/gtest.h>

namespace {

using downstage::NodeRegrowth;
using downstage::ProgressionCause;
using downstage::Response;
using downstage::ResponseOptions;
using downstage::ZeroNadir;
using downstage::criteria::References;
using downstage::criteria::Rounding;
using downstage::criteria::target_response;
using downstage::criteria::TargetAnswer;
using downstage::criteria::TargetRules;
using downstage::criteria::TargetSum;

constexpr TargetRules recist{};

/// A complete sum of lesions, in tenths.
TargetSum lesions(std::int64_t tenths)
{
    return {.measured = tenths, .lesion_is_seen = tenths > 0};
}

References against(std::int64_t baseline, std::int64_t nadir)
{
    return {.baseline = baseline, .nadir = nadir};
}

TargetAnswer answer(const TargetSum& now,
                    const References& before,
                    const TargetRules& rules = recist,
                    const ResponseOptions& options = {})
{
    return target_response(now, before, rules, options, Rounding::tenths);
}

TEST(TargetResponse, IsPartialFromThirtyPercentBelowBaselineOn)
{
    EXPECT_EQ(answer(lesions(700), against(1000, 1000)).response, Response::partial);
    EXPECT_EQ(answer(lesions(701), against(1000, 1000)).response, Response::stable);
}

TEST(TargetResponse, IsProgressionFromTwentyPercentAndFiveMmOverTheNadirOn)
{
    EXPECT_EQ(answer(lesions(1200), against(1000, 1000)),
              (TargetAnswer{Response::progressive, ProgressionCause::target_sum}));
    EXPECT_EQ(answer(lesions(1199), against(1000, 1000)).response, Response::stable);
    EXPECT_EQ(answer(lesions(250), against(200, 200)).response, Response::progressive);
    EXPECT_EQ(answer(lesions(249), against(200, 200)).response, Response::stable);
}

TEST(TargetResponse, PutsProgressionBeforePartialResponse)
{
    EXPECT_EQ(answer(lesions(600), against(1000, 500)).response, Response::progressive);
    EXPECT_EQ(answer(lesions(599), against(1000, 500)).response, Response::partial);
}

TEST(TargetResponse, LooksAtTheNadirAndNotAtTheBaselineForProgression)
{
    EXPECT_EQ(answer(lesions(1210), against(1000, 1000)).response, Response::progressive);
    EXPECT_EQ(answer(lesions(1190), against(1100, 950)).response, Response::progressive);
    EXPECT_EQ(answer(lesions(1190), against(950, 1100)).response, Response::stable);
}

TEST(TargetResponse, IsCompleteWhenNothingIsLeft)
{
    EXPECT_EQ(answer(lesions(0), against(1000, 1000)).response, Response::complete);
    EXPECT_EQ(answer(lesions(0), against(1000, 0)).response, Response::complete);
}

TEST(TargetResponse, IsCompleteWhenOnlyNormalNodesAreLeftWhateverTheyGrewBy)
{
    const TargetSum normal_nodes{.measured = 198};
    EXPECT_EQ(answer(normal_nodes, against(400, 60)).response, Response::complete);
}

TEST(TargetResponse, IsNotCompleteWithAnEnlargedNode)
{
    const TargetSum node{.measured = 100, .node_is_enlarged = true};
    EXPECT_EQ(answer(node, against(500, 500)).response, Response::partial);
}

TEST(TargetResponse, OfAnIncompleteSumIsNotEvaluableUnlessWhatWasMeasuredHasProgressed)
{
    const TargetSum some{.measured = 599, .is_complete = false, .lesion_is_seen = true};
    const TargetSum more{.measured = 600, .is_complete = false, .lesion_is_seen = true};
    EXPECT_EQ(answer(some, against(500, 500)).response, Response::not_evaluable);
    EXPECT_EQ(answer(more, against(500, 500)),
              (TargetAnswer{Response::progressive, ProgressionCause::measured_alone}));
}

TEST(TargetResponse, OfAnIncompleteSumIsNeverComplete)
{
    const TargetSum nothing_seen{.measured = 0, .is_complete = false};
    EXPECT_EQ(answer(nothing_seen, against(500, 500)).response, Response::not_evaluable);
}

TEST(TargetResponse, OfAnIncompleteSumIsNotForcedByNormalNodes)
{
    const TargetSum normal_nodes{.measured = 198, .is_complete = false};
    EXPECT_EQ(answer(normal_nodes, against(400, 60)).response, Response::not_evaluable);
}

TEST(TargetResponse, WithoutABaselineSumCanOnlySayCompleteOrProgressive)
{
    const References no_baseline{.nadir = 500};
    EXPECT_EQ(answer(lesions(100), no_baseline).response, Response::not_evaluable);
    EXPECT_EQ(answer(lesions(600), no_baseline).response, Response::progressive);
    EXPECT_EQ(answer(lesions(0), no_baseline).response, Response::complete);
    EXPECT_EQ(answer(lesions(600), {}).response, Response::not_evaluable);
}

TEST(TargetResponse, OverAZeroNadirNeedsFiveMmUnlessReadOtherwise)
{
    const auto read = [](std::int64_t tenths, ZeroNadir reading) {
        return answer(lesions(tenths), against(1000, 0), recist, {.zero_nadir = reading}).response;
    };
    EXPECT_EQ(read(50, ZeroNadir::five_mm), Response::progressive);
    EXPECT_EQ(read(49, ZeroNadir::five_mm), Response::partial);
    EXPECT_EQ(read(1, ZeroNadir::any_regrowth), Response::progressive);
    EXPECT_EQ(read(900, ZeroNadir::never), Response::stable);
}

TEST(TargetResponse, IsProgressionForAnyLesionSeenAfterACompleteResponse)
{
    const References after_complete{.baseline = 1000, .nadir = 0, .was_complete = true};
    EXPECT_EQ(answer(lesions(1), after_complete),
              (TargetAnswer{Response::progressive, ProgressionCause::reappearance}));
    EXPECT_EQ(answer(lesions(0), after_complete).response, Response::complete);
    const TargetSum seen_in_part{.measured = 1, .is_complete = false, .lesion_is_seen = true};
    EXPECT_EQ(answer(seen_in_part, after_complete).response, Response::progressive);
}

TEST(TargetResponse, AfterACompleteResponseTakesAnEnlargedNodeForDiseaseUnlessReadBySum)
{
    const References after_complete{.baseline = 380, .nadir = 90, .was_complete = true};
    const TargetSum node{.measured = 120, .node_is_enlarged = true};
    EXPECT_EQ(answer(node, after_complete).cause, ProgressionCause::reappearance);
    EXPECT_EQ(answer(node, after_complete, recist, {.node_regrowth = NodeRegrowth::by_the_sum}).response,
              Response::partial);
    const TargetSum normal{.measured = 99};
    EXPECT_EQ(answer(normal, after_complete).response, Response::complete);
}

TEST(TargetResponse, HoldsAPartialResponseOnlyWhenAsked)
{
    References after_partial = against(1000, 600);
    after_partial.was_partial = true;
    EXPECT_EQ(answer(lesions(719), after_partial).response, Response::stable);
    EXPECT_EQ(answer(lesions(719), after_partial, recist, {.pr_hold = true}).response, Response::partial);
    EXPECT_EQ(answer(lesions(719), against(1000, 600), recist, {.pr_hold = true}).response, Response::stable);
    EXPECT_EQ(answer(lesions(720), after_partial, recist, {.pr_hold = true}).response, Response::progressive);
}

TEST(TargetResponse, WithoutAFiveMmArmProgressesByThePercentageAlone)
{
    constexpr TargetRules no_arm{.least_growth_mm = 0};
    EXPECT_EQ(answer(lesions(240), against(200, 200), no_arm).response, Response::progressive);
    EXPECT_EQ(answer(lesions(239), against(200, 200), no_arm).response, Response::stable);
    EXPECT_EQ(answer(lesions(1), against(200, 0), no_arm).response, Response::progressive);
}

TEST(TargetResponse, ReadStrictlyProgressesBeyondTwentyPercentOnly)
{
    constexpr TargetRules strict{.progressive_is_strict = true, .least_growth_mm = 0};
    EXPECT_EQ(answer(lesions(1200), against(1000, 1000), strict).response, Response::stable);
    EXPECT_EQ(answer(lesions(1201), against(1000, 1000), strict).response, Response::progressive);
}

TEST(TargetResponse, CountsTheFiveMmInTheUnitOfTheRounding)
{
    const TargetSum now{.measured = 25, .lesion_is_seen = true};
    EXPECT_EQ(target_response(now, against(20, 20), recist, {}, Rounding::whole_mm).response,
              Response::progressive);
    const TargetSum less{.measured = 24'900'000, .lesion_is_seen = true};
    EXPECT_EQ(target_response(less, against(20'000'000, 20'000'000), recist, {}, Rounding::raw).response,
              Response::stable);
}

}  // namespace
