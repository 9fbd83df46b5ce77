#include "downstage/cohort/waterfall.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using downstage::cohort::Waterfall;
using downstage::cohort::waterfall;
using downstage::cohort::WaterfallBar;
using testing::ElementsAre;

TEST(Waterfall, ShowsTheMostNegativeChangeLargestIncreaseFirst)
{
    const Waterfall drawn = waterfall({{"A", {10.0, -5.0, 40.0}}, {"B", {25.0}}, {"C", {-100.0}}});
    EXPECT_THAT(drawn.bars,
                ElementsAre(WaterfallBar{"B", 25.0}, WaterfallBar{"A", -5.0}, WaterfallBar{"C", -100.0}));
}

TEST(Waterfall, KeepsEqualBarsInTheOrderOfTheirPatients)
{
    const Waterfall drawn = waterfall({{"Q", {-10.0}}, {"P", {-10.0, 40.0}}});
    EXPECT_THAT(drawn.bars, ElementsAre(WaterfallBar{"P", -10.0}, WaterfallBar{"Q", -10.0}));
}

TEST(Waterfall, LeavesOutWhoHasNoSumAfterBaselineAndSaysSo)
{
    const Waterfall drawn = waterfall({{"A", {}}, {"B", {0.0}}});
    EXPECT_THAT(drawn.bars, ElementsAre(WaterfallBar{"B", 0.0}));
    EXPECT_THAT(drawn.left_out, ElementsAre("A"));
}

}  // namespace
