#include "downstage/criteria/choi.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace {

using downstage::length_of;
using downstage::Response;
using downstage::criteria::choi;
using enum downstage::Response;

Response of(double size_mm, std::optional<double> density_hu)
{
    return choi({.before = {.size = length_of(50.0), .density_hu = 100.0},
                 .now = {.size = length_of(size_mm), .density_hu = density_hu}});
}

TEST(Choi, IsPartialFromTenPercentOfSizeOrFifteenOfDensityOn)
{
    EXPECT_EQ(of(45.0, 100.0), partial);
    EXPECT_EQ(of(45.1, 100.0), stable);
    EXPECT_EQ(of(50.0, 85.0), partial);
    EXPECT_EQ(of(50.0, 85.1), stable);
}

TEST(Choi, IsProgressionFromTenPercentOfSizeOnUnlessDensityResponded)
{
    EXPECT_EQ(of(55.0, 100.0), progressive);
    EXPECT_EQ(of(54.9, 100.0), stable);
    EXPECT_EQ(of(55.0, 85.0), partial);
}

TEST(Choi, IsCompleteWhenGoneAndProgressionWithANewLesion)
{
    EXPECT_EQ(of(0.0, std::nullopt), complete);
    EXPECT_EQ(choi({.before = {.size = length_of(50.0), .density_hu = 100.0},
                    .now = {.size = length_of(0.0), .density_hu = 60.0},
                    .has_new_lesion = true}),
              progressive);
}

TEST(Choi, WithoutDensityCanOnlySayWhatSizeDecides)
{
    EXPECT_EQ(of(45.0, std::nullopt), partial);
    EXPECT_EQ(of(50.0, std::nullopt), not_evaluable);
    EXPECT_EQ(of(55.0, std::nullopt), not_evaluable);
    EXPECT_EQ(
        choi({.before = {.size = length_of(50.0)}, .now = {.size = length_of(50.0), .density_hu = 10.0}}),
        not_evaluable);
}

TEST(Choi, HasNoPercentageOfADensityThatWasNotPositive)
{
    const auto from = [](double before_hu) {
        return choi({.before = {.size = length_of(50.0), .density_hu = before_hu},
                     .now = {.size = length_of(50.0), .density_hu = -20.0}});
    };
    EXPECT_EQ(from(0.0), not_evaluable);
    EXPECT_EQ(from(0.1), partial);
}

}  // namespace
