#include "downstage/core/error.hpp"
#include "downstage/evaluation/overlap.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace downstage::evaluation {
namespace {

const Grid row_of_eight{.size = {8, 1, 1}, .spacing_mm = {}, .origin = {}, .axes = {}};

TEST(Dice, IsOneForEqualAndZeroForApart)
{
    const Mask left{row_of_eight, {1, 1, 0, 0, 0, 0, 0, 0}};
    const Mask right{row_of_eight, {0, 0, 1, 1, 0, 0, 0, 0}};
    EXPECT_DOUBLE_EQ(dice(left, left).value(), 1.0);
    EXPECT_DOUBLE_EQ(dice(left, right).value(), 0.0);
}

TEST(Dice, CountsTheSharedPartTwice)
{
    const Mask four{row_of_eight, {1, 1, 1, 1, 0, 0, 0, 0}};
    const Mask two{row_of_eight, {0, 0, 0, 1, 1, 0, 0, 0}};
    EXPECT_DOUBLE_EQ(dice(four, two).value(), 2.0 * 1.0 / 6.0);
}

TEST(Dice, IsUnknownForTwoEmptyMasks)
{
    EXPECT_EQ(dice(Mask{row_of_eight}, Mask{row_of_eight}), std::nullopt);
}

TEST(Dice, RefusesDifferentGrids)
{
    Grid shifted = row_of_eight;
    shifted.origin.x_mm = 1.0;
    EXPECT_THROW(static_cast<void>(dice(Mask{row_of_eight}, Mask{shifted})), Error);
}

TEST(Overlap, SaysHowMuchOfALesionIsCoveredByTwoFindings)
{
    const LabelMap truth{row_of_eight, {1, 1, 1, 1, 0, 0, 2, 2}};
    const LabelMap found{row_of_eight, {1, 0, 2, 2, 2, 0, 0, 3}};
    const OverlapTable table = overlap_of(truth, found);
    EXPECT_DOUBLE_EQ(table.covered(1), 0.75);
    EXPECT_DOUBLE_EQ(table.covered(2), 0.5);
    EXPECT_DOUBLE_EQ(table.justified(2), 2.0 / 3.0);
    ASSERT_TRUE(table.best_for(1).has_value());
    EXPECT_EQ(table.best_for(1)->found, 2);
    EXPECT_DOUBLE_EQ(table.dice(*table.best_for(1)), 2.0 * 2.0 / (4.0 + 3.0));
}

TEST(Overlap, HasNoPairWhereNothingIsShared)
{
    const LabelMap truth{row_of_eight, {1, 1, 0, 0, 0, 0, 0, 0}};
    const LabelMap found{row_of_eight, {0, 0, 0, 0, 1, 0, 0, 0}};
    const OverlapTable table = overlap_of(truth, found);
    EXPECT_THAT(table.shared, testing::IsEmpty());
    EXPECT_FALSE(table.best_for(1).has_value());
    EXPECT_DOUBLE_EQ(table.covered(1), 0.0);
    EXPECT_DOUBLE_EQ(table.justified(1), 0.0);
}

}  // namespace
}  // namespace downstage::evaluation
