#include "downstage/core/image.hpp"

#include <gtest/gtest.h>

namespace downstage {
namespace {

TEST(Image, RefusesAnotherNumberOfVoxelsThanItsGridHas)
{
    EXPECT_THROW((Mask{Grid{.size = {2, 2, 2}}, std::vector<std::uint8_t>(7)}), Error);
}

TEST(Image, CopiesDeeply)
{
    Volume first{Grid{.size = {2, 2, 2}}, std::int16_t{-1000}};
    const Volume second = first;
    first[{1, 1, 1}] = 40;
    EXPECT_EQ((second[{1, 1, 1}]), -1000);
}

TEST(Image, GivesASliceAsTheVoxelsOfThatK)
{
    Volume image{Grid{.size = {3, 2, 4}}};
    image[{2, 1, 3}] = 7;
    EXPECT_EQ(image.slice(3).size(), 6U);
    EXPECT_EQ(image.slice(3).back(), 7);
    EXPECT_EQ(image.slice(2).back(), 0);
}

}  // namespace
}  // namespace downstage
