#include "downstage/imaging/morphology.hpp"
#include "downstage/imaging/resample.hpp"

#include "../../../modules/segmentation/src/liver_disagreement.hpp"
#include "../../../modules/segmentation/src/liver_finding.hpp"
#include "../../../modules/segmentation/src/liver_network.hpp"
#include "../../../modules/segmentation/src/liver_repair.hpp"
#include "../../../modules/segmentation/src/liver_surface.hpp"
#include "../../../modules/segmentation/src/self_check.hpp"
#include "../../../modules/segmentation/src/working_grid.hpp"
#include "downstage_test/painted_ct.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace downstage::segmentation {
namespace {

using downstage_test::drawn;
using downstage_test::inside_ball;
using testing::HasSubstr;

// The pixels of a network, 200 x 150 x 100 mm.
const Grid pixels{.size = {134, 100, 20}, .spacing_mm = {1.5, 1.5, 5.0}};
const Grid coarse{.size = {80, 60, 40}, .spacing_mm = {2.5, 2.5, 2.5}, .origin = {0.5, 0.5, -1.25}};

constexpr PointLps liver_centre{80.0, 75.0, 47.5};
constexpr double liver_mm = 38.0;

/// A probability that falls from 1 to 0 over 4 mm at the surface of a ball.
Field probability_of_ball(const PointLps& centre, double radius_mm)
{
    Field field{pixels};
    for_each_set(Mask{pixels, 1}, [&](const Index& at, std::size_t n) {
        const double depth_mm = radius_mm - distance_mm(to_lps(pixels, at), centre);
        field.voxels()[n] = static_cast<float>(std::clamp(0.5 + depth_mm / 4.0, 0.0, 1.0));
    });
    return field;
}

Field larger_of(Field a, const Field& b)
{
    std::ranges::transform(
        a.voxels(), b.voxels(), a.voxels().begin(), [](float x, float y) { return std::max(x, y); });
    return a;
}

const Field& liver_probability()
{
    static const Field field = probability_of_ball(liver_centre, liver_mm);
    return field;
}

NetworkLiver seen_liver()
{
    return one_liver(liver_probability(), 0.5, 1).value();
}

TEST(OneLiver, KeepsTheLargestPartAndDropsBowelThatLiesApart)
{
    const Field both = larger_of(liver_probability(), probability_of_ball({170.0, 75.0, 47.5}, 15.0));
    const auto liver = one_liver(both, 0.5, 1).value();
    const Mask truth = drawn(liver.mask.grid(), inside_ball(liver_centre, liver_mm));
    EXPECT_GT(dice(liver.mask, truth), 0.97);
}

TEST(OneLiver, IsGivenInTheBoxAroundItAndNotInTheWholeField)
{
    EXPECT_LT(seen_liver().mask.grid().size.i, 70);  // 76 mm and a margin of some pixels, of 200 mm
}

TEST(OneLiver, FillsWhatItEncloses)
{
    Field holed = liver_probability();
    for_each_set(drawn(pixels, inside_ball(liver_centre, 8.0)),
                 [&](const Index&, std::size_t n) { holed.voxels()[n] = 0.0F; });
    const auto liver = one_liver(holed, 0.5, 1).value();
    EXPECT_EQ((liver.mask[nearest(to_voxel(liver.mask.grid(), liver_centre))]), 1);
}

TEST(OneLiver, IsEmptyWhereNothingReachesTheThreshold)
{
    EXPECT_FALSE(one_liver(Field{pixels, 0.4F}, 0.5, 1).has_value());
}

TEST(OneLiver, SaysHowMuchOfItIsUnsure)
{
    Field doubtful = liver_probability();
    for (float& value : doubtful.voxels())
        value *= 0.7F;
    EXPECT_DOUBLE_EQ(one_liver(doubtful, 0.5, 1).value().unsure_share, 1.0);
    EXPECT_LT(seen_liver().unsure_share, 0.3);
}

TEST(FineSurface, LiesWhereTheProbabilityPassesTheThreshold)
{
    // Pixels of 0.75 mm: half of the network's, a third of the working grid's.
    const Grid fine{.size = {266, 200, 20}, .spacing_mm = {0.75, 0.75, 5.0}};
    const NetworkLiver network = seen_liver();
    const Mask mask = fine_surface(on_working_grid(network, coarse, 1), network, fine, 1);
    // The surface is found to less than half of a network's pixel: 3 * 0.5 / 38 of the volume.
    EXPECT_GT(dice(mask, drawn(fine, inside_ball(liver_centre, liver_mm))), 1.0 - 0.5 * 3.0 * 0.5 / liver_mm);
}

TEST(FineSurface, FollowsTheMendedLiverWhereItWasMended)
{
    const NetworkLiver network = seen_liver();
    const Mask before = on_working_grid(network, coarse, 1);
    const Mask cut = drawn(coarse, [](const PointLps& at) { return at.x_mm > 90.0; });
    const Mask mask = fine_surface(imaging::without(before, cut), network, pixels, 1);
    EXPECT_EQ((mask[nearest(to_voxel(pixels, {100.0, 75.0, 47.5}))]), 0);
    EXPECT_EQ((mask[nearest(to_voxel(pixels, {80.0, 75.0, 47.5}))]), 1);
}

/// Liver, and what lies beside it, for the repair.
struct Beside {
    Tissue tissue{.hu = Volume{coarse, -100}, .smooth = Volume{coarse, -100}, .soft = Mask{coarse}};
    Landmarks landmarks;

    Beside()
    {
        landmarks.body = Mask{coarse, 1};
        landmarks.bone = Mask{coarse};
        landmarks.lungs.mask = Mask{coarse};
        landmarks.spine = {.midline_i = std::vector<double>(40, 44.0),
                           .front_j = std::vector<double>(40, 55.0)};
        landmarks.below_diaphragm = Mask{coarse, 1};
        landmarks.inside_wall = Mask{coarse, 1};
        landmarks.never_liver = Mask{coarse};
    }
    void paint(const Mask& where, std::int16_t hu)
    {
        for_each_set(where, [&](const Index&, std::size_t n) {
            tissue.hu.voxels()[n] = hu;
            tissue.smooth.voxels()[n] = hu;
            tissue.soft.voxels()[n] = 1;
        });
    }
    [[nodiscard]] Scene scene() const
    {
        return {.tissue = tissue,
                .landmarks = landmarks,
                .intensity = {.mean_hu = 100.0, .spread_hu = 8.0},
                .mean_hu = Field{coarse, 100.0F},
                .bright = Mask{coarse},
                .bounds = bounds_of(landmarks, 1),
                .workers = 1};
    }
};

const Mask& true_liver()
{
    static const Mask mask = drawn(coarse, inside_ball(liver_centre, liver_mm));
    return mask;
}

/// A ball that hangs on the liver's left side with a quarter of its surface.
const Mask& stomach()
{
    static const Mask mask =
        imaging::without(drawn(coarse, inside_ball({130.0, 75.0, 47.5}, 20.0)), true_liver());
    return mask;
}

/// What stays of a network's liver with such a ball.
Mask repaired_beside(const Beside& beside)
{
    return repaired(imaging::either(true_liver(), stomach()), true_liver(), beside.scene());
}

TEST(Repaired, CutsOffAStomachThatTheNetworkTookForLiver)
{
    Beside beside;
    beside.paint(stomach(), 35);
    beside.paint(true_liver(), 100);
    EXPECT_GT(dice(repaired_beside(beside), true_liver()), 0.99);
}

TEST(Repaired, KeepsALobeOfTheLiversDensityThatOnlyTheNetworkFound)
{
    Beside beside;
    beside.paint(stomach(), 104);
    beside.paint(true_liver(), 100);
    EXPECT_GT(dice(repaired_beside(beside), imaging::either(true_liver(), stomach())), 0.99);
}

TEST(Repaired, CutsOffAHeartOfTheLiversDensityAboveTheDiaphragm)
{
    Beside beside;
    beside.paint(stomach(), 104);
    beside.paint(true_liver(), 100);
    beside.landmarks.below_diaphragm = imaging::without(Mask{coarse, 1}, stomach());
    EXPECT_GT(dice(repaired_beside(beside), true_liver()), 0.99);
}

TEST(Repaired, KeepsATumourOfTheNetworkThatTheLiverHoldsByHalf)
{
    const Mask tumour = imaging::both(drawn(coarse, inside_ball({80.0, 40.0, 47.5}, 12.0)), true_liver());
    Beside beside;
    beside.paint(true_liver(), 100);
    beside.paint(tumour, 40);
    const Mask own = imaging::without(true_liver(), tumour);
    EXPECT_EQ(imaging::count(imaging::without(tumour, repaired(true_liver(), own, beside.scene()))), 0U);
}

TEST(Repaired, TakesBrightVesselsOutAndLeavesEnclosedOnes)
{
    Beside beside;
    beside.paint(true_liver(), 100);
    const Mask caval = drawn(coarse, inside_ball({80.0, 113.0, 47.5}, 10.0));
    const Mask inner = drawn(coarse, inside_ball({80.0, 70.0, 47.5}, 8.0));
    Scene scene = beside.scene();
    scene.bright = imaging::either(caval, inner);
    const Mask liver = repaired(true_liver(), true_liver(), scene);
    EXPECT_EQ(imaging::count(imaging::both(liver, caval)), 0U);
    EXPECT_EQ(imaging::both(liver, inner), inner);
}

TEST(Disagreement, IsSilentWhereBothAgree)
{
    EXPECT_FALSE(disagreement(true_liver(), true_liver(), Beside{}.landmarks.spine, 1).has_value());
}

TEST(Disagreement, SaysHowMuchAndWhereInOneSentence)
{
    const Mask network = imaging::either(true_liver(), drawn(coarse, inside_ball({135.0, 75.0, 47.5}, 28.0)));
    const auto notice = disagreement(network, true_liver(), Beside{}.landmarks.spine, 1);
    ASSERT_TRUE(notice.has_value());
    const double agreement = dice(network, true_liver());
    EXPECT_THAT(notice->text, HasSubstr("0." + std::to_string(std::lround(100.0 * agreement))));
    EXPECT_THAT(notice->text, HasSubstr("only the network"));
    EXPECT_THAT(notice->text, HasSubstr("left of the midline"));
    EXPECT_THAT(notice->text, HasSubstr(" ml."));
}

TEST(CertaintyOf, FallsWithTheAgreementAndStaysBetween0And1)
{
    EXPECT_DOUBLE_EQ(certainty_of(0.97), 1.0);
    EXPECT_NEAR(certainty_of(0.70), 0.5, 1e-9);
    EXPECT_LT(certainty_of(0.80), certainty_of(0.90));
    EXPECT_DOUBLE_EQ(certainty_of(0.0), 0.0);
}

}  // namespace
}  // namespace downstage::segmentation
