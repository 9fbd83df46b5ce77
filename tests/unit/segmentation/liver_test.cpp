#include "downstage/imaging/morphology.hpp"
#include "downstage/imaging/orient.hpp"
#include "downstage/segmentation/liver.hpp"

#include "../../../modules/segmentation/src/self_check.hpp"
#include "../../../modules/segmentation/src/working_grid.hpp"
#include "downstage_test/trunk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

namespace downstage::segmentation {
namespace {

using downstage_test::drawn;
using downstage_test::in_liver;
using downstage_test::painted;
using downstage_test::Trunk;
using downstage_test::trunk_grid;
using testing::HasSubstr;

constexpr double low_mm = -165.0;
constexpr double high_mm = 40.0;

std::variant<Liver, NoLiver> found_in(const Trunk& trunk, const Grid& grid = trunk_grid(low_mm, high_mm))
{
    return find_liver(painted(grid, trunk));
}

const Volume& portal_ct()
{
    static const Volume ct = painted(trunk_grid(low_mm, high_mm), Trunk{});
    return ct;
}

/// A liver, and the fractions that were told on the way to it.
struct Told {
    Liver liver;
    std::vector<double> fractions;
};

const Told& portal()
{
    static const Told told = [] {
        std::vector<double> fractions;
        const auto listen = [&](std::string_view, double fraction) { fractions.push_back(fraction); };
        auto found = find_liver(portal_ct(), {.progress = listen});
        return Told{.liver = std::get<Liver>(std::move(found)), .fractions = fractions};
    }();
    return told;
}

const Liver& portal_liver()
{
    return portal().liver;
}

double dice_with_truth(const Liver& liver)
{
    return dice(liver.mask, drawn(liver.mask.grid(), in_liver));
}

TEST(FindLiver, OutlinesTheLiverBetweenHeartSpleenKidneyAndWallOfTheSameDensity)
{
    // Half a voxel of 4 x 4 x 5 mm at the surface of this liver is 5 % of Dice.
    EXPECT_GT(dice_with_truth(portal_liver()), 0.95);
    EXPECT_EQ(portal_liver().mask.grid(), portal_ct().grid());
    EXPECT_FALSE(portal_liver().cut_off);
    EXPECT_GT(portal_liver().confidence, 0.9);
}

TEST(FindLiver, ReadsTheDensityOfTheLiver)
{
    EXPECT_NEAR(portal_liver().mean_hu, Trunk{}.liver_hu, 2.0);
    EXPECT_GE(portal_liver().spread_hu, 8.0);
    EXPECT_LE(portal_liver().spread_hu, 16.0);
}

TEST(FindLiver, FindsTheSameLiverInAnotherOrderOfTheSameVoxels)
{
    // The same patient stored sagittally, from head to foot and from back to front.
    const Grid& lps = portal_ct().grid();
    const Grid sagittal{.size = {lps.size.k, lps.size.j, lps.size.i},
                        .spacing_mm = {lps.spacing_mm.k, lps.spacing_mm.j, lps.spacing_mm.i},
                        .origin = to_lps(lps, Index{0, lps.size.j - 1, lps.size.k - 1}),
                        .axes = {.i = {0.0, 0.0, -1.0}, .j = {0.0, -1.0, 0.0}, .k = {1.0, 0.0, 0.0}}};
    Volume turned{sagittal};
    for_each_set(Mask{sagittal, 1}, [&](const Index& at, std::size_t n) {
        turned.voxels()[n] = portal_ct()[nearest(to_voxel(lps, to_lps(sagittal, at)))];
    });
    const auto liver = std::get<Liver>(find_liver(turned));
    EXPECT_EQ(liver.mask.grid(), sagittal);
    EXPECT_TRUE(std::ranges::equal(imaging::to_lps_order(liver.mask).voxels(), portal_liver().mask.voxels()));
}

TEST(FindLiver, HasTheSameBytesForAnyNumberOfWorkers)
{
    const auto liver = std::get<Liver>(find_liver(portal_ct(), {.workers = 7}));
    EXPECT_EQ(liver.mask, std::get<Liver>(find_liver(portal_ct(), {.workers = 1})).mask);
    EXPECT_EQ(liver.confidence, portal_liver().confidence);
}

TEST(FindLiver, TellsHowFarItIsFromNoneToAll)
{
    ASSERT_FALSE(portal().fractions.empty());
    EXPECT_EQ(portal().fractions.front(), 0.0);
    EXPECT_EQ(portal().fractions.back(), 1.0);
    EXPECT_TRUE(std::ranges::is_sorted(portal().fractions));
}

TEST(FindLiver, FindsAnUnenhancedLiverOfTheDensityOfMuscle)
{
    const auto found = found_in({.liver_hu = 52.0, .blood_hu = 40.0, .kidney_hu = 32.0, .spleen_hu = 48.0});
    EXPECT_GT(dice_with_truth(std::get<Liver>(found)), 0.88);
}

TEST(FindLiver, FindsAFattyLiverDarkerThanEveryNeighbour)
{
    const auto found = found_in({.liver_hu = 5.0, .blood_hu = 40.0, .kidney_hu = 32.0, .spleen_hu = 48.0});
    const auto& liver = std::get<Liver>(found);
    EXPECT_NEAR(liver.mean_hu, 5.0, 3.0);
    EXPECT_GT(dice_with_truth(liver), 0.85);
    EXPECT_THAT(liver.notices, testing::Contains(testing::Field(&Notice::text, HasSubstr("fatty"))));
}

TEST(FindLiver, SaysThatALiverIsCutOffByTheFieldOfView)
{
    const auto found = found_in({}, trunk_grid(-75.0, high_mm));
    const auto& liver = std::get<Liver>(found);
    EXPECT_TRUE(liver.cut_off);
    EXPECT_THAT(liver.notices, testing::Contains(testing::Field(&Notice::text, HasSubstr("lower bound"))));
}

TEST(FindLiver, FindsNoneInAMirroredPatient)
{
    EXPECT_TRUE(std::holds_alternative<NoLiver>(found_in({.mirrored = true})));
}

TEST(FindLiver, FindsNoneInMrAndSaysWhy)
{
    const auto found = find_liver(portal_ct(), {.modality = Modality::mr});
    EXPECT_THAT(std::get<NoLiver>(found).reason, HasSubstr("MR"));
}

TEST(FindLiver, FindsNoneInAThoraxOnly)
{
    EXPECT_TRUE(std::holds_alternative<NoLiver>(found_in({}, trunk_grid(-5.0, 100.0))));
}

TEST(FindLiver, FindsNoneInALowerAbdomenOnly)
{
    EXPECT_TRUE(std::holds_alternative<NoLiver>(found_in({}, trunk_grid(-360.0, -160.0))));
}

TEST(FindLiver, FindsNoneWhereItWasTakenOutAndSaysSoInWords)
{
    const auto found = found_in({.with_liver = false});
    EXPECT_THAT(std::get<NoLiver>(found).reason, HasSubstr("right diaphragm"));
}

TEST(ModeOf, ReadsPeakAndWidthOfABellCurve)
{
    std::vector<double> counts;
    for (int hu = 15; hu <= 220; ++hu)
        counts.push_back(1000.0 * std::exp(-0.5 * std::pow((hu - 104.0) / 12.0, 2)));
    const Intensity mode = mode_of(counts, 15.0);
    EXPECT_NEAR(mode.mean_hu, 104.0, 0.5);
    EXPECT_NEAR(mode.spread_hu, 12.0, 0.2);
}

TEST(ModeOf, TakesTheNarrowerSideAndStaysBetween8And16)
{
    std::vector<double> lopsided;
    std::vector<double> sharp(206);
    for (int hu = 15; hu <= 220; ++hu) {
        const double sd = hu < 100 ? 30.0 : 10.0;  // tumour on the dark side
        lopsided.push_back(1000.0 * std::exp(-0.5 * std::pow((hu - 100.0) / sd, 2)));
    }
    sharp[80] = 1000.0;
    EXPECT_LT(mode_of(lopsided, 15.0).spread_hu, 14.0);
    EXPECT_EQ(mode_of(sharp, 15.0).spread_hu, 8.0);
}

const Grid plain_grid{.size = {80, 60, 40}, .spacing_mm = {2.5, 2.5, 2.5}};

/// A spine in the middle of that grid.
Spine plain_spine()
{
    return {.midline_i = std::vector<double>(40, 40.0), .front_j = std::vector<double>(40, 45.0)};
}

Mask ball(const VoxelPlace& place, double radius_mm)
{
    return drawn(plain_grid, downstage_test::inside_ball(to_lps(plain_grid, place), radius_mm));
}

/// Density grows by 1 HU a row, and is 100 HU in row 30.
Volume sloped_image()
{
    Volume sloped{plain_grid};
    for_each_set(Mask{plain_grid, 1}, [&](const Index& at, std::size_t n) {
        sloped.voxels()[n] = static_cast<std::int16_t>(100 + at.j - 30);
    });
    return sloped;
}

TEST(TrunkCut, KeepsTheRightSidedBodyAndCutsTheNeckToTheOther)
{
    const Mask right = ball({20.0, 30.0, 20.0}, 30.0);
    const Mask left = ball({62.0, 30.0, 20.0}, 33.0);  // larger, but on the side of the spleen
    const Mask bridge = voxels_where(plain_grid, 1, [](const Index& at, std::size_t) {
        return at.i > 20 && at.i < 62 && std::abs(at.j - 30) < 3 && std::abs(at.k - 20) < 3;
    });
    const Mask cut = trunk_cut(imaging::either(imaging::either(right, left), bridge),
                               plain_spine(),
                               {.erode_mm = 9.0, .regrow_mm = 13.0},
                               1);
    EXPECT_GT(dice(cut, right), 0.95);
    EXPECT_EQ((cut[{62, 30, 20}]), 0);
}

TEST(TrunkCut, OfSomethingThinIsEmpty)
{
    EXPECT_EQ(imaging::count(trunk_cut(
                  ball({20.0, 30.0, 20.0}, 8.0), plain_spine(), {.erode_mm = 9.0, .regrow_mm = 13.0}, 1)),
              0U);
}

TEST(DriftingMean, FollowsASlopeInTheMaskAndFallsBackToTheModeFarFromIt)
{
    const Field mean = drifting_mean(sloped_image(), ball({20.0, 30.0, 20.0}, 45.0), 100.0, 1);
    EXPECT_NEAR(static_cast<double>(mean[{20, 30, 20}]), 100.0, 1.0);
    EXPECT_LT((mean[{20, 18, 20}]), (mean[{20, 30, 20}]));
    EXPECT_GT((mean[{20, 42, 20}]), (mean[{20, 30, 20}]));
    EXPECT_NEAR(static_cast<double>(mean[{79, 59, 39}]), 100.0, 3.0);
}

LiverFigures good_figures()
{
    return {.density_hu = 100.0,
            .volume_ml = 1500.0,
            .right_share = 0.88,
            .core_share = 0.95,
            .noise_ratio = 1.05,
            .at_lung_share = 0.16,
            .at_wall_share = 0.15,
            .left_ratio = 0.5,
            .cut_area_cm2 = 0.0,
            .thickness_mm = 45.0,
            .lung_under_dome_mm = 60.0,
            .lung_in_view = true};
}

TEST(SelfCheck, HasNothingToSayOfAGoodLiver)
{
    const SelfCheck check = self_check(good_figures());
    EXPECT_FALSE(check.no_liver.has_value());
    EXPECT_FALSE(check.cut_off);
    EXPECT_EQ(check.doubts, 0);
    EXPECT_TRUE(check.notices.empty());
}

TEST(SelfCheck, DoubtsALiverWhoseLeftLobeWasLostToBowelGas)
{
    LiverFigures figures = good_figures();  // SEGMENTATION.md 10, the bad case
    figures.right_share = 1.0;
    figures.at_lung_share = 0.26;
    figures.lung_under_dome_mm = 150.0;
    EXPECT_EQ(self_check(figures).doubts, 3);
    EXPECT_EQ(self_check(figures).notices.size(), 3U);
}

TEST(SelfCheck, DoubtsALiverWhoseAreaJumpsOrThatTheNetworkIsUnsureOf)
{
    LiverFigures jumping = good_figures();
    jumping.largest_jump = 0.5;
    EXPECT_EQ(self_check(jumping).doubts, 1);
    LiverFigures unsure = good_figures();
    unsure.unsure_share = 0.4;
    EXPECT_EQ(self_check(unsure).doubts, 1);
}

TEST(SelfCheck, RefusesWhatIsTooSmallUnlessTheImageEndsThere)
{
    LiverFigures figures = good_figures();
    figures.volume_ml = 350.0;
    EXPECT_THAT(self_check(figures).no_liver.value_or(""), HasSubstr("350 ml"));
    figures.cut_area_cm2 = 50.0;
    EXPECT_FALSE(self_check(figures).no_liver.has_value());
    EXPECT_TRUE(self_check(figures).cut_off);
}

TEST(SelfCheck, RefusesASmallOrganOfAMirroredImageEvenWhereTheImageEnds)
{
    LiverFigures figures = good_figures();
    figures.volume_ml = 250.0;  // a spleen
    figures.left_ratio = 2.5;
    figures.cut_area_cm2 = 50.0;
    EXPECT_TRUE(self_check(figures).no_liver.has_value());
}

TEST(SelfCheck, RefusesALargeSpleenOfAMirroredImage)
{
    LiverFigures figures = good_figures();
    figures.volume_ml = 450.0;
    EXPECT_FALSE(self_check(figures).no_liver.has_value());
    figures.left_ratio = 2.5;
    EXPECT_TRUE(self_check(figures).no_liver.has_value());
}

TEST(SelfCheck, DoesNotMissALungThatIsNotInView)
{
    LiverFigures figures = good_figures();
    figures.lung_in_view = false;
    figures.at_lung_share = 0.0;
    EXPECT_EQ(self_check(figures).doubts, 0);
}

TEST(ConfidenceIn, FallsWithEveryDoubtAndWithInstability)
{
    EXPECT_DOUBLE_EQ(confidence_in(1.0, 0), 1.0);
    EXPECT_LT(confidence_in(1.0, 1), confidence_in(1.0, 0));
    EXPECT_LT(confidence_in(1.0, 2), confidence_in(1.0, 1));
    EXPECT_LT(confidence_in(0.8, 0), confidence_in(0.9, 0));
}

TEST(Dice, IsTwiceTheCommonPartOverTheSum)
{
    const Grid grid{.size = {4, 1, 1}};
    EXPECT_DOUBLE_EQ(dice(Mask{grid, {1, 1, 0, 0}}, Mask{grid, {0, 1, 1, 1}}), 2.0 * 1 / 5);
}

}  // namespace
}  // namespace downstage::segmentation
