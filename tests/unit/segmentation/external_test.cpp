#include "downstage/segmentation/external.hpp"

#include "downstage_test/painted_ct.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numbers>

namespace downstage::segmentation {
namespace {

using downstage_test::drawn;
using downstage_test::Inside;
using downstage_test::inside_ball;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const Grid image_grid = downstage_test::centred_grid({81, 81, 41}, {1.5, 1.5, 3.0});

struct Painted {
    Inside inside;
    std::uint16_t label{};
};

LabelMap map_of(const Grid& grid, const std::vector<Painted>& bodies)
{
    LabelMap labels{grid};
    for (const Painted& painted : bodies) {
        const Mask mask = drawn(grid, painted.inside);
        for (std::size_t n = 0; n < mask.voxels().size(); ++n)
            if (mask.voxels()[n] != 0) labels.voxels()[n] = painted.label;
    }
    return labels;
}

/// 520 ml.
const Painted liver{.inside = inside_ball({}, 50.0), .label = 1};

double volume_mm3(const LabelMap& labels, std::uint16_t label)
{
    return static_cast<double>(std::ranges::count(labels.voxels(), label)) * voxel_volume_mm3(labels.grid());
}

TEST(Adopt, KeepsEveryVoxelWhenTheGridIsTheImages)
{
    const LabelMap labels =
        map_of(image_grid, {liver, {.inside = inside_ball({10.0, 0.0, 0.0}, 9.0), .label = 2}});
    const Segmented found = adopt(labels, image_grid);
    ASSERT_THAT(found.findings, ElementsAre(Field(&Finding::label, 1)));
    for (std::size_t n = 0; n < labels.voxels().size(); ++n) {
        EXPECT_EQ(found.lesions.voxels()[n] == 1, labels.voxels()[n] == 2);
        EXPECT_EQ(found.liver.voxels()[n] == 1, labels.voxels()[n] >= 1);
    }
}

TEST(Adopt, TakesWhatWasDrawnForTrue)
{
    const Segmented found = adopt(
        map_of(image_grid, {liver, {.inside = inside_ball({10.0, 0.0, 0.0}, 9.0), .label = 2}}), image_grid);
    EXPECT_TRUE(found.mask_is_truth);
    EXPECT_EQ(found.method, "external mask");
    ASSERT_THAT(found.findings, SizeIs(1));
    EXPECT_EQ(found.findings[0].confidence, 1.0);
    EXPECT_EQ(found.findings[0].kind, FindingKind::lesion);
    EXPECT_THAT(found.notices, IsEmpty());
}

TEST(Adopt, CarriesAMaskOverFromAnObliqueFinerGrid)
{
    // Turned by 20 degrees about z, finer, with its i axis to the right.
    const double turn = std::numbers::pi / 9.0;
    Grid oblique{.size = {150, 150, 75}, .spacing_mm = {0.8, 0.8, 1.6}, .origin = {}, .axes = {}};
    oblique.axes = {.i = {-std::cos(turn), -std::sin(turn), 0.0},
                    .j = {-std::sin(turn), std::cos(turn), 0.0},
                    .k = {0.0, 0.0, 1.0}};
    const VectorLps to_middle = to_lps(oblique, Index{75, 75, 37}) - oblique.origin;
    oblique.origin = PointLps{} + (-1.0 * to_middle);

    const Inside lesion = inside_ball({14.0, -8.0, 3.0}, 12.0);
    const Segmented found = adopt(map_of(oblique, {liver, {.inside = lesion, .label = 2}}), image_grid);
    ASSERT_THAT(found.findings, SizeIs(1));
    const Mask truth = drawn(image_grid, lesion);
    std::size_t common = 0;
    for (std::size_t n = 0; n < truth.voxels().size(); ++n)
        common += truth.voxels()[n] != 0 && found.lesions.voxels()[n] == 1 ? 1U : 0U;
    const auto sizes = static_cast<double>(std::ranges::count(truth.voxels(), 1) +
                                           std::ranges::count(found.lesions.voxels(), 1));
    // Surfaces less than half a voxel of the mask (0.4 mm) apart all around: 1.5 times 0.4 mm over the
    // radius.
    EXPECT_GT(2.0 * static_cast<double>(common) / sizes, 0.95);
}

TEST(Adopt, MakesOneLesionOfEachConnectedPartLargestFirst)
{
    const Inside small = inside_ball({25.0, 0.0, 0.0}, 6.0);
    const Inside large = inside_ball({-15.0, 0.0, 0.0}, 12.0);
    const Segmented found =
        adopt(map_of(image_grid, {liver, {.inside = small, .label = 2}, {.inside = large, .label = 2}}),
              image_grid);
    ASSERT_THAT(found.findings, ElementsAre(Field(&Finding::label, 1), Field(&Finding::label, 2)));
    EXPECT_GT(volume_mm3(found.lesions, 1), volume_mm3(found.lesions, 2));
}

TEST(Adopt, LeavesSpecksOutAndSaysHowMany)
{
    LabelMap labels =
        map_of(image_grid, {liver, {.inside = inside_ball({-15.0, 0.0, 0.0}, 12.0), .label = 2}});
    labels[nearest(to_voxel(image_grid, PointLps{30.0, 0.0, 0.0}))] = 2;
    const Segmented found = adopt(labels, image_grid);
    EXPECT_THAT(found.findings, SizeIs(1));
    EXPECT_THAT(found.notices, ElementsAre(Field(&Notice::text, HasSubstr("1 specks"))));
}

TEST(Adopt, TakesEveryLabelForALesionWhenOneIsAboveTwo)
{
    const Segmented found = adopt(map_of(image_grid,
                                         {{.inside = inside_ball({-15.0, 0.0, 0.0}, 8.0), .label = 1},
                                          {.inside = inside_ball({15.0, 0.0, 0.0}, 9.0), .label = 7}}),
                                  image_grid);
    EXPECT_THAT(found.findings, SizeIs(2));
    EXPECT_EQ(voxel_count(found.liver.grid()), 0U);
    EXPECT_GT(volume_mm3(found.lesions, 2), volume_mm3(found.lesions, 1));
}

TEST(Adopt, TakesALargeFirstLabelThatHoldsTheOthersForTheLiver)
{
    const LabelMap labels = map_of(image_grid,
                                   {liver,
                                    {.inside = inside_ball({10.0, 0.0, 0.0}, 9.0), .label = 2},
                                    {.inside = inside_ball({-20.0, 0.0, 0.0}, 12.0), .label = 3}});
    const Segmented found = adopt(labels, image_grid);
    ASSERT_THAT(found.findings, SizeIs(2));
    EXPECT_EQ(volume_mm3(found.lesions, 1), volume_mm3(labels, 2));
    EXPECT_EQ(volume_mm3(found.lesions, 2), volume_mm3(labels, 3));
    EXPECT_FALSE(found.liver.voxels().empty());
}

TEST(Adopt, TakesALargeFirstLabelBesideOthersForALesion)
{
    const Grid wide = downstage_test::centred_grid({141, 81, 41}, {1.5, 1.5, 3.0});
    const LabelMap labels = map_of(wide,
                                   {{.inside = inside_ball({-45.0, 0.0, 0.0}, 50.0), .label = 1},
                                    {.inside = inside_ball({60.0, 0.0, 0.0}, 9.0), .label = 2},
                                    {.inside = inside_ball({90.0, 0.0, 0.0}, 9.0), .label = 3}});
    EXPECT_THAT(adopt(labels, wide).findings, SizeIs(3));
}

TEST(Adopt, TakesALoneSmallLabelForALesion)
{
    const Segmented found =
        adopt(map_of(image_grid, {{.inside = inside_ball({}, 15.0), .label = 1}}), image_grid);
    EXPECT_THAT(found.findings, SizeIs(1));
    EXPECT_EQ(voxel_count(found.liver.grid()), 0U);
}

TEST(Adopt, TakesALoneLabelOfTheSizeOfALiverForTheLiver)
{
    const Segmented found = adopt(map_of(image_grid, {liver}), image_grid);
    EXPECT_THAT(found.findings, IsEmpty());
    EXPECT_GT(std::ranges::count(found.liver.voxels(), 1), 0);
}

TEST(Adopt, WarnsWhenTheLiverIsTooSmallToBeOne)
{
    const Segmented found = adopt(map_of(image_grid,
                                         {{.inside = inside_ball({-15.0, 0.0, 0.0}, 8.0), .label = 1},
                                          {.inside = inside_ball({15.0, 0.0, 0.0}, 9.0), .label = 2}}),
                                  image_grid);
    EXPECT_THAT(found.notices,
                ElementsAre(AllOf(Field(&Notice::severity, Severity::warning),
                                  Field(&Notice::text, HasSubstr("taken for the liver")))));
}

TEST(Adopt, SaysThatALiverIsCutOffByTheLastSlice)
{
    const Painted high{.inside = inside_ball({0.0, 0.0, 40.0}, 55.0), .label = 1};
    EXPECT_TRUE(adopt(map_of(image_grid, {high}), image_grid).liver_is_cut_off);
    EXPECT_FALSE(adopt(map_of(image_grid, {liver}), image_grid).liver_is_cut_off);
}

TEST(Adopt, RefusesAMaskThatDoesNotOverlapTheImage)
{
    Grid elsewhere = image_grid;
    elsewhere.origin.z_mm += 500.0;
    const LabelMap labels = map_of(elsewhere, {{.inside = inside_ball({0.0, 0.0, 500.0}, 9.0), .label = 1}});
    EXPECT_THAT([&] { (void)adopt(labels, image_grid); },
                ::testing::Throws<Error>(AllOf(
                    ::testing::Property(&Error::code, Errc::input),
                    ::testing::Property(&Error::what,
                                        HasSubstr("does not overlap the image: what it labels lies around "
                                                  "(0.0, 0.0, 500.0) mm")))));
}

TEST(Adopt, RefusesAnEmptyMask)
{
    EXPECT_THAT([] { (void)adopt(LabelMap{image_grid}, image_grid); },
                ::testing::ThrowsMessage<Error>(HasSubstr("the mask is empty")));
}

}  // namespace
}  // namespace downstage::segmentation
