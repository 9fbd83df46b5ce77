#include "downstage/measurement/measurability.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using downstage::measurement::measurability;
using testing::HasSubstr;

TEST(Measurability, BeginsAtExactlyTenMillimetresWithSlicesUpToFive)  // RULES 1.1
{
    EXPECT_TRUE(measurability(10.0, 5.0).measurable);
    EXPECT_FALSE(measurability(9.9, 5.0).measurable);
}

TEST(Measurability, BeginsAtTwiceTheThicknessOfThickerSlices)  // RULES 1.2
{
    EXPECT_TRUE(measurability(15.0, 7.5).measurable);
    EXPECT_FALSE(measurability(14.9, 7.5).measurable);
    EXPECT_FALSE(measurability(10.1, 5.1).measurable);
}

TEST(Measurability, IsNotLoweredByThinSlices)  // RULES 1.3
{
    EXPECT_FALSE(measurability(9.9, 1.0).measurable);
}

TEST(Measurability, ComparesWholeTenths)
{
    EXPECT_TRUE(measurability(9.95, 1.0).measurable);  // 10.0 when it is rounded once (RULES 0.2)
    EXPECT_FALSE(measurability(9.94, 1.0).measurable);
}

TEST(Measurability, SaysWhatWasCompared)
{
    EXPECT_THAT(measurability(9.9, 2.5).because, HasSubstr("9.9 mm is below 10.0 mm"));
    EXPECT_THAT(measurability(31.4, 8.0).because, HasSubstr("31.4 mm is at least 16.0 mm"));
}

}  // namespace
