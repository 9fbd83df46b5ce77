#include "downstage/imaging/morphology.hpp"

#include "../../../modules/segmentation/src/landmarks.hpp"
#include "../../../modules/segmentation/src/landmarks_diaphragm.hpp"
#include "../../../modules/segmentation/src/landmarks_wall.hpp"
#include "../../../modules/segmentation/src/working_grid.hpp"
#include "downstage_test/trunk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace downstage::segmentation {
namespace {

using downstage_test::cavity_x_mm;
using downstage_test::cavity_y_mm;
using downstage_test::drawn;
using downstage_test::inside_ball;
using downstage_test::inside_column;
using downstage_test::Trunk;
using downstage_test::trunk_grid;

constexpr unsigned workers = 2;

/// From the heart to the kidneys, on the working grid.
const Volume& trunk()
{
    static const Volume ct =
        to_working_grid(downstage_test::painted(trunk_grid(-160.0, 50.0), Trunk{}), workers);
    return ct;
}

const Landmarks& landmarks()
{
    static const auto found = std::get<Landmarks>(find_landmarks(trunk(), workers));
    return found;
}

Index voxel_at(const PointLps& place)
{
    return nearest(to_voxel(trunk().grid(), place));
}

/// The part of the voxels of `inner` that are in `mask`.
double share_in(const Mask& mask, const Mask& inner)
{
    return static_cast<double>(imaging::count(imaging::both(mask, inner))) /
           static_cast<double>(imaging::count(inner));
}

Volume with_body(const Volume& ct, const downstage_test::Inside& inside, std::int16_t hu)
{
    Volume result = ct;
    for_each_set(drawn(ct.grid(), inside), [&](const Index&, std::size_t n) { result.voxels()[n] = hu; });
    return result;
}

TEST(WorkingGrid, IsIsotropicAndClamped)
{
    EXPECT_EQ(trunk().grid().spacing_mm, (SpacingMm{2.5, 2.5, 2.5}));
    const Volume metal = to_working_grid(Volume{{.size = {8, 8, 8}}, 3000}, workers);
    EXPECT_THAT(metal.voxels(), testing::Each(1500));
}

TEST(FindBody, IsTheTrunkWithoutAnArmBesideItAndATableBelow)
{
    const auto arm = inside_ball({-178.0, 20.0, -60.0}, 12.0);
    const auto table = [](const PointLps& at) { return at.y_mm > 118.0; };
    const Volume ct = with_body(with_body(trunk(), arm, 50), table, 200);
    const Mask body = find_body(ct, workers);
    const Mask truth = drawn(ct.grid(), inside_column(downstage_test::skin_x_mm, downstage_test::skin_y_mm));
    EXPECT_EQ(share_in(body, drawn(ct.grid(), arm)), 0.0);
    EXPECT_EQ(share_in(body, drawn(ct.grid(), table)), 0.0);
    // One voxel all round an outline of 160 x 110 mm is 3.8 % of its area; a missing lung would be 15 %.
    EXPECT_NEAR(imaging::volume_ml(body), imaging::volume_ml(truth), 0.038 * imaging::volume_ml(truth));
}

TEST(FindLungs, AreTheAirAboveTheDiaphragm)
{
    const Lungs& lungs = landmarks().lungs;
    EXPECT_TRUE(lungs.in_view);
    EXPECT_EQ((lungs.mask[voxel_at({-60.0, 0.0, 30.0})]), 1);
    EXPECT_EQ((lungs.mask[voxel_at({30.0, -25.0, 30.0})]), 0);  // heart
    EXPECT_EQ((lungs.mask[voxel_at({-60.0, 0.0, -40.0})]), 0);  // liver
}

TEST(FindLungs, DoNotIncludeGasInTheBowelEvenAtTheTopOfTheImage)
{
    const auto bubble = inside_ball({60.0, -40.0, 0.0}, 30.0);
    const Volume abdomen =
        to_working_grid(downstage_test::painted(trunk_grid(-160.0, -60.0), Trunk{}), workers);
    const auto bowel = [&](const PointLps& at) { return bubble({at.x_mm, at.y_mm, at.z_mm + 70.0}); };
    const Volume ct = with_body(abdomen, bowel, -1000);
    EXPECT_EQ(share_in(find_lungs(ct, find_body(ct, workers), workers).mask, drawn(ct.grid(), bowel)), 0.0);
}

TEST(FindSpine, HasItsMidlineAndFrontWhereTheVertebraeAre)
{
    // 5 % of a disc lie in front of 0.806 of its radius.
    const double front_mm = downstage_test::spine_y_mm - 0.806 * downstage_test::spine_radius_mm;
    for (const double z_mm : {-150.0, -60.0, 40.0}) {
        const Index at = voxel_at({0.0, front_mm, z_mm});
        EXPECT_NEAR(left_of_spine_mm(landmarks().spine, trunk().grid(), at), 0.0, 2.5);  // one voxel
        EXPECT_NEAR(behind_spine_front_mm(landmarks().spine, trunk().grid(), at),
                    0.0,
                    5.0);  // two: bone ends at 180 HU
    }
}

TEST(FindSpine, IsCarriedOverSlicesWithoutBoneAndIsAbsentWhereThereIsNoneAtAll)
{
    Mask bone = landmarks().bone;
    for (std::int32_t k = 10; k < 40; ++k)
        for (std::uint8_t& voxel : bone.slice(k))
            voxel = 0;
    const auto spine = find_spine(bone, landmarks().body);
    ASSERT_TRUE(spine.has_value());
    EXPECT_NEAR(spine.value_or(Spine{}).midline_i.at(25), landmarks().spine.midline_i.at(25), 1.0);
    EXPECT_FALSE(find_spine(Mask{bone.grid()}, landmarks().body).has_value());
}

TEST(Diaphragm, PartsHeartFromLeftLobeThoughBothHaveTheSameDensity)
{
    EXPECT_EQ((landmarks().below_diaphragm[voxel_at({30.0, -25.0, 40.0})]), 0);
    EXPECT_EQ((landmarks().below_diaphragm[voxel_at({30.0, -25.0, -40.0})]), 1);
}

TEST(Diaphragm, IsEverythingWhereNoLungIsInView)
{
    const Volume abdomen =
        to_working_grid(downstage_test::painted(trunk_grid(-160.0, -60.0), Trunk{}), workers);
    const auto found = std::get<Landmarks>(find_landmarks(abdomen, workers));
    EXPECT_FALSE(found.lungs.in_view);
    EXPECT_EQ(imaging::count(found.below_diaphragm), voxel_count(abdomen.grid()));
}

TEST(DiaphragmHeight, FollowsTheLungsAndIsSmoothBetweenThem)
{
    const Grid grid{.size = {40, 30, 20}};
    // Two lungs whose bases are at slices 8 and 12; between them lies no lung.
    const Mask lungs = voxels_where(grid, workers, [](const Index& at, std::size_t) {
        return (at.i < 12 && at.k >= 8) || (at.i >= 28 && at.k >= 12);
    });
    const Field height = diaphragm_height(lungs, workers);
    EXPECT_EQ((height[{5, 15, 0}]), 8.0F);
    EXPECT_EQ((height[{35, 15, 0}]), 12.0F);
    EXPECT_NEAR(static_cast<double>(height[{20, 15, 0}]), 10.0, 0.5);  // half way, by symmetry
}

TEST(DeepestUnderDome, IsTheDropFromTheLungsBaseToItsLowestPoint)
{
    const Grid grid{.size = {30, 30, 60}, .spacing_mm = {2.5, 2.5, 2.5}};
    const Mask lungs = voxels_where(
        grid, workers, [](const Index& at, std::size_t) { return at.k >= 55 || (at.i == 0 && at.k >= 3); });
    EXPECT_DOUBLE_EQ(deepest_under_dome_mm(lungs), (55 - 3) * 2.5);
    EXPECT_EQ(deepest_under_dome_mm(Mask{grid}), 0.0);
}

TEST(InsideWall, HoldsTheCavityAndNotTheMuscleAroundIt)
{
    const Grid& grid = trunk().grid();
    const Mask cavity = drawn(grid, inside_column(cavity_x_mm - 5.0, cavity_y_mm - 5.0));
    const Mask outer = drawn(grid, [](const PointLps& at) {
        return inside_column(downstage_test::muscle_x_mm, downstage_test::muscle_y_mm)(at) &&
               !inside_column(cavity_x_mm + 5.0, cavity_y_mm + 5.0)(at);
    });
    // The wall is known to its rays (2.5 degrees, 6 mm at the skin), and smoothed over ribs and gaps.
    EXPECT_GT(share_in(landmarks().inside_wall, cavity), 0.97);
    EXPECT_LT(share_in(landmarks().inside_wall, outer), 0.05);
}

TEST(NeverLiver, HoldsSpleenAortaVertebraAndLeftKidneyAndNotTheLiver)
{
    const Mask& never = landmarks().never_liver;
    for (const PointLps& place : {downstage_test::spleen_centre,
                                  PointLps{8.0, 30.0, -40.0},
                                  PointLps{0.0, 60.0, -40.0},
                                  PointLps{60.0, 50.0, -135.0}})
        EXPECT_EQ((never[voxel_at(place)]), 1);
    EXPECT_LT(share_in(never, drawn(trunk().grid(), downstage_test::in_liver)), 0.01);
}

TEST(SearchRange, BeginsUnderTheRightDomeAndEndsWithTheImage)
{
    const double top_mm = to_lps(trunk().grid(), Index{0, 0, landmarks().search.top_k}).z_mm;
    EXPECT_LT(top_mm, 5.0);
    EXPECT_GT(top_mm, -30.0);
    EXPECT_EQ(landmarks().search.bottom_k, 0);
}

TEST(FindLandmarks, SayWhyThereCanBeNoneInAirAndInABodyWithoutASpine)
{
    const auto reason = [](const Volume& ct) {
        return std::get<NoLiver>(find_landmarks(ct, workers)).reason;
    };
    EXPECT_THAT(reason(Volume{trunk().grid(), -1000}), testing::HasSubstr("air"));
    Volume boneless = trunk();
    for (std::int16_t& hu : boneless.voxels())
        hu = std::min<std::int16_t>(hu, 150);
    EXPECT_THAT(reason(boneless), testing::HasSubstr("spine"));
}

TEST(Cropped, LandmarksKeepTheirPlaceInThePatient)
{
    const Box box{.first = {20, 10, 15}, .size = {80, 60, 40}};
    const Landmarks part = cropped(landmarks(), box);
    const Index whole{50, 40, 30};
    const Index there{30, 30, 15};
    EXPECT_EQ(to_lps(part.body.grid(), there), to_lps(trunk().grid(), whole));
    EXPECT_DOUBLE_EQ(left_of_spine_mm(part.spine, part.body.grid(), there),
                     left_of_spine_mm(landmarks().spine, trunk().grid(), whole));
    EXPECT_EQ(part.search.top_k, landmarks().search.top_k - 15);
}

TEST(BoxAround, IsWidenedUpToTheEdgeOfTheImage)
{
    const Grid grid{.size = {20, 20, 20}};
    Mask mask{grid};
    mask[{1, 10, 10}] = 1;
    mask[{4, 12, 10}] = 1;
    const Box box = box_around(mask, 3);
    EXPECT_EQ(box.first, (Index{0, 7, 7}));
    EXPECT_EQ(box.size, (Size{8, 9, 7}));
}

TEST(Quantile, IsOneOfTheValues)
{
    EXPECT_EQ(quantile({5.0, 1.0, 3.0}, 0.5), 3.0);
    EXPECT_EQ(quantile({5.0, 1.0, 3.0}, 1.0), 5.0);
    EXPECT_EQ(quantile({7.0}, 0.05), 7.0);
}

}  // namespace
}  // namespace downstage::segmentation
