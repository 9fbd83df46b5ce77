#include "downstage/segmentation/click.hpp"

#include "downstage_test/painted_ct.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace downstage::segmentation {
namespace {

using downstage_test::ball_mm3;
using downstage_test::Body;
using downstage_test::drawn;
using downstage_test::inside_ball;
using downstage_test::inside_ellipsoid;
using downstage_test::inside_tube;
using downstage_test::painted;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const Grid grid = downstage_test::centred_grid({84, 74, 34}, {1.5, 1.5, 2.5});
/// The liver fills most of the body; all around is fat, and air at the corners.
const auto inside_body = inside_ellipsoid({60.0, 52.0, 60.0});
const auto inside_liver = inside_ellipsoid({50.0, 42.0, 36.0});

Volume scan_of(const std::vector<Body>& lesions, double noise_hu = 10.0)
{
    const auto air = [](const PointLps& at) { return !inside_body(at); };
    std::vector<Body> bodies{{.inside = air, .hu = -1000.0}, {.inside = inside_liver, .hu = 100.0}};
    bodies.insert(bodies.end(), lesions.begin(), lesions.end());
    return painted(grid, bodies, {.noise_hu = noise_hu});
}

const std::optional<Mask> liver = drawn(grid, inside_liver);

double dice(const LabelMap& a, const Mask& b)
{
    std::size_t common = 0;
    std::size_t sizes = 0;
    for (std::size_t n = 0; n < b.voxels().size(); ++n) {
        const bool in_a = a.voxels()[n] != 0;
        const bool in_b = b.voxels()[n] != 0;
        common += in_a && in_b ? 1U : 0U;
        sizes += (in_a ? 1U : 0U) + (in_b ? 1U : 0U);
    }
    return 2.0 * static_cast<double>(common) / static_cast<double>(sizes);
}

Mask as_mask(const LabelMap& labels)
{
    Mask mask{labels.grid()};
    std::ranges::transform(labels.voxels(), mask.voxels().begin(), [](std::uint16_t label) {
        return static_cast<std::uint8_t>(label != 0 ? 1 : 0);
    });
    return mask;
}

// Voxels of 1.5 x 1.5 x 2.5 mm cover a ball of 10 mm to within half a voxel: 0.9 of Dice is what two honest
// rasters of it share.
constexpr double same_ball = 0.88;

TEST(LesionsAt, FindsTheDarkBallThatWasClicked)
{
    const PointLps centre{-12.0, 8.0, 5.0};
    const auto ball = inside_ball(centre, 10.0);
    const Segmented found = lesions_at(scan_of({{.inside = ball, .hu = 55.0}}), liver, {centre});
    ASSERT_THAT(found.findings, ElementsAre(Field(&Finding::label, 1)));
    EXPECT_EQ(found.findings[0].kind, FindingKind::lesion);
    EXPECT_GT(dice(found.lesions, drawn(grid, ball)), same_ball);
}

TEST(LesionsAt, FindsTheSameWhereverInTheLesionTheClickIs)
{
    const PointLps centre{-12.0, 8.0, 5.0};
    const Volume ct = scan_of({{.inside = inside_ball(centre, 10.0), .hu = 55.0}});
    const Mask reference = as_mask(lesions_at(ct, liver, {centre}).lesions);
    for (const VectorLps& aside :
         {VectorLps{7.0, 0.0, 0.0}, {0.0, -7.0, 0.0}, {0.0, 0.0, 7.0}, {-4.0, 4.0, -4.0}})
        EXPECT_GT(dice(lesions_at(ct, liver, {centre + aside}).lesions, reference), 0.85);
}

TEST(LesionsAt, FindsABrightLesion)
{
    const PointLps centre{-12.0, 8.0, 5.0};
    const auto ball = inside_ball(centre, 10.0);
    const Segmented found = lesions_at(scan_of({{.inside = ball, .hu = 150.0}}), liver, {centre});
    ASSERT_THAT(found.findings, SizeIs(1));
    EXPECT_GT(dice(found.lesions, drawn(grid, ball)), same_ball);
}

TEST(LesionsAt, NeedsNoLiverMask)
{
    const PointLps centre{-12.0, 8.0, 5.0};
    const auto ball = inside_ball(centre, 10.0);
    const Segmented found = lesions_at(scan_of({{.inside = ball, .hu = 55.0}}), std::nullopt, {centre});
    ASSERT_THAT(found.findings, SizeIs(1));
    EXPECT_GT(dice(found.lesions, drawn(grid, ball)), same_ball);
}

TEST(LesionsAt, FindsTheSameWithoutALiverMaskWhereverTheClickIs)
{
    const PointLps centre{-12.0, 8.0, 5.0};
    const Volume ct = scan_of({{.inside = inside_ball(centre, 10.0), .hu = 55.0}});
    const Mask reference = as_mask(lesions_at(ct, std::nullopt, {centre}).lesions);
    for (const VectorLps& aside :
         {VectorLps{7.0, 0.0, 0.0}, {0.0, -7.0, 0.0}, {0.0, 0.0, 7.0}, {-4.0, 4.0, -4.0}})
        EXPECT_GT(dice(lesions_at(ct, std::nullopt, {centre + aside}).lesions, reference), 0.85);
}

TEST(LesionsAt, FindsASoftNoduleInFat)
{
    const PointLps centre{20.0, -20.0, 0.0};
    const auto nodule = inside_ball(centre, 6.0);
    const auto air = [](const PointLps& at) { return !inside_body(at); };
    const Volume ct =
        painted(grid, {{.inside = air, .hu = -1000.0}, {.inside = nodule, .hu = 50.0}}, {.noise_hu = 10.0});
    const Segmented found = lesions_at(ct, std::nullopt, {centre + VectorLps{2.0, 0.0, 0.0}});
    ASSERT_THAT(found.findings, SizeIs(1));
    // Slices of 2.5 mm are 0.4 of its radius.
    EXPECT_GT(dice(found.lesions, drawn(grid, nodule)), 0.8);
}

TEST(LesionsAt, DoesNotRunAlongAVesselOfTheSameDensity)
{
    const auto ball = inside_ball({-12.0, 0.0, 0.0}, 10.0);
    const Volume ct =
        scan_of({{.inside = ball, .hu = 55.0},
                 {.inside = inside_tube({-12.0, 0.0, 0.0}, {35.0, 0.0, 0.0}, 2.5), .hu = 55.0}});
    const Segmented found = lesions_at(ct, liver, {{-12.0, 0.0, 0.0}});
    ASSERT_THAT(found.findings, SizeIs(1));
    EXPECT_LT(static_cast<double>(std::ranges::count(found.lesions.voxels(), 1)) * voxel_volume_mm3(grid),
              1.25 * ball_mm3(10.0));
}

TEST(LesionsAt, StaysInTheLiverThatHoldsTheClick)
{
    // A lesion that bulges out of the mask.
    const PointLps centre{-42.0, 0.0, 0.0};
    const Volume ct = scan_of({{.inside = inside_ball(centre, 12.0), .hu = 55.0}});
    const Segmented found = lesions_at(ct, liver, {centre});
    ASSERT_THAT(found.findings, SizeIs(1));
    // It reaches to -54, the liver to -50; a pixel more may be drawn.
    const Index outside = nearest(to_voxel(grid, PointLps{-52.0, 0.0, 0.0}));
    EXPECT_EQ(found.lesions[outside], 0);
    EXPECT_NE(found.lesions[nearest(to_voxel(grid, PointLps{-48.0, 0.0, 0.0}))], 0);
}

TEST(LesionsAt, SaysThatNothingStandsOutInPlainLiver)
{
    const Segmented found = lesions_at(scan_of({}), liver, {{10.0, 0.0, 0.0}});
    EXPECT_THAT(found.findings, IsEmpty());
    EXPECT_THAT(found.notices,
                ElementsAre(Field(&Notice::text, HasSubstr("the click at (10.0, 0.0, 0.0) mm"))));
}

TEST(LesionsAt, GivesOneLesionForTwoClicksInIt)
{
    const PointLps centre{-12.0, 8.0, 5.0};
    const Volume ct = scan_of({{.inside = inside_ball(centre, 10.0), .hu = 55.0}});
    const Segmented found = lesions_at(ct, liver, {centre, centre + VectorLps{4.0, 0.0, 0.0}});
    EXPECT_THAT(found.findings, SizeIs(1));
    EXPECT_THAT(found.notices, ElementsAre(Field(&Notice::text, HasSubstr("an earlier click"))));
}

TEST(LesionsAt, PutsTheLesionOfHigherContrastFirst)
{
    const Volume ct = scan_of({{.inside = inside_ball({-25.0, 0.0, 0.0}, 9.0), .hu = 80.0},
                               {.inside = inside_ball({20.0, 0.0, 0.0}, 9.0), .hu = 30.0}});
    const Segmented found = lesions_at(ct, liver, {{-25.0, 0.0, 0.0}, {20.0, 0.0, 0.0}});
    ASSERT_THAT(found.findings, SizeIs(2));
    EXPECT_GT(found.findings[0].confidence, found.findings[1].confidence);
    EXPECT_EQ(found.lesions[nearest(to_voxel(grid, PointLps{20.0, 0.0, 0.0}))], 1);
}

TEST(LesionsAt, RefusesAClickOutsideTheBody)
{
    EXPECT_THAT([] { (void)lesions_at(scan_of({}), liver, {{60.0, 52.0, 0.0}}); },
                ::testing::Throws<Error>(AllOf(
                    ::testing::Property(&Error::code, Errc::usage),
                    ::testing::Property(&Error::what, HasSubstr("--seed 60,52,0 lies outside the body")))));
}

TEST(LesionsAt, RefusesAClickOutsideTheImage)
{
    EXPECT_THAT([] { (void)lesions_at(scan_of({}), liver, {{0.0, 0.0, 300.0}}); },
                ::testing::ThrowsMessage<Error>(HasSubstr("--seed 0,0,300 lies outside the image")));
}

TEST(LesionsByHints, FindsTheLesionOfALine)
{
    const PointLps centre{-12.0, 8.0, 5.0};
    const auto ball = inside_ball(centre, 10.0);
    const Line line{.from = centre + VectorLps{-10.0, 0.0, 0.0}, .to = centre + VectorLps{10.0, 0.0, 0.0}};
    const Segmented found = lesions_by_hints(scan_of({{.inside = ball, .hu = 55.0}}),
                                             std::nullopt,
                                             {.clicks = {}, .lines = {line}, .about_liver = liver});
    ASSERT_THAT(found.findings, SizeIs(1));
    EXPECT_EQ(found.method, "line");
    EXPECT_EQ(found.findings[0].organ, "liver");
    EXPECT_GT(dice(found.lesions, drawn(grid, ball)), same_ball);
}

TEST(LesionsByHints, TakesTheLineForTheBorderWhereTwoLesionsTouch)
{
    const auto first = inside_ball({-14.0, 0.0, 0.0}, 10.0);
    const auto second = inside_ball({3.0, 0.0, 0.0}, 9.0);
    const Line line{.from = {-24.0, 0.0, 0.0}, .to = {-4.5, 0.0, 0.0}};
    const Segmented found =
        lesions_by_hints(scan_of({{.inside = first, .hu = 55.0}, {.inside = second, .hu = 55.0}}),
                         std::nullopt,
                         {.clicks = {}, .lines = {line}, .about_liver = std::nullopt});
    ASSERT_THAT(found.findings, SizeIs(1));
    EXPECT_EQ(found.lesions[nearest(to_voxel(grid, PointLps{6.0, 0.0, 0.0}))], 0);
    EXPECT_GT(dice(found.lesions, drawn(grid, first)), 0.85);
}

TEST(LesionsByHints, RefusesALineThatFitsNothing)
{
    // Three times as long as the lesion it crosses.
    const auto ball = inside_ball({-12.0, 8.0, 5.0}, 6.0);
    const Line line{.from = {-30.0, 8.0, 5.0}, .to = {6.0, 8.0, 5.0}};
    const Segmented found = lesions_by_hints(scan_of({{.inside = ball, .hu = 55.0}}),
                                             std::nullopt,
                                             {.clicks = {}, .lines = {line}, .about_liver = std::nullopt});
    EXPECT_THAT(found.findings, IsEmpty());
    EXPECT_THAT(found.notices,
                ElementsAre(Field(&Notice::text,
                                  HasSubstr("the line from (-30.0, 8.0, 5.0) to (6.0, 8.0, 5.0) mm"))));
}

TEST(LesionsByHints, CallsTheOrganUnspecifiedAwayFromTheLiver)
{
    const auto nodule = inside_ball({20.0, -20.0, 0.0}, 6.0);
    const auto air = [](const PointLps& at) { return !inside_body(at); };
    const Volume ct =
        painted(grid, {{.inside = air, .hu = -1000.0}, {.inside = nodule, .hu = 50.0}}, {.noise_hu = 10.0});
    const Segmented found = lesions_by_hints(
        ct, std::nullopt, {.clicks = {{20.0, -20.0, 0.0}}, .lines = {}, .about_liver = std::nullopt});
    ASSERT_THAT(found.findings, SizeIs(1));
    EXPECT_EQ(found.findings[0].organ, "unspecified");
}

/// Wherever in the lesion the click is.
void expect_the_same_from_every_click(const Volume& ct,
                                      const PointLps& centre,
                                      const std::vector<VectorLps>& aside)
{
    const Mask reference = as_mask(lesions_at(ct, std::nullopt, {centre}).lesions);
    for (const VectorLps& away : aside)
        EXPECT_GT(dice(lesions_at(ct, std::nullopt, {centre + away}).lesions, reference), 0.9)
            << away.x_mm << " " << away.y_mm << " " << away.z_mm;
}

TEST(LesionsAt, FindsTheSameInCoreAndRim)
{
    const PointLps centre{-8.0, 5.0, 3.0};
    const Volume ct = scan_of({{.inside = inside_ball(centre, 14.0), .hu = 145.0},
                               {.inside = inside_ball(centre, 10.0), .hu = 50.0}});
    EXPECT_GT(dice(lesions_at(ct, std::nullopt, {centre}).lesions, drawn(grid, inside_ball(centre, 14.0))),
              0.88);
    expect_the_same_from_every_click(ct, centre, {{12.0, 0.0, 0.0}, {0.0, -12.0, 0.0}, {5.0, 5.0, 0.0}});
}

TEST(LesionsAt, FindsTheSameInNecrosisAndLivingTissue)
{
    const PointLps centre{-8.0, 5.0, 3.0};
    const Volume ct = scan_of({{.inside = inside_ball(centre, 18.0), .hu = 70.0},
                               {.inside = inside_ball(centre, 9.0), .hu = 20.0}});
    EXPECT_GT(dice(lesions_at(ct, std::nullopt, {centre}).lesions, drawn(grid, inside_ball(centre, 18.0))),
              0.9);
    expect_the_same_from_every_click(ct, centre, {{13.0, 0.0, 0.0}, {0.0, 13.0, 0.0}, {4.0, -3.0, 2.0}});
}

TEST(LesionsAt, FindsANoduleOnTheWallOfTheLung)
{
    const PointLps centre{-42.0, 0.0, 3.0};
    const auto inside_lung = inside_ellipsoid({48.0, 40.0, 110.0});
    const auto nodule = [&](const PointLps& at) { return inside_ball(centre, 9.0)(at) && inside_lung(at); };
    const auto air = [](const PointLps& at) { return !inside_body(at); };
    const Volume ct = painted(grid,
                              {{.inside = [](const PointLps&) { return true; }, .hu = 45.0},
                               {.inside = air, .hu = -1000.0},
                               {.inside = inside_lung, .hu = -850.0},
                               {.inside = nodule, .hu = 35.0}},
                              {.noise_hu = 10.0});
    const Segmented found = lesions_at(ct, std::nullopt, {centre});
    ASSERT_THAT(found.findings, SizeIs(1));
    // The line that the lung would have there may be off by a voxel.
    EXPECT_GT(dice(found.lesions, drawn(grid, nodule)), 0.8);
}

}  // namespace
}  // namespace downstage::segmentation
