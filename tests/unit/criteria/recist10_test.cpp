#include "downstage/criteria/recist10.hpp"

#include "downstage_test/courses.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using downstage::criteria::recist10;
using enum downstage::Response;
using testing::ElementsAre;
using namespace downstage::test;  // NOLINT(google-build-using-namespace): builders of courses

TEST(Recist10, HasNoFiveMmArm)
{
    EXPECT_THAT(overall_of(recist10(series(20.0, {24.0}))), ElementsAre(progressive));
    EXPECT_THAT(overall_of(recist10(series(20.0, {23.9}))), ElementsAre(stable));
}

TEST(Recist10, NeverCallsANodeNormal)
{
    EXPECT_THAT(overall_of(recist10(course({node(20.0)}, {visit(56, {mm(5.0)})}))), ElementsAre(partial));
    EXPECT_THAT(overall_of(recist10(course({node(20.0)}, {visit(56, {gone})}))), ElementsAre(complete));
}

TEST(Recist10, IsPartialFromThirtyPercentOnAndFlagsRounding)
{
    EXPECT_EQ(recist10(series(100.0, {70.0})).best, partial);
    EXPECT_TRUE(recist10(series(100.0, {70.04})).rounding_sensitive);
}

}  // namespace
