#include "downstage/measurement/neighbourhood.hpp"

#include <gtest/gtest.h>

namespace {

using downstage::Grid;
using downstage::Index;
using downstage::LabelMap;
using downstage::Mask;
using downstage::Segmented;
using downstage::Volume;
using downstage::measurement::Box;
using downstage::measurement::boxes_of_labels;
using downstage::measurement::Neighbourhood;
using downstage::measurement::neighbourhood_of;

const Grid small_grid{.size = {8, 7, 6}, .spacing_mm = {1.0, 1.0, 2.0}, .origin = {10.0, 20.0, 30.0}};

TEST(BoxesOfLabels, AreTightAndKnowEveryLabel)
{
    LabelMap labels{small_grid};
    labels[{1, 2, 3}] = 4;
    labels[{5, 2, 3}] = 4;
    labels[{3, 6, 1}] = 4;
    labels[{2, 2, 3}] = 9;  // beside the other in the same row
    const auto boxes = boxes_of_labels(labels);
    ASSERT_EQ(boxes.size(), 2U);
    EXPECT_EQ(boxes.at(4), (Box{.first = {1, 2, 1}, .last = {5, 6, 3}}));
    EXPECT_EQ(boxes.at(9), (Box{.first = {2, 2, 3}, .last = {2, 2, 3}}));
}

TEST(NeighbourhoodOf, KeepsEveryVoxelAtItsPlaceInThePatient)
{
    Volume image{small_grid};
    image[{4, 3, 2}] = 77;
    Segmented found{.lesions = LabelMap{small_grid}};
    found.lesions[{4, 3, 2}] = 1;
    const Neighbourhood cut = neighbourhood_of(image, found, 1, {.first = {4, 3, 2}, .last = {4, 3, 2}}, 1.0);
    const Index here{4 - cut.corner.i, 3 - cut.corner.j, 2 - cut.corner.k};
    EXPECT_EQ(cut.hu[here], 77.0F);
    EXPECT_EQ(cut.label[here], 1);
    EXPECT_EQ(to_lps(cut.hu.grid(), here), to_lps(small_grid, Index{4, 3, 2}));
}

TEST(NeighbourhoodOf, ReachesBeyondTheImageWhereNothingIsReadable)
{
    Segmented found{.lesions = LabelMap{small_grid}};
    found.lesions[{0, 0, 0}] = 1;
    const Neighbourhood cut =
        neighbourhood_of(Volume{small_grid, 50}, found, 1, {.first = {0, 0, 0}, .last = {0, 0, 0}}, 2.0);
    EXPECT_EQ(cut.corner, (Index{-3, -3, -2}));
    EXPECT_EQ(cut.readable[(Index{0, 0, 0})], 0);
    EXPECT_EQ(cut.readable[(Index{3, 3, 2})], 1);
}

TEST(NeighbourhoodOf, DoesNotReadOutsideTheLiverNorInAnotherFinding)
{
    Segmented found{.liver = Mask{small_grid, 1}, .lesions = LabelMap{small_grid}};
    found.lesions[{4, 3, 2}] = 1;
    found.lesions[{5, 3, 2}] = 2;
    found.liver[{3, 3, 2}] = 0;
    const Neighbourhood cut =
        neighbourhood_of(Volume{small_grid, 50}, found, 1, {.first = {4, 3, 2}, .last = {4, 3, 2}}, 1.0);
    const auto readable = [&cut](const Index& at) {
        return cut.readable[{at.i - cut.corner.i, at.j - cut.corner.j, at.k - cut.corner.k}] != 0;
    };
    EXPECT_TRUE(readable({4, 3, 2}));
    EXPECT_FALSE(readable({5, 3, 2}));
    EXPECT_FALSE(readable({3, 3, 2}));
    EXPECT_TRUE(readable({4, 4, 2}));
}

}  // namespace
