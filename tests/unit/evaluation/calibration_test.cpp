#include "downstage/evaluation/calibration.hpp"

#include <gtest/gtest.h>

#include <array>

namespace downstage::evaluation {
namespace {

TEST(Calibration, PutsEachFindingIntoTheBandOfItsConfidence)
{
    const std::array<Judged, 4> findings{{{0.85, true}, {0.95, false}, {0.1, false}, {1.0, true}}};
    const auto bands = calibration_of(findings, 5);
    ASSERT_EQ(bands.size(), 2U);  // bands without a finding are left out
    EXPECT_EQ(bands[0].real, (Share{.hits = 0, .of = 1}));
    EXPECT_EQ(bands[1].real, (Share{.hits = 2, .of = 3}));
    EXPECT_NEAR(bands[1].mean_confidence, (0.85 + 0.95 + 1.0) / 3.0, 1e-12);
}

TEST(Calibration, HasNoErrorWhenFourOfFiveGiven80AreReal)
{
    const std::array<Judged, 5> findings{{{0.8, true}, {0.8, true}, {0.8, true}, {0.8, true}, {0.8, false}}};
    EXPECT_NEAR(calibration_error(calibration_of(findings)).value(), 0.0, 1e-12);
}

TEST(Calibration, ErrorIsTheMeanDistanceWeightedByFindings)
{
    // Three findings given 0.9, none real (off by 0.9); one given 0.5 and real (off by 0.5).
    const std::array<Judged, 4> findings{{{0.9, false}, {0.9, false}, {0.9, false}, {0.5, true}}};
    EXPECT_NEAR(calibration_error(calibration_of(findings)).value(), (3 * 0.9 + 0.5) / 4.0, 1e-12);
}

TEST(Calibration, ErrorIsUnknownWithoutAFinding)
{
    EXPECT_FALSE(calibration_error({}).has_value());
}

}  // namespace
}  // namespace downstage::evaluation
