#include "downstage/criteria/response_best.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <vector>

namespace {

using downstage::Day;
using downstage::Response;
using downstage::ResponseOptions;
using downstage::criteria::best_response;
using downstage::criteria::BestResponse;
using downstage::criteria::DatedResponse;
using downstage::criteria::visits_that_count;
using enum downstage::Response;
using testing::SizeIs;

constexpr ResponseOptions confirmed{.confirm = true};

Response best(const std::vector<DatedResponse>& visits, const ResponseOptions& options = {})
{
    return best_response(visits, {}, options).best;
}

TEST(VisitsThatCount, EndWithTheFirstProgression)
{
    const std::vector<DatedResponse> visits{{28, stable}, {56, progressive}, {84, complete}};
    EXPECT_THAT(visits_that_count(visits, std::nullopt), SizeIs(2));
}

TEST(VisitsThatCount, EndWithTheDayOnWhichAnotherTherapyBegan)
{
    const std::vector<DatedResponse> visits{{28, stable}, {56, stable}, {84, complete}};
    EXPECT_THAT(visits_that_count(visits, 56), SizeIs(2));
    EXPECT_THAT(visits_that_count(visits, 55), SizeIs(1));
}

TEST(BestResponse, IsTheBestOfAllVisitsWithoutConfirmation)
{
    EXPECT_EQ(best({{56, stable}, {112, complete}, {168, partial}}), complete);
    EXPECT_EQ(best({{56, partial}, {112, progressive}}), partial);
    EXPECT_EQ(best({{56, complete}, {112, partial}}), complete);
}

TEST(BestResponse, NamesTheDayOfTheFirstResponseThatCounts)
{
    const std::vector<DatedResponse> visits{{56, stable}, {112, partial}, {168, complete}};
    EXPECT_EQ(best_response(visits, {}, {}).response_day, 112);
    EXPECT_EQ(best_response(std::vector<DatedResponse>{{56, stable}}, {}, {}).response_day, std::nullopt);
}

TEST(BestResponse, NeedsStableDiseaseToLastTheMinimumInclusive)
{
    EXPECT_EQ(best({{42, stable}}), stable);
    EXPECT_EQ(best({{41, stable}}), not_evaluable);
    EXPECT_EQ(best({{41, stable}, {84, progressive}}), progressive);
    EXPECT_EQ(best({{56, stable}}, {.min_sd_days = 57}), not_evaluable);
    EXPECT_EQ(best_response(std::vector<DatedResponse>{{56, stable}}, {.baseline_day = 15}, {}).best,
              not_evaluable);
}

TEST(BestResponse, WithoutTargetsIsNonCrNonPdInsteadOfStable)
{
    const std::vector<DatedResponse> visits{{56, non_cr_non_pd}};
    EXPECT_EQ(best_response(visits, {.has_targets = false}, {}).best, non_cr_non_pd);
    const std::vector<DatedResponse> unconfirmed{{56, complete}};
    EXPECT_EQ(best_response(unconfirmed, {.has_targets = false}, confirmed).best, non_cr_non_pd);
}

TEST(BestResponse, OfNothingEvaluatedIsNotEvaluable)
{
    EXPECT_EQ(best({}), not_evaluable);
    EXPECT_EQ(best({{56, not_evaluable}}), not_evaluable);
}

// RECIST 1.1 Table 3, visits at 56 and 84 days: the duration of stable disease is met (RULES.md 1.37).
TEST(BestResponse, FollowsTableThreeWhenStableDiseaseLasted)
{
    EXPECT_EQ(best({{56, complete}, {84, complete}}, confirmed), complete);
    EXPECT_EQ(best({{56, complete}, {84, partial}}, confirmed), stable);
    EXPECT_EQ(best({{56, complete}, {84, stable}}, confirmed), stable);
    EXPECT_EQ(best({{56, complete}, {84, progressive}}, confirmed), stable);
    EXPECT_EQ(best({{56, complete}, {84, not_evaluable}}, confirmed), stable);
    EXPECT_EQ(best({{56, partial}, {84, complete}}, confirmed), partial);
    EXPECT_EQ(best({{56, partial}, {84, partial}}, confirmed), partial);
    EXPECT_EQ(best({{56, partial}, {84, stable}}, confirmed), stable);
    EXPECT_EQ(best({{56, partial}, {84, progressive}}, confirmed), stable);
    EXPECT_EQ(best({{56, partial}, {84, not_evaluable}}, confirmed), stable);
    EXPECT_EQ(best({{56, not_evaluable}, {84, not_evaluable}}, confirmed), not_evaluable);
}

TEST(BestResponse, FollowsTableThreeWhenItDidNot)
{
    EXPECT_EQ(best({{28, complete}, {40, progressive}}, confirmed), progressive);
    EXPECT_EQ(best({{28, complete}, {56, not_evaluable}}, confirmed), not_evaluable);
    EXPECT_EQ(best({{28, partial}, {40, progressive}}, confirmed), progressive);
    EXPECT_EQ(best({{28, partial}, {56, not_evaluable}}, confirmed), not_evaluable);
}

TEST(BestResponse, IsConfirmedFromTwentyEightDaysOnInclusive)
{
    EXPECT_EQ(best({{56, partial}, {84, partial}}, confirmed), partial);
    EXPECT_EQ(best({{56, partial}, {83, partial}}, confirmed), stable);
    EXPECT_EQ(best({{56, partial}, {83, partial}}, {.confirm = true, .confirm_after_days = 27}), partial);
}

TEST(BestResponse, NamesTheDayOfTheFirstConfirmedResponse)
{
    const std::vector<DatedResponse> visits{{56, partial}, {70, stable}, {84, partial}, {112, partial}};
    EXPECT_EQ(best_response(visits, {}, confirmed), (BestResponse{.best = partial, .response_day = 84}));
}

TEST(BestResponse, LetsSoManyVisitsNotBeEvaluableInBetween)
{
    const std::vector<DatedResponse> one{{56, partial}, {84, not_evaluable}, {112, partial}};
    const std::vector<DatedResponse> two{
        {56, partial}, {84, not_evaluable}, {112, not_evaluable}, {140, partial}};
    EXPECT_EQ(best(one, confirmed), partial);
    EXPECT_EQ(best(two, confirmed), stable);
    EXPECT_EQ(best(one, {.confirm = true, .max_ne_between = 0}), stable);
    EXPECT_EQ(best(two, {.confirm = true, .max_ne_between = 2}), partial);
}

TEST(BestResponse, LetsOneStableVisitLieBetweenPartialResponsesOnlyWhenAsked)
{
    const std::vector<DatedResponse> one{{56, partial}, {84, stable}, {112, partial}};
    const std::vector<DatedResponse> two{{56, partial}, {84, stable}, {112, stable}, {140, partial}};
    const std::vector<DatedResponse> of_complete{{56, complete}, {84, stable}, {112, complete}};
    const ResponseOptions accepting{.confirm = true, .accept_sd_between = true};
    EXPECT_EQ(best(one, confirmed), stable);
    EXPECT_EQ(best(one, accepting), partial);
    EXPECT_EQ(best(two, accepting), stable);
    EXPECT_EQ(best(of_complete, accepting), stable);
}

TEST(BestResponse, ConfirmsNoCompleteResponseAcrossAPartialOne)
{
    EXPECT_EQ(best({{56, complete}, {84, partial}, {112, complete}}, confirmed), partial);
    EXPECT_EQ(best({{56, complete}, {70, complete}, {84, complete}}, confirmed), complete);
    EXPECT_EQ(best({{56, partial}, {70, complete}, {84, partial}}, confirmed), partial);
}

TEST(BestResponse, ConfirmsNothingAcrossNonCrNonPd)
{
    EXPECT_EQ(best({{56, complete}, {70, non_cr_non_pd}, {84, complete}}, confirmed), stable);
}

TEST(BestResponse, RelabelsACompleteResponseBeforeAPartialOneOnlyWhenAsked)
{
    const ResponseOptions relabelling{.confirm = true, .relabel_cr_as_pr = true};
    EXPECT_EQ(best({{56, complete}, {84, partial}}, relabelling), partial);
    EXPECT_EQ(best({{56, complete}, {70, complete}, {84, partial}}, relabelling), partial);
    EXPECT_EQ(best({{56, complete}, {84, complete}}, relabelling), complete);
    EXPECT_EQ(best({{56, complete}, {84, partial}}, {.relabel_cr_as_pr = true}), complete);
    EXPECT_EQ(best({{56, stable}, {84, partial}}, relabelling), stable);
}

}  // namespace
