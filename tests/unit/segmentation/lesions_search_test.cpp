#include "downstage/imaging/morphology.hpp"

#include "../../../modules/segmentation/src/lesions_search.hpp"
#include "downstage_test/painted_ct.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace downstage::segmentation {
namespace {

using downstage_test::Body;
using downstage_test::drawn;
using downstage_test::Inside;
using downstage_test::inside_ball;
using downstage_test::inside_ellipsoid;
using downstage_test::inside_tube;
using downstage_test::painted;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr double liver_hu = 100.0;
const Inside inside_liver = inside_ellipsoid({45.0, 38.0, 30.0});
const Grid scan_grid = downstage_test::centred_grid({70, 60, 28}, {1.5, 1.5, 2.5});
const PointLps place{-10.0, 4.0, 0.0};

/// A liver of 0.2 l with `bodies` in it, or beside it.
Parenchyma liver_with(const std::vector<Body>& bodies)
{
    std::vector<Body> all{{.inside = inside_liver, .hu = liver_hu}};
    all.insert(all.end(), bodies.begin(), bodies.end());
    return model_parenchyma(
        painted(scan_grid, all, {.noise_hu = 8.0}), drawn(scan_grid, inside_liver), liver_hu, 0);
}

/// A network that is sure of tumour inside `seen`, and sees none elsewhere.
Field seen_only(const Inside& seen, const Grid& grid)
{
    const Mask mask = drawn(grid, seen);
    Field probability{grid};
    for (std::size_t n = 0; n < mask.voxels().size(); ++n)
        probability.voxels()[n] = mask.voxels()[n] != 0 ? 0.97F : 0.0F;
    return probability;
}

const Inside nowhere = [](const PointLps&) { return false; };

TEST(LesionsIn, IsSurerOfADarkBallTheNetworkSees)
{
    const Inside ball = inside_ball(place, 6.0);
    const Parenchyma tissue = liver_with({{.inside = ball, .hu = 70.0}});
    const Field probability = seen_only(ball, tissue.grid);
    const auto alone = lesions_in({.tissue = tissue});
    const auto together = lesions_in({.tissue = tissue, .probability = &probability});
    ASSERT_THAT(alone, SizeIs(1));
    ASSERT_THAT(together, SizeIs(1));
    EXPECT_GT(chance_of(together[0].evidence), chance_of(alone[0].evidence));
}

TEST(LesionsIn, LeavesOutADarkBallTheNetworkDoesNotSee)
{
    const Parenchyma tissue = liver_with({{.inside = inside_ball(place, 6.0), .hu = 60.0}});
    const Field probability = seen_only(nowhere, tissue.grid);
    EXPECT_THAT(lesions_in({.tissue = tissue, .probability = &probability}), IsEmpty());
}

TEST(LesionsIn, KeepsACystTheNetworkDoesNotSee)
{
    // Cysts are background in the network's training data.
    const Parenchyma tissue = liver_with({{.inside = inside_ball(place, 9.0), .hu = 8.0}});
    const Field probability = seen_only(nowhere, tissue.grid);
    const auto found = lesions_in({.tissue = tissue, .probability = &probability});
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_TRUE(is_fluid(found[0].features, tissue.grain_hu));
}

TEST(LesionsIn, ListsAsPossibleWhatOnlyTheNetworkSees)
{
    const Parenchyma tissue = liver_with({});
    const Field probability = seen_only(inside_ball(place, 7.0), tissue.grid);
    const auto found = lesions_in({.tissue = tissue, .probability = &probability});
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_EQ(found[0].evidence.source, Source::network);
    EXPECT_LT(chance_of(found[0].evidence), counts_from_chance);
}

TEST(LesionsIn, DoesNotTakeFatForATumourThatOnlyTheNetworkSees)
{
    // A fissure: a sheet of fat 4 mm wide.
    const Inside sheet = [](const PointLps& p) {
        return std::abs(p.x_mm + 10.0) < 2.0 && std::abs(p.y_mm) < 12.0 && std::abs(p.z_mm) < 9.0;
    };
    const Parenchyma tissue = liver_with({{.inside = sheet, .hu = -90.0}});
    const Field probability = seen_only(sheet, tissue.grid);
    EXPECT_THAT(lesions_in({.tissue = tissue, .probability = &probability}), IsEmpty());
}

TEST(LesionsIn, MeasuresWhatTheNetworkOutlinesBesideItsOwnOutline)
{
    const Parenchyma tissue = liver_with({{.inside = inside_ball(place, 8.0), .hu = 55.0}});
    const Field probability = seen_only(inside_ball(place, 12.0), tissue.grid);
    const auto found = lesions_in({.tissue = tissue, .probability = &probability});
    ASSERT_THAT(found, SizeIs(1));
    ASSERT_TRUE(found[0].diameter_by_network_mm.has_value());
    EXPECT_NEAR(*found[0].diameter_by_network_mm, 24.0, 1.5);  // a voxel
}

TEST(LesionsIn, FindsABrightBallInAnArterialScanOnly)
{
    const Parenchyma tissue = liver_with({{.inside = inside_ball(place, 8.0), .hu = 140.0}});
    EXPECT_THAT(lesions_in({.tissue = tissue}), IsEmpty());
    const auto found = lesions_in({.tissue = tissue, .arterial = &tissue});
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_EQ(found[0].evidence.source, Source::bright);
    EXPECT_LT(found[0].darkness_hu, 0.0);
}

TEST(LesionsIn, DoesNotTakeAnArteryForABrightLesion)
{
    const Parenchyma tissue =
        liver_with({{.inside = inside_tube({-25.0, 0.0, 0.0}, {20.0, 8.0, 4.0}, 4.0), .hu = 150.0}});
    EXPECT_THAT(lesions_in({.tissue = tissue, .arterial = &tissue}), IsEmpty());
}

TEST(LesionsIn, DoesNotTakeWhatHangsOnALargeVesselForABrightLesion)
{
    // The vessel runs beside the liver; what bulges into the liver from it is a part of it.
    const Inside vessel = inside_tube({-10.0, 44.0, -30.0}, {-10.0, 44.0, 30.0}, 9.0);
    const Inside bulge = inside_ball({-10.0, 31.0, 0.0}, 6.0);
    const Parenchyma tissue = liver_with({{.inside = vessel, .hu = 300.0}, {.inside = bulge, .hu = 150.0}});
    EXPECT_THAT(lesions_in({.tissue = tissue, .arterial = &tissue}), IsEmpty());
}

TEST(LesionsIn, TakesABrightRimAndItsDarkCoreForOneLesion)
{
    const Inside core = inside_ball(place, 8.0);
    const Parenchyma arterial =
        liver_with({{.inside = inside_ball(place, 12.0), .hu = 150.0}, {.inside = core, .hu = 60.0}});
    const Parenchyma portal = liver_with({{.inside = core, .hu = 60.0}});
    const auto found = lesions_in({.tissue = portal, .arterial = &arterial});
    ASSERT_THAT(found, SizeIs(1));
    const double rim_and_core_ml = downstage_test::ball_mm3(12.0) / 1000.0;
    EXPECT_NEAR(imaging::volume_ml(found[0].drawn.mask), rim_and_core_ml, 0.25 * rim_and_core_ml);
}

TEST(LesionsIn, GivesTheSameForAnyNumberOfWorkers)
{
    const Inside ball = inside_ball(place, 8.0);
    const Parenchyma tissue = liver_with({{.inside = ball, .hu = 60.0}});
    const Field probability = seen_only(ball, tissue.grid);
    const auto one = lesions_in({.tissue = tissue, .probability = &probability, .workers = 1});
    const auto seven = lesions_in({.tissue = tissue, .probability = &probability, .workers = 7});
    ASSERT_THAT(one, SizeIs(1));
    ASSERT_THAT(seven, SizeIs(1));
    EXPECT_EQ(one[0].drawn.mask, seven[0].drawn.mask);
    EXPECT_EQ(chance_of(one[0].evidence), chance_of(seven[0].evidence));
}

}  // namespace
}  // namespace downstage::segmentation
