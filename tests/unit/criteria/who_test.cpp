#include "downstage/criteria/easl.hpp"
#include "downstage/criteria/who.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace {

using downstage::length_of;
using downstage::criteria::DiameterPair;
using downstage::criteria::easl;
using downstage::criteria::product_response;
using downstage::criteria::ProductResponse;
using downstage::criteria::sum_of_products;
using downstage::criteria::who;
using enum downstage::Response;

DiameterPair pair(double longest_mm, double perpendicular_mm)
{
    return {.longest = length_of(longest_mm), .perpendicular = length_of(perpendicular_mm)};
}

TEST(SumOfProducts, IsInHundredthsOfASquareMillimetre)
{
    EXPECT_EQ(sum_of_products(std::vector{pair(40.0, 30.0), pair(1.5, 0.5)}), 120'000 + 75);
    EXPECT_EQ(sum_of_products({}), 0);
}

TEST(ProductResponse, IsPartialFromFiftyPercentBelowBaselineOn)
{
    EXPECT_EQ(product_response({.baseline = 1000, .smallest = 1000, .now = 500}).response, partial);
    EXPECT_EQ(product_response({.baseline = 1000, .smallest = 1000, .now = 501}).response, stable);
}

TEST(ProductResponse, IsProgressionFromTwentyFivePercentOverTheSmallestSumOnContestedExactlyThere)
{
    EXPECT_EQ(product_response({.baseline = 1000, .smallest = 400, .now = 499}).response, partial);
    EXPECT_EQ(product_response({.baseline = 1000, .smallest = 400, .now = 500}),
              (ProductResponse{.response = progressive, .is_contested = true}));
    EXPECT_EQ(product_response({.baseline = 1000, .smallest = 400, .now = 501}),
              (ProductResponse{.response = progressive}));
}

TEST(ProductResponse, IsCompleteAtNothingAlsoAfterNothing)
{
    EXPECT_EQ(product_response({.baseline = 1000, .smallest = 0, .now = 0}).response, complete);
    EXPECT_EQ(product_response({.baseline = 1000, .smallest = 0, .now = 1}).response, progressive);
}

TEST(Easl, ReadsTheSumOnly)
{
    const std::vector before{pair(20.0, 20.0), pair(30.0, 10.0)};
    EXPECT_EQ(easl(before, std::vector{pair(10.0, 10.0), pair(20.0, 10.0)}).response, partial);
    EXPECT_EQ(easl(before, std::vector{pair(10.0, 10.0), pair(38.0, 10.0)}).response, stable);
    EXPECT_EQ(easl(before, std::vector{pair(0.0, 0.0), pair(0.0, 0.0)}).response, complete);
    EXPECT_EQ(easl(before, std::vector{pair(25.0, 20.0), pair(37.5, 10.0)}).response, progressive);
}

TEST(Who, IsProgressionWhenOneLesionGrewByTwentyFivePercentAlthoughTheSumDidNot)
{
    const std::vector before{pair(40.0, 40.0), pair(20.0, 10.0)};
    EXPECT_EQ(who(before, std::vector{pair(40.0, 40.0), pair(25.0, 10.0)}).response, progressive);
    EXPECT_EQ(who(before, std::vector{pair(40.0, 40.0), pair(24.9, 10.0)}).response, stable);
    EXPECT_EQ(who(before, std::vector{pair(20.0, 20.0), pair(25.0, 10.0)}).response, progressive);
}

TEST(Who, IsPartialAndCompleteByTheSum)
{
    const std::vector before{pair(40.0, 40.0), pair(20.0, 10.0)};
    EXPECT_EQ(who(before, std::vector{pair(20.0, 20.0), pair(20.0, 10.0)}).response, partial);
    EXPECT_EQ(who(before, std::vector{pair(0.0, 0.0), pair(0.0, 0.0)}).response, complete);
}

TEST(Who, HasNoPercentageForALesionThatWasNotThere)
{
    const std::vector before{pair(40.0, 40.0), pair(0.0, 0.0)};
    EXPECT_EQ(who(before, std::vector{pair(40.0, 40.0), pair(5.0, 5.0)}).response, stable);
    EXPECT_EQ(who(before, std::vector{pair(40.0, 40.0)}).response, stable);
}

TEST(Who, PassesOnThatTheLimitIsContested)
{
    EXPECT_TRUE(who(std::vector{pair(40.0, 40.0)}, std::vector{pair(50.0, 40.0)}).is_contested);
}

}  // namespace
