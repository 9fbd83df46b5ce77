#include "downstage/segmentation/viable.hpp"

#include "downstage_test/painted_ct.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace downstage::segmentation {
namespace {

using downstage_test::Body;
using downstage_test::centred_grid;
using downstage_test::drawn;
using downstage_test::Inside;
using downstage_test::inside_ball;
using downstage_test::painted;
using ::testing::HasSubstr;
using Outcome = ViablePart::Outcome;

const Grid grid = centred_grid({66, 60, 26}, {1.2, 1.2, 2.5});
const PointLps middle{-3.0, 2.0, 0.0};
constexpr double radius_mm = 14.0;
const Inside lesion = inside_ball(middle, radius_mm);
const Inside everywhere = [](const PointLps&) { return true; };

/// Arterial liver has 65 HU, portal venous liver 105.
Volume phase_of(double liver_hu, const std::vector<Body>& parts, std::uint64_t seed)
{
    std::vector<Body> bodies{{.inside = everywhere, .hu = liver_hu}};
    bodies.insert(bodies.end(), parts.begin(), parts.end());
    return painted(grid, bodies, {.noise_hu = 8.0, .seed = seed});
}

Segmented found()
{
    Segmented segmented;
    segmented.liver = Mask{grid, 1};
    const Mask mask = drawn(grid, lesion);
    segmented.lesions =
        LabelMap{grid, std::vector<std::uint16_t>(mask.voxels().begin(), mask.voxels().end())};
    segmented.findings = {{.label = 1}};
    return segmented;
}

/// Both phases in one place.
ViablePart viable(const std::vector<Body>& arterial, const std::vector<Body>& portal)
{
    const Volume first = phase_of(65.0, arterial, 1);
    const Volume second = phase_of(105.0, portal, 2);
    const Segmented segmented = found();
    const imaging::Alignment in_place;
    return viable_parts({.arterial = first, .found_in = second, .found = segmented, .alignment = in_place})
        .front();
}

/// Dice of the part and a body.
double dice(const ViablePart& part, const Inside& truth)
{
    const Grid& own = part.membership.grid();
    double common = 0.0;
    double sizes = 0.0;
    for (std::int32_t k = 0; k < own.size.k; ++k)
        for (std::int32_t j = 0; j < own.size.j; ++j)
            for (std::int32_t i = 0; i < own.size.i; ++i) {
                const bool is_viable = part.membership[{i, j, k}] >= 0.5F;
                const bool should_be = truth(to_lps(own, Index{i, j, k}));
                common += is_viable && should_be ? 1.0 : 0.0;
                sizes += (is_viable ? 1.0 : 0.0) + (should_be ? 1.0 : 0.0);
            }
    return 2.0 * common / sizes;
}

TEST(ViableParts, OfALesionThatEnhancesAllOverIsAllOfIt)
{
    const ViablePart part = viable({{lesion, 120.0}}, {{lesion, 85.0}});
    EXPECT_EQ(part.outcome, Outcome::enhancing);
    EXPECT_GT(dice(part, lesion), 0.9);
    EXPECT_NEAR(part.contrast_hu, 55.0, 8.0);
}

TEST(ViableParts, LeavesTheNecrosisInARimOut)
{
    const Inside core = inside_ball(middle, 8.0);
    const ViablePart part = viable({{lesion, 120.0}, {core, 25.0}}, {{lesion, 85.0}, {core, 25.0}});
    EXPECT_EQ(part.outcome, Outcome::enhancing);
    EXPECT_GT(dice(part, [&](const PointLps& p) { return lesion(p) && !core(p); }), 0.85);
}

TEST(ViableParts, IsTheLivingHalfOfAHalfNecroticLesion)
{
    const Inside dead = [](const PointLps& p) { return lesion(p) && p.x_mm > middle.x_mm; };
    const ViablePart part = viable({{lesion, 120.0}, {dead, 28.0}}, {{lesion, 85.0}, {dead, 28.0}});
    EXPECT_GT(dice(part, [&](const PointLps& p) { return lesion(p) && !dead(p); }), 0.88);
}

TEST(ViableParts, LeavesLipiodolOutAlthoughItIsBright)
{
    const Inside deposit = [](const PointLps& p) { return lesion(p) && p.x_mm > middle.x_mm; };
    const ViablePart part = viable({{lesion, 120.0}, {deposit, 600.0}}, {{lesion, 85.0}, {deposit, 600.0}});
    EXPECT_EQ(part.outcome, Outcome::enhancing);
    const PointLps in_deposit{middle.x_mm + 6.0, middle.y_mm, middle.z_mm};
    const PointLps in_tumour{middle.x_mm - 7.0, middle.y_mm, middle.z_mm};
    const Grid& own = part.membership.grid();
    EXPECT_LT(part.membership[nearest(to_voxel(own, in_deposit))], 0.5F);
    EXPECT_GE(part.membership[nearest(to_voxel(own, in_tumour))], 0.5F);
}

TEST(ViableParts, OfADeadLesionIsNothingAndSaysSo)
{
    const ViablePart part = viable({{lesion, 25.0}}, {{lesion, 25.0}});
    EXPECT_EQ(part.outcome, Outcome::none_left);
    EXPECT_THAT(part.why, HasSubstr("no enhancing part is left"));
}

TEST(ViableParts, OfALesionFullOfLipiodolIsNothing)
{
    EXPECT_EQ(viable({{lesion, 500.0}}, {{lesion, 500.0}}).outcome, Outcome::none_left);
}

TEST(ViableParts, SaysThatAMetastasisDoesNotEnhance)
{
    const ViablePart part = viable({{lesion, 50.0}}, {{lesion, 65.0}});
    EXPECT_EQ(part.outcome, Outcome::hypovascular);
    EXPECT_THAT(part.why, HasSubstr("does not enhance more than the liver"));
}

TEST(ViableParts, AreMeasuredOnTheArterialImagesOwnGrid)
{
    // The arterial pass is 12 mm higher and on another grid.
    const VectorLps shift{0.0, 0.0, 12.0};
    Grid other = centred_grid({80, 72, 40}, {1.0, 1.0, 2.0});
    const Inside there = inside_ball(middle + shift, radius_mm);
    const Volume arterial = painted(other, {{everywhere, 65.0}, {there, 120.0}}, {.noise_hu = 8.0});
    const Volume portal = phase_of(105.0, {{lesion, 85.0}}, 2);
    const Segmented segmented = found();
    imaging::Alignment alignment;
    alignment.rigid.shift_mm = shift;
    const ViablePart part =
        viable_parts({.arterial = arterial, .found_in = portal, .found = segmented, .alignment = alignment})
            .front();
    EXPECT_EQ(part.membership.grid().spacing_mm, other.spacing_mm);
    EXPECT_GT(dice(part, there), 0.9);
}

}  // namespace
}  // namespace downstage::segmentation
