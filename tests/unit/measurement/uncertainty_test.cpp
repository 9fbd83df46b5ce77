#include "downstage/core/parallel.hpp"
#include "downstage/measurement/lesion.hpp"
#include "downstage/measurement/uncertainty.hpp"

#include "downstage_test/random_lesion.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

namespace {

using downstage::Interval95;
using downstage::PointLps;
using downstage::measurement::BoundarySource;
using downstage::measurement::Chord;
using downstage::measurement::corrected;
using downstage::measurement::ErrorSources;
using downstage::measurement::interval95;
using downstage::measurement::LengthError;
using downstage::measurement::long_axis_error;
using downstage::measurement::max_3d_error;
using downstage::measurement::short_axis_error;
using downstage::measurement::volume_sd_mm3;
using downstage_test::random_lesion;
using downstage_test::RandomLesion;
using downstage_test::RandomLesionOptions;

/// A 20 mm lesion on 0.8 mm pixels and 1 mm slices, with a boundary as a body kernel leaves it.
ErrorSources usual_sources()
{
    return {.pixel_mm = 0.8,
            .slice_distance_mm = 1.0,
            .edge = {.source = BoundarySource::image,
                     .contrast_hu = -50.0,
                     .noise_hu = 12.0,
                     .blur_mm = 0.7,
                     .smoothing_mm = 0.6,
                     .noise = 0.08,
                     .level = 0.01},
            .size = {.long_axis_mm = 20.0, .short_axis_mm = 20.0, .max_3d_mm = 20.0, .volume_mm3 = 4188.8}};
}

std::array<double, 4> spreads(const ErrorSources& sources)
{
    return {long_axis_error(sources).sd_mm,
            short_axis_error(sources).sd_mm,
            max_3d_error(sources).sd_mm,
            volume_sd_mm3(sources)};
}

void expect_wider(const ErrorSources& wider, const ErrorSources& than)
{
    const std::array<double, 4> wide = spreads(wider);
    const std::array<double, 4> narrow = spreads(than);
    for (std::size_t n = 0; n < wide.size(); ++n)
        EXPECT_GT(wide[n], narrow[n]) << "quantity " << n;
}

TEST(ErrorModel, SpreadsMoreWithNoiseBlurAndSliceDistance)
{
    const ErrorSources usual = usual_sources();
    ErrorSources noisy = usual;
    noisy.edge.noise *= 2.0;
    noisy.edge.level *= 2.0;
    ErrorSources blurred = usual;
    blurred.edge.blur_mm *= 2.0;
    ErrorSources thick = usual;
    thick.slice_distance_mm = 5.0;
    expect_wider(noisy, usual);
    expect_wider(blurred, usual);
    expect_wider(thick, usual);
}

TEST(ErrorModel, SpreadsMoreForALabelThatTheImageCouldNotBetterThanForADrawnMask)
{
    ErrorSources drawn = usual_sources();
    drawn.edge = {.source = BoundarySource::drawn_mask};
    ErrorSources found = drawn;
    found.edge.source = BoundarySource::found_mask;
    expect_wider(found, drawn);
}

TEST(ErrorModel, NeverCorrectsADrawnMask)
{
    ErrorSources drawn = usual_sources();
    drawn.edge = {.source = BoundarySource::drawn_mask};
    EXPECT_EQ(long_axis_error(drawn).reading_mm, 0.0);
    EXPECT_EQ(short_axis_error(drawn).reading_mm, 0.0);
    EXPECT_EQ(max_3d_error(drawn).reading_mm, 0.0);
}

TEST(Corrected, MovesBothEndsAlongTheChordByHalfTheError)
{
    const Chord read{.ends = {PointLps{1.0, 2.0, 3.0}, PointLps{1.0, 12.0, 3.0}}, .length_mm = 10.0};
    const Chord moved = corrected(read, {.reading_mm = 0.5});
    EXPECT_DOUBLE_EQ(moved.length_mm, 9.5);
    EXPECT_DOUBLE_EQ(moved.ends[0].y_mm, 2.25);
    EXPECT_DOUBLE_EQ(moved.ends[1].y_mm, 11.75);
    EXPECT_DOUBLE_EQ(moved.ends[0].x_mm, 1.0);
}

TEST(Interval95, ReachesFurtherUpByWhatLiesBetweenSlices)
{
    const Interval95 interval = interval95(20.0, LengthError{.missed_mm = 0.5, .sd_mm = 1.0});
    EXPECT_NEAR(0.5 * (interval.low + interval.high), 20.5, 1e-12);
    EXPECT_NEAR(interval.high - interval.low, 2.0 * 1.96, 1e-4);
}

TEST(Interval95, NeverReachesBelowZero)
{
    EXPECT_EQ(interval95(1.0, 4.0).low, 0.0);
}

// An address sanitizer makes the simulation some ten times slower: fewer lesions, and a wider band for them.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::size_t lesion_count = 40;
constexpr double least_coverage = 0.85;  // 3 sd of a share of 0.95 among 40
constexpr double greatest_coverage = 1.0;
#else
constexpr std::size_t lesion_count = 400;
constexpr double least_coverage = 0.93;  // what the issue asks; one sd of a share of 0.95 among 400 is 0.011
constexpr double greatest_coverage = 0.97;
#endif

struct Covered {
    bool long_axis{}, short_axis{}, max_3d{}, volume{};
};

bool holds(const Interval95& interval, double truth)
{
    return truth >= interval.low && truth <= interval.high;
}

Covered covered(const RandomLesion& lesion)
{
    const downstage::LesionMeasurement found =
        downstage::measurement::measure_lesion(lesion.image, lesion.found, 1);
    return {.long_axis = holds(found.long_axis.ci95_mm, lesion.long_axis_mm),
            .short_axis = holds(found.short_axis.ci95_mm, lesion.short_axis_mm),
            .max_3d = holds(found.max_3d.ci95_mm, lesion.max_3d_mm),
            .volume = holds(found.volume.ci95_ml, lesion.volume_mm3 / 1000.0)};
}

/// Shares of lesions whose truth lies in the interval. The seeds are not those the constants were fitted on.
void expect_coverage(std::uint64_t first_seed, const RandomLesionOptions& options)
{
    std::vector<Covered> all(lesion_count);
    downstage::for_each_index(
        all.size(), 0, [&](std::size_t n) { all[n] = covered(random_lesion(first_seed + n, options)); });
    const auto expect_share = [&all](const std::string& quantity, bool Covered::* in) {
        const auto count = std::ranges::count_if(all, [in](const Covered& one) { return one.*in; });
        const double share = static_cast<double>(count) / static_cast<double>(all.size());
        ::testing::Test::RecordProperty("coverage_" + quantity, std::to_string(share));
        EXPECT_GE(share, least_coverage) << quantity;
        EXPECT_LE(share, greatest_coverage) << quantity;
    };
    expect_share("long_axis", &Covered::long_axis);
    expect_share("short_axis", &Covered::short_axis);
    expect_share("max_3d", &Covered::max_3d);
    expect_share("volume", &Covered::volume);
}

TEST(Interval95, HoldsTheTruthOf93To97PercentOfSimulatedLesions)
{
    expect_coverage(3'000'000, {});
}

}  // namespace
