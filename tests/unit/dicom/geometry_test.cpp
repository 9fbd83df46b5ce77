#include "downstage/core/error.hpp"
#include "downstage/dicom/geometry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>
#include <string>

namespace downstage::dicom {
namespace {

using testing::HasSubstr;

// Sums and products of millimetres up to a thousand in double precision; no reader sees a nanometre.
constexpr double exact_mm = 1e-9;

struct Pose {
    VectorLps row_direction{1.0, 0.0, 0.0}, column_direction{0.0, 1.0, 0.0};
    PointLps first{-10.0, 20.0, 30.0};
};

/// Slices of 7 x 5 pixels that are not square, at the given places.
Stack stack_at(const Pose& pose, const std::vector<PointLps>& places)
{
    Stack stack;
    stack.series_uid.text = "1.2.3";
    stack.modality = "CT";
    stack.row_direction = pose.row_direction;
    stack.column_direction = pose.column_direction;
    stack.columns = 7;
    stack.rows = 5;
    stack.column_spacing_mm = 0.7;
    stack.row_spacing_mm = 0.9;
    for (const PointLps& place : places) {
        const std::string number = std::to_string(stack.slices.size() + 1);
        stack.slices.push_back({.file = number, .sop_uid = {"1.2.3." + number}, .position = place});
    }
    return stack;
}

/// An axial stack with slices at the given heights.
Stack axial_at(const std::vector<double>& heights_mm)
{
    std::vector<PointLps> places;
    for (const double z_mm : heights_mm)
        places.push_back({-10.0, 20.0, z_mm});
    return stack_at({}, places);
}

/// Where a pixel of a source slice lies in the patient: DICOM PS3.3 equation C.7.6.2.1-1.
PointLps place_of_pixel(const Stack& stack, const Slice& slice, double column, double row)
{
    return slice.position + column * stack.column_spacing_mm * stack.row_direction +
           row * stack.row_spacing_mm * stack.column_direction;
}

/// Where the plan puts that pixel, in slice k of the volume.
PointLps planned_place(const StackPlan& plan, std::int32_t k, double column, double row)
{
    const StackPlan::From& from = plan.from[static_cast<std::size_t>(k)];
    return to_lps(plan.grid,
                  VoxelPlace{column + from.shift_i_mm / plan.grid.spacing_mm.i,
                             row + from.shift_j_mm / plan.grid.spacing_mm.j,
                             static_cast<double>(k)});
}

/// The largest distance between where pixels are and where the plan puts them, over the corners of all slices
/// that the volume takes whole.
double largest_misplacement_mm(const Stack& stack, const StackPlan& plan)
{
    double largest = 0.0;
    for (std::int32_t k = 0; k < plan.grid.size.k; ++k) {
        const StackPlan::From& from = plan.from[static_cast<std::size_t>(k)];
        if (from.first != from.second) continue;
        for (const auto& [column, row] : {std::pair{0.0, 0.0}, {6.0, 0.0}, {0.0, 4.0}, {6.0, 4.0}})
            largest = std::max(largest,
                               distance_mm(place_of_pixel(stack, stack.slices[from.first], column, row),
                                           planned_place(plan, k, column, row)));
    }
    return largest;
}

std::string refusal(const Stack& stack)
{
    try {
        static_cast<void>(plan_volume(stack));
    } catch (const Error& error) {
        return error.code() == Errc::input ? error.what() : "not Errc::input";
    }
    return "was not refused";
}

VectorLps axis_vector(std::size_t axis, double sign)
{
    std::array<double, 3> v{};
    v.at(axis) = sign;
    return {v[0], v[1], v[2]};
}

/// All 48 ways to lay rows, columns and the order of slices along the patient axes.
struct Orientation {
    std::size_t row_axis{}, column_axis{};
    double row_sign{}, column_sign{}, stacking_sign{};
};

std::vector<Orientation> orientations()
{
    std::vector<Orientation> all;
    const auto sign = [](unsigned signs, unsigned bit) { return (signs >> bit & 1U) != 0 ? -1.0 : 1.0; };
    for (std::size_t pair = 0; pair < 9; ++pair)
        for (unsigned signs = 0; pair / 3 != pair % 3 && signs < 8; ++signs)
            all.push_back({pair / 3, pair % 3, sign(signs, 0), sign(signs, 1), sign(signs, 2)});
    return all;
}

class EveryOrientation : public testing::TestWithParam<Orientation> {};

TEST_P(EveryOrientation, PutsEachPixelWhereDicomSaysItIs)
{
    const Orientation& turn = GetParam();
    const Pose pose{.row_direction = axis_vector(turn.row_axis, turn.row_sign),
                    .column_direction = axis_vector(turn.column_axis, turn.column_sign)};
    const VectorLps step = turn.stacking_sign * cross(pose.row_direction, pose.column_direction);
    std::vector<PointLps> places;
    for (const double n : {2.0, 0.0, 3.0, 1.0})
        places.push_back(pose.first + n * 2.5 * step);
    const Stack stack = stack_at(pose, places);

    const StackPlan plan = plan_volume(stack);

    EXPECT_EQ(plan.grid.size, (Size{7, 5, 4}));
    EXPECT_NEAR(plan.grid.spacing_mm.k, 2.5, exact_mm);
    EXPECT_LT(largest_misplacement_mm(stack, plan), exact_mm);
    EXPECT_EQ(plan.passport.verdict, GeometryVerdict::regular);
}

INSTANTIATE_TEST_SUITE_P(AllFortyEight, EveryOrientation, testing::ValuesIn(orientations()));

TEST(PlanVolume, PutsEachPixelOfAnObliqueStackWhereDicomSaysItIs)
{
    const double c = std::cos(0.3);
    const double s = std::sin(0.3);
    const Pose pose{.row_direction = {c, s, 0.0}, .column_direction = {-s * c, c * c, s}};
    const VectorLps normal = cross(pose.row_direction, pose.column_direction);
    const Stack stack = stack_at(pose, {pose.first, pose.first + 3.0 * normal, pose.first + 6.0 * normal});
    const StackPlan plan = plan_volume(stack);
    EXPECT_LT(largest_misplacement_mm(stack, plan), exact_mm);
    EXPECT_EQ(plan.passport.verdict, GeometryVerdict::regular);
    EXPECT_NEAR(plan.passport.obliquity_deg, std::acos(normal.z_mm) * 180.0 / std::numbers::pi, 1e-6);
}

TEST(PlanVolume, TakesTheDistanceBetweenColumnsForIAndBetweenRowsForJ)
{
    const StackPlan plan = plan_volume(axial_at({0.0, 5.0, 10.0}));
    EXPECT_EQ(plan.grid.spacing_mm.i, 0.7);
    EXPECT_EQ(plan.grid.spacing_mm.j, 0.9);
}

TEST(PlanVolume, NamesTheDirectionsOfItsAxes)
{
    EXPECT_EQ(plan_volume(axial_at({0.0, 5.0})).passport.orientation,
              "axial, +i left, +j posterior, +k head");
}

TEST(PlanVolume, DoesNotDependOnTheOrderOfSlices)
{
    const StackPlan up = plan_volume(axial_at({0.0, 5.0, 10.0}));
    const StackPlan mixed = plan_volume(axial_at({10.0, 0.0, 5.0}));
    EXPECT_TRUE(same_grid(up.grid, mixed.grid));
    EXPECT_EQ(mixed.from[0].first, 1U);
    EXPECT_EQ(mixed.from[2].first, 0U);
}

/// A stack whose planes lean by `tilt_deg` against the table along which they are stacked.
Stack tilted_stack(double tilt_deg)
{
    const double tilt = tilt_deg * std::numbers::pi / 180.0;
    const Pose pose{.column_direction = {0.0, std::cos(tilt), std::sin(tilt)}};
    std::vector<PointLps> places;
    for (int n = 0; n < 6; ++n)
        places.push_back(pose.first + n * VectorLps{0.0, 0.0, 5.0});
    return stack_at(pose, places);
}

class EveryTilt : public testing::TestWithParam<double> {};

TEST_P(EveryTilt, IsShearedBackSoThatEachPixelStaysWhereItWas)
{
    const Stack stack = tilted_stack(GetParam());
    const StackPlan plan = plan_volume(stack);
    EXPECT_LT(largest_misplacement_mm(stack, plan), exact_mm);
    EXPECT_NEAR(plan.passport.tilt_deg, std::abs(GetParam()), 1e-6);
    EXPECT_NEAR(plan.grid.spacing_mm.k, 5.0 * std::cos(GetParam() * std::numbers::pi / 180.0), exact_mm);
    EXPECT_EQ(plan.passport.verdict, GeometryVerdict::resampled);
    EXPECT_THAT(plan.passport.notes, testing::Contains(HasSubstr("tilt of")));
}

TEST_P(EveryTilt, LeavesRoomForTheWholeOfEachMovedSlice)
{
    const Stack stack = tilted_stack(GetParam());
    const StackPlan plan = plan_volume(stack);
    for (const StackPlan::From& from : plan.from) {
        const double last_j = 4.0 + from.shift_j_mm / plan.grid.spacing_mm.j;
        EXPECT_GE(from.shift_j_mm, 0.0);
        EXPECT_LE(last_j, plan.grid.size.j - 1 + 0.1);  // up to a tenth of a pixel is not worth a row
    }
}

INSTANTIATE_TEST_SUITE_P(BothWays, EveryTilt, testing::Values(-20.0, -3.0, 3.0, 14.0));

TEST(PlanVolume, DoesNotMoveSlicesForADriftBelowATenthOfAPixel)
{
    Stack stack = axial_at({0.0, 5.0, 10.0});
    stack.slices[2].position.x_mm += 0.06;
    const StackPlan plan = plan_volume(stack);
    EXPECT_EQ(plan.passport.verdict, GeometryVerdict::regular);
    EXPECT_EQ(plan.from[2].shift_i_mm, 0.0);
    EXPECT_EQ(plan.passport.tilt_deg, 0.0);
}

TEST(PlanVolume, RefusesSlicesThatFollowNoStraightLine)
{
    Stack stack = axial_at({0.0, 5.0, 10.0, 15.0});
    stack.slices[1].position.x_mm += 12.0;
    EXPECT_THAT(refusal(stack), HasSubstr("12.0 mm beside the straight line"));
    EXPECT_THAT(refusal(stack), HasSubstr("(2.0, 20.0, 5.0)"));
}

TEST(PlanVolume, FillsAMissingSliceFromBothNeighboursAndListsIt)
{
    const StackPlan plan = plan_volume(axial_at({0.0, 5.0, 10.0, 20.0, 25.0}));
    EXPECT_EQ(plan.grid.size.k, 6);
    EXPECT_EQ(plan.from[3].first, 2U);
    EXPECT_EQ(plan.from[3].second, 3U);
    EXPECT_NEAR(plan.from[3].weight_of_second, 0.5, exact_mm);
    ASSERT_EQ(plan.passport.missing.size(), 1U);
    const MissingSlices& missing = plan.passport.missing.front();
    EXPECT_EQ(missing.before, (PointLps{-10.0, 20.0, 10.0}));
    EXPECT_EQ(missing.after, (PointLps{-10.0, 20.0, 20.0}));
    EXPECT_NEAR(missing.gap_mm, 10.0, exact_mm);
    EXPECT_EQ(missing.count, 1);
    EXPECT_EQ(missing.first_k, 3);
    EXPECT_EQ(plan.passport.verdict, GeometryVerdict::regular);
}

TEST(PlanVolume, WeightsTwoMissingSlicesByTheirDistance)
{
    const StackPlan plan = plan_volume(axial_at({0.0, 5.0, 10.0, 25.0, 30.0}));
    EXPECT_NEAR(plan.from[3].weight_of_second, 1.0 / 3.0, exact_mm);
    EXPECT_NEAR(plan.from[4].weight_of_second, 2.0 / 3.0, exact_mm);
    EXPECT_EQ(plan.passport.missing.front().count, 2);
}

TEST(PlanVolume, FindsTheMissingOneOfThreeSlices)
{
    EXPECT_EQ(plan_volume(axial_at({0.0, 5.0, 15.0})).passport.missing.size(), 1U);
}

TEST(PlanVolume, SaysThatGapsWereAllowedOnlyWhereThereIsOne)
{
    const GeometryOptions options{.allow_gaps = true};
    EXPECT_EQ(plan_volume(axial_at({0.0, 5.0, 15.0, 20.0}), options).passport.verdict,
              GeometryVerdict::gaps_allowed);
    EXPECT_EQ(plan_volume(axial_at({0.0, 5.0, 10.0, 15.0}), options).passport.verdict,
              GeometryVerdict::regular);
}

TEST(PlanVolume, TakesPositionsRoundedToOneDecimalForRegular)
{
    std::vector<double> heights;
    for (int n = 0; n < 100; ++n)
        heights.push_back(std::round(n * 1.25 * 10.0) / 10.0);
    const StackPlan plan = plan_volume(axial_at(heights));
    EXPECT_EQ(plan.passport.verdict, GeometryVerdict::regular);
    EXPECT_EQ(plan.grid.size.k, 100);
    EXPECT_NEAR(plan.grid.spacing_mm.k, 1.25, 0.1 / 99);  // both ends off by half a decimal at the most
}

TEST(PlanVolume, ResamplesASliceThatIsAFifthOfTheSpacingOff)
{
    const StackPlan plan = plan_volume(axial_at({0.0, 5.0, 10.0, 16.0, 20.0, 25.0, 30.0}));
    EXPECT_EQ(plan.passport.verdict, GeometryVerdict::resampled);
    EXPECT_EQ(plan.grid.size.k, 7);
    EXPECT_EQ(plan.passport.missing.size(), 0U);
    EXPECT_GT(plan.passport.largest_irregularity_mm, 0.8);
    EXPECT_LT(plan.passport.largest_irregularity_mm, 1.0);
    EXPECT_THAT(plan.passport.notes, testing::Contains(HasSubstr("resampled linearly")));
}

TEST(PlanVolume, WeightsNeighboursSoThatALinearRampStaysARamp)
{
    const std::vector<double> heights{0.0, 5.0, 10.0, 16.0, 20.0, 25.0, 30.0};
    const StackPlan plan = plan_volume(axial_at(heights));
    for (std::size_t k = 0; k < plan.from.size(); ++k) {
        const StackPlan::From& from = plan.from[k];
        const double height = (1.0 - from.weight_of_second) * heights[from.first] +
                              from.weight_of_second * heights[from.second];
        // A slice is taken whole when it is within 0.06 mm of its place; the ends are not extrapolated.
        const bool is_end = k == 0 || k + 1 == plan.from.size();
        EXPECT_NEAR(
            height, to_lps(plan.grid, Index{0, 0, static_cast<std::int32_t>(k)}).z_mm, is_end ? 0.2 : 0.06);
    }
}

TEST(PlanVolume, RefusesSpacingMoreUnevenThanAQuarterNamingTwoPositions)
{
    const std::string why = refusal(axial_at({0.0, 5.0, 10.0, 17.0, 20.0, 25.0, 30.0}));
    EXPECT_THAT(why, HasSubstr("series 1.2.3"));
    EXPECT_THAT(why, HasSubstr("unevenly spaced"));
    EXPECT_THAT(why, HasSubstr("(-10.0, 20.0, 10.0) and (-10.0, 20.0, 17.0) lie 7.00 mm"));
}

TEST(PlanVolume, ResamplesToTheFinerSpacingWhereItChangesWithinTheStack)
{
    const StackPlan plan = plan_volume(axial_at({0.0, 5.0, 10.0, 15.0, 20.0, 22.5, 25.0, 27.5}));
    EXPECT_NEAR(plan.grid.spacing_mm.k, 2.5, exact_mm);
    EXPECT_EQ(plan.grid.size.k, 12);
    EXPECT_TRUE(plan.passport.missing.empty());
    EXPECT_EQ(plan.passport.verdict, GeometryVerdict::resampled);
    EXPECT_THAT(plan.passport.notes, testing::Contains(HasSubstr("changes within the stack")));
}

TEST(PlanVolume, RefusesSpacingThatChangesToNoMultiple)
{
    EXPECT_THAT(refusal(axial_at({0.0, 5.0, 10.0, 15.0, 20.0, 23.0, 26.0, 29.0})),
                HasSubstr("unevenly spaced"));
}

TEST(PlanVolume, DropsTheSecondCopyOfASlice)
{
    Stack stack = axial_at({0.0, 5.0, 10.0, 10.0});
    stack.slices[3].sop_uid = stack.slices[2].sop_uid;
    const StackPlan plan = plan_volume(stack);
    EXPECT_EQ(plan.grid.size.k, 3);
    EXPECT_EQ(plan.passport.duplicates_dropped, 1);
}

TEST(PlanVolume, RefusesTwoDifferentImagesAtOnePlace)
{
    EXPECT_THAT(refusal(axial_at({0.0, 5.0, 10.0, 10.0})), HasSubstr("two different images lie at"));
}

TEST(PlanVolume, RefusesOneSlice)
{
    EXPECT_THAT(refusal(axial_at({0.0})), HasSubstr("a volume needs two or more"));
}

TEST(PlanVolume, RefusesDirectionsThatAreNoRightAngle)
{
    Stack stack = axial_at({0.0, 5.0});
    stack.column_direction = {0.1, std::sqrt(0.99), 0.0};
    EXPECT_THAT(refusal(stack), HasSubstr("ImageOrientationPatient (0020,0037)"));
}

TEST(PlanVolume, MakesRoundedDirectionsOrthonormal)
{
    Stack stack = axial_at({0.0, 5.0});
    stack.row_direction = {0.97, -0.24, 0.0};
    stack.column_direction = {0.24, 0.97, 0.0};
    const Axes axes = plan_volume(stack).grid.axes;
    EXPECT_NEAR(length_mm(axes.i), 1.0, exact_mm);
    EXPECT_NEAR(length_mm(axes.j), 1.0, exact_mm);
    EXPECT_NEAR(dot(axes.i, axes.j), 0.0, exact_mm);
}

TEST(PlanVolume, RefusesAnUnusableStackWithItsReason)
{
    Stack stack = axial_at({0.0, 5.0});
    stack.unusable_because = "it is a localizer";
    EXPECT_THAT(refusal(stack), HasSubstr("it is a localizer"));
}

TEST(PlanVolume, NotesSlicesThickerOrThinnerThanTheirSpacing)
{
    Stack stack = axial_at({0.0, 5.0, 10.0});
    for (const auto& [thickness_mm, words] : {std::pair{7.0, "overlap"}, {2.0, "not imaged"}}) {
        for (Slice& slice : stack.slices)
            slice.thickness_mm = thickness_mm;
        const GeometryPassport passport = plan_volume(stack).passport;
        EXPECT_EQ(passport.slice_thickness_mm, thickness_mm);
        EXPECT_THAT(passport.notes, testing::ElementsAre(HasSubstr(words)));
        EXPECT_NEAR(passport.spacing_mm.k, 5.0, exact_mm);
    }
}

}  // namespace
}  // namespace downstage::dicom
