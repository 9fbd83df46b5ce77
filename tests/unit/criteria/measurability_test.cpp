#include "downstage/criteria/measurability.hpp"

#include <gtest/gtest.h>

namespace {

using downstage::criteria::BaselineLesion;
using downstage::criteria::measurability;
using downstage::criteria::Measurability;
using downstage::criteria::Modality;

Measurability of(const BaselineLesion& lesion)
{
    return measurability(lesion).answer;
}

TEST(MeasurabilityOfALesion, BeginsAtTenMmWhateverTheThinSlice)
{
    EXPECT_EQ(of({.mm = 10.0, .slice_mm = 5.0}), Measurability::target_eligible);
    EXPECT_EQ(of({.mm = 9.9, .slice_mm = 1.0}), Measurability::non_target);
    EXPECT_EQ(of({.mm = 10.0}), Measurability::target_eligible);
}

TEST(MeasurabilityOfALesion, BeginsAtTwiceASliceThickerThanFiveMm)
{
    EXPECT_EQ(of({.mm = 15.0, .slice_mm = 7.5}), Measurability::target_eligible);
    EXPECT_EQ(of({.mm = 14.9, .slice_mm = 7.5}), Measurability::non_target);
    EXPECT_EQ(of({.mm = 12.5, .slice_mm = 6.25}), Measurability::target_eligible);
    EXPECT_EQ(of({.mm = 10.1, .slice_mm = 5.1}), Measurability::non_target);
}

TEST(MeasurabilityOfALesion, BeginsAtTwentyMmOnAChestXrayAndAtTenByCalipers)
{
    EXPECT_EQ(of({.mm = 20.0, .modality = Modality::chest_xray}), Measurability::target_eligible);
    EXPECT_EQ(of({.mm = 19.9, .modality = Modality::chest_xray}), Measurability::non_target);
    EXPECT_EQ(of({.mm = 10.0, .slice_mm = 8.0, .modality = Modality::calipers}),
              Measurability::target_eligible);
    EXPECT_EQ(of({.mm = 9.9, .modality = Modality::calipers}), Measurability::non_target);
}

TEST(MeasurabilityOfANode, IsTargetFromFifteenMmOnAndDiseaseFromTen)
{
    EXPECT_EQ(of({.mm = 15.0, .is_node = true}), Measurability::target_eligible);
    EXPECT_EQ(of({.mm = 14.9, .is_node = true}), Measurability::non_target);
    EXPECT_EQ(of({.mm = 10.0, .is_node = true}), Measurability::non_target);
    EXPECT_EQ(of({.mm = 9.9, .is_node = true}), Measurability::normal);
}

TEST(MeasurabilityOfANode, OnThickSlicesIsContestedWhereTheReadingsPart)
{
    const BaselineLesion on_thick{.mm = 15.5, .is_node = true, .slice_mm = 8.0};
    EXPECT_EQ(measurability(on_thick).answer, Measurability::target_eligible);
    EXPECT_EQ(measurability(on_thick, {.double_slice_nodes = true}).answer, Measurability::non_target);
    EXPECT_TRUE(measurability(on_thick).is_contested);
    EXPECT_FALSE(measurability({.mm = 16.0, .is_node = true, .slice_mm = 8.0}).is_contested);
    EXPECT_EQ(
        measurability({.mm = 15.0, .is_node = true, .slice_mm = 6.0}, {.double_slice_nodes = true}).answer,
        Measurability::target_eligible);
    EXPECT_EQ(
        measurability({.mm = 14.0, .is_node = true, .slice_mm = 6.0}, {.double_slice_nodes = true}).answer,
        Measurability::non_target);
}

}  // namespace
