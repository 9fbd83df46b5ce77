#include "../../../modules/segmentation/src/lesions_judge.hpp"
#include "downstage_test/painted_ct.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace downstage::segmentation {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Grid grid = downstage_test::centred_grid({20, 10, 1}, {1.0, 1.0, 1.0});

/// Probability rises from 0 by 0.05 a column.
Field ramp()
{
    Field field{grid};
    for_each_voxel(grid, [&](const Index& at) { field[at] = 0.05F * static_cast<float>(at.i); });
    return field;
}

Evidence evidence(double score, double mean)
{
    return {.score = score, .opinion = Opinion{.mean = mean, .peak = mean}};
}

TEST(OpinionOn, IsTheMeanAndThe95thPercentileInsideTheRegion)
{
    const Patch all{.first = {0, 0, 0}, .mask = Mask{grid, 1}};
    const Opinion opinion = opinion_on(all, ramp());
    EXPECT_NEAR(opinion.mean, 0.475, 1e-6);  // of 0, 0.05, ... 0.95
    EXPECT_NEAR(opinion.peak, 0.95, 1e-6);   // the last of 20 columns
}

TEST(OpinionOn, CountsOnlyWhereTheRegionIs)
{
    Patch part{.first = {10, 0, 0}, .mask = Mask{downstage_test::centred_grid({2, 10, 1}, {1.0, 1.0, 1.0})}};
    for (std::int32_t j = 0; j < 10; ++j)
        part.mask[{1, j, 0}] = 1;
    EXPECT_NEAR(opinion_on(part, ramp()).mean, 0.55, 1e-6);
}

TEST(OpinionOn, IsZeroForAnEmptyRegion)
{
    const Patch none{.first = {0, 0, 0}, .mask = Mask{grid}};
    EXPECT_EQ(opinion_on(none, ramp()).mean, 0.0);
    EXPECT_EQ(opinion_on(none, ramp()).peak, 0.0);
}

TEST(SliceLevels, AreHalfTheSliceAndHalfTheLiver)
{
    // Two plain slices of 100 HU and one that is all tumour of 40 HU: the liver's median is 100.
    const Grid three = downstage_test::centred_grid({4, 4, 3}, {1.0, 1.0, 1.0});
    Volume ct{three, 100};
    for (std::int16_t& hu : ct.slice(2))
        hu = 40;
    EXPECT_THAT(slice_levels_hu(ct, Mask{three, 1}), ElementsAre(100.0, 100.0, 70.0));
}

TEST(SliceLevels, AreTheLiversWhereASliceHasNone)
{
    const Grid two = downstage_test::centred_grid({4, 4, 2}, {1.0, 1.0, 1.0});
    Mask liver{two, 1};
    for (std::uint8_t& in : liver.slice(1))
        in = 0;
    EXPECT_THAT(slice_levels_hu(Volume{two, 80}, liver), ElementsAre(80.0, 80.0));
}

TEST(ChanceOf, RisesWithTheScoreAndWithTheNetworksMean)
{
    EXPECT_LT(chance_of(evidence(0.3, 0.6)), chance_of(evidence(0.4, 0.6)));
    EXPECT_LT(chance_of(evidence(0.3, 0.6)), chance_of(evidence(0.3, 0.7)));
}

TEST(ChanceOf, WithoutANetworkCountsFromAScoreOf45Hundredths)
{
    // SEGMENTATION.md 9.8: 0.45 and up is reported, 0.30-0.45 is possible.
    EXPECT_GE(chance_of({.score = 0.451, .opinion = std::nullopt}), counts_from_chance);
    EXPECT_LT(chance_of({.score = 0.449, .opinion = std::nullopt}), counts_from_chance);
}

TEST(IsRuledOut, WhereTheNetworkSawNothing)
{
    EXPECT_TRUE(is_ruled_out(evidence(0.9, 0.05)));
    EXPECT_FALSE(is_ruled_out(evidence(0.9, 0.3)));
    EXPECT_FALSE(is_ruled_out({.score = 0.9, .opinion = std::nullopt}));
}

TEST(DoubtOf, NamesTheNetworksMeanOnlyWhereItIsLow)
{
    EXPECT_THAT(doubt_of(evidence(0.5, 0.31)), HasSubstr("0.31"));
    EXPECT_THAT(doubt_of(evidence(0.5, 0.8)), IsEmpty());
    EXPECT_THAT(doubt_of({.score = 0.5, .opinion = std::nullopt}), IsEmpty());
}

}  // namespace
}  // namespace downstage::segmentation
