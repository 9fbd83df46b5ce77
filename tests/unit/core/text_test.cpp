#include "downstage/core/text.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace downstage {
namespace {

TEST(Fixed, KeepsTrailingZerosAndDropsTheSignOfZero)
{
    EXPECT_EQ(fixed(31.4, 2), "31.40");
    EXPECT_EQ(fixed(-0.04, 1), "0.0");
    EXPECT_EQ(fixed(-0.06, 1), "-0.1");
    EXPECT_EQ(fixed(5.0, 0), "5");
}

TEST(Fixed, NamesWhatIsNoNumber)
{
    EXPECT_EQ(fixed(-std::numeric_limits<double>::infinity(), 1), "-inf");
    EXPECT_EQ(fixed(std::numeric_limits<double>::max(), 0).size(), 309U);
}

TEST(PlaceText, ReadsAsThreeCoordinates)
{
    EXPECT_EQ(place_text({-12.5, 34.0, 56.25}, 1), "(-12.5, 34.0, 56.2)");
    EXPECT_EQ(mm_text(2.5), "2.5 mm");
}

}  // namespace
}  // namespace downstage
