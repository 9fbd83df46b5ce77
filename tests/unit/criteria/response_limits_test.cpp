#include "downstage/criteria/response_limits.hpp"

#include <gtest/gtest.h>

namespace {

using downstage::criteria::at_least;
using downstage::criteria::at_most;
using downstage::criteria::minus_30_percent;
using downstage::criteria::minus_50_percent;
using downstage::criteria::more_than;
using downstage::criteria::plus_20_percent;
using downstage::criteria::plus_25_percent;

// One thousand is divisible by all denominators, so that each limit is a whole number.
TEST(Limits, AreReachedExactly)
{
    EXPECT_TRUE(at_most(700, minus_30_percent, 1000));
    EXPECT_FALSE(at_most(701, minus_30_percent, 1000));
    EXPECT_TRUE(at_most(500, minus_50_percent, 1000));
    EXPECT_FALSE(at_most(501, minus_50_percent, 1000));
    EXPECT_TRUE(at_least(1200, plus_20_percent, 1000));
    EXPECT_FALSE(at_least(1199, plus_20_percent, 1000));
    EXPECT_TRUE(at_least(1250, plus_25_percent, 1000));
    EXPECT_FALSE(at_least(1249, plus_25_percent, 1000));
    EXPECT_FALSE(more_than(1200, plus_20_percent, 1000));
    EXPECT_TRUE(more_than(1201, plus_20_percent, 1000));
}

}  // namespace
