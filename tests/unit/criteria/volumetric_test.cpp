#include "downstage/criteria/volumetric.hpp"

#include <gtest/gtest.h>

namespace {

using downstage::criteria::lung_reliability;
using downstage::criteria::qeasl;
using downstage::criteria::volumetric;
using enum downstage::Response;

TEST(Volumetric, ByTheCubeLawIsPartialAtSeventyPercentOfTheDiameterCubed)
{
    EXPECT_EQ(volumetric({.baseline_ml = 100.0, .smallest_ml = 100.0, .now_ml = 34.3}), partial);
    EXPECT_EQ(volumetric({.baseline_ml = 100.0, .smallest_ml = 100.0, .now_ml = 34.301}), stable);
}

TEST(Volumetric, ByTheCubeLawIsProgressionAtOneHundredAndTwentyPercentCubedOverTheSmallest)
{
    EXPECT_EQ(volumetric({.baseline_ml = 100.0, .smallest_ml = 10.0, .now_ml = 17.28}), progressive);
    EXPECT_EQ(volumetric({.baseline_ml = 100.0, .smallest_ml = 10.0, .now_ml = 17.279}), partial);
}

TEST(Volumetric, IsCompleteAtNothing)
{
    EXPECT_EQ(volumetric({.baseline_ml = 100.0, .smallest_ml = 0.0, .now_ml = 0.0}), complete);
    EXPECT_EQ(volumetric({.baseline_ml = 100.0, .smallest_ml = 0.0, .now_ml = 0.001}), progressive);
}

TEST(Volumetric, KnowsOtherLimits)
{
    EXPECT_EQ(volumetric({.baseline_ml = 100.0, .smallest_ml = 100.0, .now_ml = 35.0}, qeasl), partial);
    EXPECT_EQ(volumetric({.baseline_ml = 100.0, .smallest_ml = 100.0, .now_ml = 35.001}, qeasl), stable);
    EXPECT_EQ(volumetric({.baseline_ml = 100.0, .smallest_ml = 100.0, .now_ml = 173.0}, qeasl), progressive);
    EXPECT_EQ(volumetric({.baseline_ml = 100.0, .smallest_ml = 100.0, .now_ml = 172.999}, qeasl), stable);
    EXPECT_EQ(volumetric({.baseline_ml = 100.0, .smallest_ml = 100.0, .now_ml = 65.0}, lung_reliability),
              partial);
    EXPECT_EQ(volumetric({.baseline_ml = 100.0, .smallest_ml = 100.0, .now_ml = 155.0}, lung_reliability),
              progressive);
    EXPECT_EQ(volumetric({.baseline_ml = 100.0, .smallest_ml = 100.0, .now_ml = 154.999}, lung_reliability),
              stable);
}

}  // namespace
