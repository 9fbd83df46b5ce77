#include "downstage/imaging/orient.hpp"
#include "downstage/segmentation/lesions.hpp"

#include "downstage_test/painted_ct.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace downstage::segmentation {
namespace {

using downstage_test::ball_mm3;
using downstage_test::Body;
using downstage_test::drawn;
using downstage_test::inside_ball;
using downstage_test::inside_ellipsoid;
using downstage_test::inside_tube;
using downstage_test::painted;
using downstage_test::Scanner;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr double liver_hu = 100.0;
constexpr double lesion_hu = 55.0;

/// A smooth liver of 0.3 l: big enough to hold tissue deeper than 4 mm all around its lesions.
const downstage_test::Inside inside_liver = inside_ellipsoid({50.0, 42.0, 36.0});

const Grid usual_grid = downstage_test::centred_grid({74, 62, 33}, {1.5, 1.5, 2.5});

Volume scan_of(const std::vector<Body>& lesions, const Scanner& scanner = {.noise_hu = 10.0})
{
    std::vector<Body> bodies{{.inside = inside_liver, .hu = liver_hu}};
    bodies.insert(bodies.end(), lesions.begin(), lesions.end());
    return painted(usual_grid, bodies, scanner);
}

Liver known_liver(const Grid& grid)
{
    return {.mask = drawn(grid, inside_liver),
            .mean_hu = liver_hu,
            .spread_hu = 10.0,
            .confidence = 0.9,
            .cut_off = false,
            .notices = {}};
}

Segmented found_in(const Volume& ct)
{
    return find_lesions(ct, known_liver(ct.grid()));
}

PointLps centroid_of(const LabelMap& labels, std::uint16_t label)
{
    const Grid& grid = labels.grid();
    VectorLps sum{};
    double count = 0.0;
    for (std::int32_t k = 0; k < grid.size.k; ++k)
        for (std::int32_t j = 0; j < grid.size.j; ++j)
            for (std::int32_t i = 0; i < grid.size.i; ++i)
                if (labels[{i, j, k}] == label) {
                    sum = sum + (to_lps(grid, Index{i, j, k}) - PointLps{});
                    count += 1.0;
                }
    return PointLps{} + (1.0 / count) * sum;
}

double volume_mm3(const LabelMap& labels, std::uint16_t label)
{
    return static_cast<double>(std::ranges::count(labels.voxels(), label)) * voxel_volume_mm3(labels.grid());
}

TEST(FindLesions, FindsADarkBallWithinAMillimetreOfItsCentre)
{
    const PointLps centre{-12.0, 8.0, 5.0};
    const Segmented found = found_in(scan_of({{.inside = inside_ball(centre, 10.0), .hu = lesion_hu}}));
    ASSERT_THAT(found.findings, SizeIs(1));
    EXPECT_EQ(found.findings[0].kind, FindingKind::lesion);
    EXPECT_GT(found.findings[0].confidence, 0.45);
    EXPECT_LT(distance_mm(centroid_of(found.lesions, 1), centre), 1.0);
}

TEST(FindLesions, LabelsABallAsLargeAsTheFormulaSays)
{
    const double truth_mm3 = ball_mm3(12.0);
    const Segmented found =
        found_in(scan_of({{.inside = inside_ball({-12.0, 8.0, 5.0}, 12.0), .hu = lesion_hu}}));
    ASSERT_THAT(found.findings, SizeIs(1));
    // The rim is drawn at 0.4 of the contrast, about 0.4 mm outside half of it at 1.4 mm of blur in all: 10 %
    // of the volume. The slices add as much.
    EXPECT_NEAR(volume_mm3(found.lesions, 1), truth_mm3, 0.2 * truth_mm3);
}

TEST(FindLesions, FindsNothingInAPlainNoisyLiver)
{
    EXPECT_THAT(found_in(scan_of({}, {.noise_hu = 15.0})).findings, IsEmpty());
}

TEST(FindLesions, DoesNotTakeAnUnenhancedVesselForALesion)
{
    const auto vessel = inside_tube({-25.0, 0.0, 0.0}, {25.0, 0.0, 0.0}, 4.0);
    EXPECT_THAT(found_in(scan_of({{.inside = vessel, .hu = lesion_hu}})).findings, IsEmpty());
}

TEST(FindLesions, DoesNotTakeADarkRindForALesion)
{
    // What the mask holds within 3 mm of its surface is as dark as a lesion.
    const auto inner = inside_ellipsoid({47.0, 39.0, 33.0});
    const Volume ct = painted(usual_grid,
                              {{.inside = inside_liver, .hu = lesion_hu}, {.inside = inner, .hu = liver_hu}},
                              {.noise_hu = 10.0});
    EXPECT_THAT(found_in(ct).findings, IsEmpty());
}

TEST(FindLesions, CallsABallOfWaterACyst)
{
    const Segmented found = found_in(scan_of({{.inside = inside_ball({-10.0, 0.0, 0.0}, 10.0), .hu = 5.0}}));
    ASSERT_THAT(found.findings, SizeIs(1));
    EXPECT_EQ(found.findings[0].kind, FindingKind::cyst);
}

TEST(FindLesions, TellsTwoLesionsThatTouchApart)
{
    const PointLps left{10.0, 0.0, 0.0};
    const PointLps right{-12.0, 0.0, 0.0};
    const Segmented found = found_in(scan_of({{.inside = inside_ball(left, 11.0), .hu = lesion_hu},
                                              {.inside = inside_ball(right, 11.0), .hu = lesion_hu}}));
    ASSERT_THAT(found.findings, SizeIs(2));
    const double apart_mm = distance_mm(centroid_of(found.lesions, 1), centroid_of(found.lesions, 2));
    // The waist that both share pulls the centres towards each other.
    EXPECT_NEAR(apart_mm, distance_mm(left, right), 2.0);
}

TEST(FindLesions, KeepsATumourWithABrightSeptumWhole)
{
    const auto tumour = inside_ball({-6.0, 0.0, 0.0}, 19.0);
    const auto septum = [&](const PointLps& p) { return tumour(p) && std::abs(p.x_mm + 2.0) < 1.2; };
    const Segmented found =
        found_in(scan_of({{.inside = tumour, .hu = lesion_hu}, {.inside = septum, .hu = liver_hu}}));
    ASSERT_THAT(found.findings, SizeIs(1));
    EXPECT_GT(volume_mm3(found.lesions, 1), 0.8 * ball_mm3(19.0));
}

TEST(FindLesions, GivesALesionTheLipiodolThatTouchesIt)
{
    const auto lipiodol = inside_ball({-10.0, 9.0, 0.0}, 5.0);
    const Segmented found =
        found_in(scan_of({{.inside = inside_ball({-10.0, 0.0, 0.0}, 11.0), .hu = lesion_hu},
                          {.inside = lipiodol, .hu = 600.0}}));
    ASSERT_THAT(found.findings, SizeIs(1));
    const Index in_lipiodol = nearest(to_voxel(found.lesions.grid(), PointLps{-10.0, 11.0, 0.0}));
    EXPECT_EQ(found.lesions[in_lipiodol], 1);
    EXPECT_THAT(found.notices, ElementsAre(Field(&Notice::text, testing::HasSubstr("lipiodol"))));
}

TEST(FindLesions, SaysWhyAFaintLesionIsOnlyPossible)
{
    const Segmented found =
        found_in(scan_of({{.inside = inside_ball({-10.0, 0.0, 0.0}, 6.0), .hu = 82.0}}, {.noise_hu = 14.0}));
    ASSERT_THAT(found.findings, SizeIs(1));
    EXPECT_EQ(found.findings[0].kind, FindingKind::possible);
    EXPECT_THAT(found.findings[0].why_not_counted, testing::HasSubstr("HU darker"));
}

TEST(FindLesions, ListsTheMostConfidentFindingFirstWithLabelsFromOne)
{
    const Segmented found =
        found_in(scan_of({{.inside = inside_ball({25.0, 0.0, 0.0}, 6.0), .hu = 60.0},
                          {.inside = inside_ball({-15.0, 0.0, 0.0}, 14.0), .hu = lesion_hu}}));
    ASSERT_THAT(found.findings, ElementsAre(Field(&Finding::label, 1), Field(&Finding::label, 2)));
    EXPECT_GE(found.findings[0].confidence, found.findings[1].confidence);
    EXPECT_LT(centroid_of(found.lesions, 1).x_mm, 0.0);
}

TEST(FindLesions, FindsTheSameVoxelsWhateverTheOrderOfTheAxes)
{
    const Volume ct = scan_of({{.inside = inside_ball({-12.0, 8.0, 5.0}, 10.0), .hu = lesion_hu}});
    const Segmented straight = found_in(ct);

    // The same voxels with i to the head, j to the right and k to the back.
    const Grid& grid = ct.grid();
    const Grid turned{.size = {grid.size.k, grid.size.i, grid.size.j},
                      .spacing_mm = {grid.spacing_mm.k, grid.spacing_mm.i, grid.spacing_mm.j},
                      .origin = to_lps(grid, Index{grid.size.i - 1, 0, 0}),
                      .axes = {.i = grid.axes.k, .j = -1.0 * grid.axes.i, .k = grid.axes.j}};
    Volume sagittal{turned};
    for (std::int32_t k = 0; k < grid.size.k; ++k)
        for (std::int32_t j = 0; j < grid.size.j; ++j)
            for (std::int32_t i = 0; i < grid.size.i; ++i)
                sagittal[{k, grid.size.i - 1 - i, j}] = ct[{i, j, k}];

    EXPECT_EQ(imaging::to_lps_order(found_in(sagittal).lesions), straight.lesions);
}

TEST(FindLesions, GivesTheSameVoxelsWithAnyNumberOfWorkers)
{
    const Volume ct = scan_of({{.inside = inside_ball({-12.0, 8.0, 5.0}, 10.0), .hu = lesion_hu}});
    const Liver liver = known_liver(ct.grid());
    const Segmented one = find_lesions(ct, liver, {.workers = 1, .progress = {}});
    const Segmented seven = find_lesions(ct, liver, {.workers = 7, .progress = {}});
    EXPECT_EQ(one.lesions, seven.lesions);
    EXPECT_EQ(one.findings, seven.findings);
}

TEST(FindLesions, HandsOnWhatIsKnownOfTheLiver)
{
    const Volume ct = scan_of({});
    Liver liver = known_liver(ct.grid());
    liver.cut_off = true;
    liver.notices = {{.severity = Severity::warning, .text = "the liver is cut off"}};
    const Segmented found = find_lesions(ct, liver);
    EXPECT_EQ(found.liver, liver.mask);
    EXPECT_TRUE(found.liver_is_cut_off);
    EXPECT_EQ(found.liver_confidence, liver.confidence);
    EXPECT_EQ(found.notices, liver.notices);
}

TEST(FindLesions, FindsNothingInAnEmptyLiver)
{
    const Volume ct = scan_of({});
    Liver liver = known_liver(ct.grid());
    liver.mask = Mask{ct.grid()};
    const Segmented found = find_lesions(ct, liver);
    EXPECT_THAT(found.findings, IsEmpty());
    EXPECT_TRUE(same_grid(found.lesions.grid(), ct.grid()));
}

}  // namespace
}  // namespace downstage::segmentation
