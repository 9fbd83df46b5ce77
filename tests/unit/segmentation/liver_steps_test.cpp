#include "downstage/imaging/morphology.hpp"

#include "../../../modules/segmentation/src/liver_bright.hpp"
#include "../../../modules/segmentation/src/liver_contact.hpp"
#include "../../../modules/segmentation/src/liver_edge.hpp"
#include "../../../modules/segmentation/src/liver_fill.hpp"
#include "../../../modules/segmentation/src/liver_tumours.hpp"
#include "../../../modules/segmentation/src/self_check.hpp"
#include "../../../modules/segmentation/src/working_grid.hpp"
#include "downstage_test/painted_ct.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace downstage::segmentation {
namespace {

const Grid step_grid{.size = {80, 60, 40}, .spacing_mm = {2.5, 2.5, 2.5}};
constexpr std::int16_t fat_hu = -100;
constexpr std::int16_t liver_hu = 100;
constexpr std::int16_t tumour_hu = 60;
constexpr std::int32_t wall_j = 15;  // rows before it are the wall of the trunk

/// A block of voxels from `first` to before `last`.
Mask block(const Index& first, const Index& last)
{
    return voxels_where(step_grid, 1, [&](const Index& at, std::size_t) {
        return at.i >= first.i && at.i < last.i && at.j >= first.j && at.j < last.j && at.k >= first.k &&
               at.k < last.k;
    });
}

Mask ball(const Index& centre, double radius_mm)
{
    return downstage_test::drawn(step_grid,
                                 downstage_test::inside_ball(to_lps(step_grid, centre), radius_mm));
}

const Mask& wall()
{
    static const Mask mask = block({0, 0, 0}, {80, wall_j, 40});
    return mask;
}

/// The liver of these tests: right of the spine, its front on the wall.
Mask liver_block()
{
    return block({10, wall_j, 5}, {50, 50, 35});
}

/// What the steps look at, painted part by part.
struct Painting {
    Tissue tissue{.hu = Volume{step_grid, fat_hu}, .smooth = {}, .soft = {}};
    Landmarks landmarks;
    Mask bright{step_grid};

    void paint(const Mask& where, std::int16_t hu)
    {
        for_each_set(where, [&](const Index&, std::size_t n) { tissue.hu.voxels()[n] = hu; });
    }

    [[nodiscard]] Scene scene()
    {
        landmarks.body = Mask{step_grid, 1};
        landmarks.bone = Mask{step_grid};
        landmarks.lungs.mask = Mask{step_grid};
        landmarks.spine = {.midline_i = std::vector<double>(40, 60.0),
                           .front_j = std::vector<double>(40, 55.0)};
        landmarks.below_diaphragm = Mask{step_grid, 1};
        landmarks.inside_wall = imaging::without(landmarks.body, wall());
        landmarks.never_liver = Mask{step_grid};
        tissue.smooth = tissue.hu;
        tissue.soft = voxels_where(step_grid, 1, [&](const Index&, std::size_t n) {
            return is_soft(tissue.hu.voxels()[n]) && wall().voxels()[n] == 0;
        });
        return {.tissue = tissue,
                .landmarks = landmarks,
                .intensity = {.mean_hu = liver_hu, .spread_hu = 8.0},
                .mean_hu = Field{step_grid, static_cast<float>(liver_hu)},
                .bright = bright,
                .bounds = bounds_of(landmarks, 1),
                .workers = 1};
    }
};

TEST(SurfaceTumours, GivesBackATumourBetweenLiverAndWall)
{
    const Mask tumour = imaging::without(ball({30, 17, 20}, 15.0), wall());
    const Mask liver = imaging::without(liver_block(), tumour);
    Painting painting;
    painting.paint(liver, liver_hu);
    painting.paint(tumour, tumour_hu);
    // Opening rounds the edge where the ball meets the wall.
    EXPECT_GT(dice(surface_tumours(liver, painting.scene()), tumour), 0.9);
}

TEST(SurfaceTumours, LeavesFluidOutside)
{
    const Mask gallbladder = imaging::without(ball({30, 17, 20}, 15.0), wall());
    const Mask liver = imaging::without(liver_block(), gallbladder);
    Painting painting;
    painting.paint(liver, liver_hu);
    painting.paint(gallbladder, 12);
    EXPECT_EQ(imaging::count(surface_tumours(liver, painting.scene())), 0U);
}

TEST(SurfaceTumours, LeavesABowelLoopOutsideThatTouchesWithOneSide)
{
    Painting painting;
    const Mask liver = liver_block();
    painting.paint(ball({55, 32, 20}, 17.5), tumour_hu);
    painting.paint(liver, liver_hu);
    EXPECT_EQ(imaging::count(surface_tumours(liver, painting.scene())), 0U);
}

TEST(SurfaceTumours, LeavesAFilmOfMuscleAlongTheWallOutside)
{
    const Mask film = block({10, wall_j, 5}, {50, wall_j + 4, 35});
    const Mask liver = imaging::without(liver_block(), film);
    Painting painting;
    painting.paint(liver, liver_hu);
    painting.paint(film, tumour_hu);
    EXPECT_EQ(imaging::count(surface_tumours(liver, painting.scene())), 0U);
}

TEST(SurfaceTumours, LeavesTheStomachOutsideThatLiesFarLeft)
{
    // 60 mm left of the midline and beyond, in a bay of what was taken for liver.
    const Mask stomach = ball({30, 32, 20}, 15.0);
    const Mask liver = imaging::without(liver_block(), stomach);
    Painting painting;
    painting.paint(liver, liver_hu);
    painting.paint(stomach, tumour_hu);
    const Scene near = painting.scene();
    EXPECT_GT(imaging::count(surface_tumours(liver, near)), 0U);
    painting.landmarks.spine.midline_i.assign(40, 2.0);
    EXPECT_EQ(imaging::count(surface_tumours(liver, near)), 0U);
}

TEST(BelongsByContact, DecidesTheNotedCasesAsNoted)
{
    // SEGMENTATION.md 8.1: two tumours taken, gallbladders and bowel refused.
    EXPECT_TRUE(belongs_by_contact({.liver = 0.62, .bound = 0.23}, 18.0));
    EXPECT_TRUE(belongs_by_contact({.liver = 0.62, .bound = 0.00}, 15.0));
    EXPECT_FALSE(belongs_by_contact({.liver = 0.43, .bound = 0.10}, 15.0));
    EXPECT_FALSE(belongs_by_contact({.liver = 0.37, .bound = 0.13}, 12.0));
    EXPECT_FALSE(belongs_by_contact({.liver = 0.35, .bound = 0.00}, 20.0));
}

TEST(ContactOf, CountsTheSharesOfAShell)
{
    // A cube with liver on one of its six faces, wall on another.
    Painting painting;
    const Scene scene = painting.scene();
    const Mask cube = block({20, wall_j, 10}, {32, wall_j + 12, 22});
    const Mask liver = block({32, wall_j, 10}, {50, wall_j + 12, 22});
    const Piece piece{.box = {.first = {}, .size = step_grid.size}, .mask = cube};
    const Contact contact = contact_of(cube, piece, liver, scene);
    // Two layers on six faces and the rounded edges between them: each face somewhat under a sixth, the wall
    // with its edges somewhat over.
    EXPECT_NEAR(contact.liver, 1.0 / 6.0, 0.03);
    EXPECT_NEAR(contact.bound, 1.0 / 6.0, 0.06);
}

TEST(BrightInside, PutsLipiodolBackThatTheLiverEncloses)
{
    const Mask lipiodol = ball({30, 32, 20}, 12.0);
    const Mask liver = imaging::without(liver_block(), lipiodol);
    Painting painting;
    painting.paint(liver, liver_hu);
    painting.paint(lipiodol, 600);
    const Mask found = bright_inside(liver, painting.scene());
    EXPECT_EQ(imaging::count(imaging::without(lipiodol, imaging::either(found, liver))), 0U);
}

TEST(BrightInside, PutsACalcifiedTumourBackThatLiverAndWallHold)
{
    const Mask calcified = imaging::without(ball({30, 17, 20}, 15.0), wall());
    const Mask liver = imaging::without(liver_block(), calcified);
    Painting painting;
    painting.paint(liver, liver_hu);
    painting.paint(calcified, 400);
    const Mask found = bright_inside(liver, painting.scene());
    EXPECT_EQ(imaging::count(imaging::without(calcified, imaging::either(found, liver))), 0U);
}

TEST(BrightInside, LeavesAnEnhancedKidneyOutsideThatTouches)
{
    const Mask liver = liver_block();
    const Mask kidney = imaging::without(ball({30, 52, 20}, 20.0), liver);
    Painting painting;
    painting.paint(liver, liver_hu);
    painting.paint(kidney, 280);
    painting.bright = kidney;
    EXPECT_EQ(imaging::count(bright_inside(liver, painting.scene())), 0U);
}

TEST(BrightInside, PutsAnEnhancingTumourBackThatTheLiverEncloses)
{
    const Mask tumour = ball({30, 32, 20}, 12.0);
    const Mask liver = imaging::without(liver_block(), tumour);
    Painting painting;
    painting.paint(liver, liver_hu);
    painting.paint(tumour, 180);
    painting.bright = tumour;
    EXPECT_EQ(bright_inside(liver, painting.scene()), tumour);
}

/// A groove 10 mm wide and deep along the liver's left face.
const Mask& groove()
{
    static const Mask mask = block({46, 30, 5}, {50, 34, 35});
    return mask;
}

Mask filled_groove(std::int16_t hu)
{
    const Mask liver = imaging::without(liver_block(), groove());
    Painting painting;
    painting.paint(liver, liver_hu);
    painting.paint(groove(), hu);
    return soft_filled(liver, painting.scene());
}

TEST(SoftFilled, FillsABayOfSoftTissue)
{
    EXPECT_GT(dice(filled_groove(tumour_hu), liver_block()), 0.995);
}

TEST(SoftFilled, LeavesFatAndFluidInABay)
{
    EXPECT_EQ(filled_groove(fat_hu), imaging::without(liver_block(), groove()));
    EXPECT_EQ(filled_groove(20), imaging::without(liver_block(), groove()));
}

TEST(SoftFilled, FillsAHoleOfOnePlane)
{
    // A tube through the liver from face to face: a hole in the planes across it, and none of the whole.
    const Mask tube = block({26, 30, 0}, {34, 38, 40});
    const Mask liver = imaging::without(liver_block(), tube);
    Painting painting;
    painting.paint(liver, liver_hu);
    painting.paint(tube, tumour_hu);
    const Mask filled = soft_filled(liver, painting.scene());
    EXPECT_EQ((filled[{30, 34, 20}]), 1);
    EXPECT_EQ((filled[{30, 34, 2}]), 0);
}

/// The liver with its rim, when the layer right of it (i = 9) has this density and lies beside `other_hu`.
bool takes_rim(std::int16_t layer_hu, std::int16_t other_hu)
{
    Painting painting;
    painting.paint(Mask{step_grid, 1}, other_hu);
    painting.paint(block({9, wall_j, 5}, {10, 50, 35}), layer_hu);
    painting.paint(liver_block(), liver_hu);
    return with_rim(liver_block(), painting.scene())[{9, 32, 20}] != 0;
}

// A Gaussian of half a voxel mixes a tenth of each neighbour in; densities here keep well away from the
// middle.
TEST(WithRim, TakesTheVoxelThatIsMoreLiverThanFat)
{
    EXPECT_TRUE(takes_rim(60, fat_hu));
    EXPECT_FALSE(takes_rim(-60, fat_hu));
}

TEST(WithRim, TakesTheVoxelThatIsMoreLiverThanLung)
{
    EXPECT_TRUE(takes_rim(-80, -850));
    EXPECT_FALSE(takes_rim(-450, -850));
}

TEST(WithRim, TakesNothingOfASoftNeighbour)
{
    EXPECT_FALSE(takes_rim(60, 60));
}

}  // namespace
}  // namespace downstage::segmentation
