#include "downstage/core/error.hpp"
#include "downstage/inference/network.hpp"

#include "downstage_test/network_packages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <numbers>
#include <vector>

namespace downstage::inference {
namespace {

using downstage_test::small_network;

constexpr double pi = std::numbers::pi;

/// The package `echo` answers the sigmoid of what it is shown: this undoes it.
double shown(double answer)
{
    return std::log(answer / (1.0 - answer));
}

/// A network that says in HU / 100 what it sees, within so many HU of zero that the sigmoid keeps its digits.
NetworkManifest echo_of_hu()
{
    NetworkManifest echo = small_network("echo");
    echo.input.channels = {{.clip_hu = {-400.0, 400.0}, .divide_by = 100.0}};
    return echo;
}

double hu_seen(const Field& answer, const Index& at)
{
    return 100.0 * shown(static_cast<double>(answer[at]));
}

constexpr double float_hu =
    0.05;  // a float near 1 keeps 6e-8, which is 3e-4 of a logit of 4 in units of 100 HU

Volume volume_of(const Grid& grid, const std::function<double(const Index&)>& hu)
{
    Volume ct{grid};
    for (std::int32_t k = 0; k < grid.size.k; ++k)
        for (std::int32_t j = 0; j < grid.size.j; ++j)
            for (std::int32_t i = 0; i < grid.size.i; ++i)
                ct[{i, j, k}] = static_cast<std::int16_t>(std::lround(hu({i, j, k})));
    return ct;
}

Mask box(const Grid& grid, const Index& first, const Index& last)
{
    Mask mask{grid};
    for (std::int32_t k = first.k; k <= last.k; ++k)
        for (std::int32_t j = first.j; j <= last.j; ++j)
            for (std::int32_t i = first.i; i <= last.i; ++i)
                mask[{i, j, k}] = 1;
    return mask;
}

TEST(Look, AnswersOnSquarePixelsThatBeginAtTheSameOuterFaces)
{
    const Grid grid{.size = {41, 20, 3}, .spacing_mm = {0.75, 1.0, 2.0}, .origin = {-10.0, 5.0, 7.0}};
    const Field answer = Network{echo_of_hu()}.look(Volume{grid}, {});
    // 41 x 0.75 mm = 30.75 mm take 21 pixels of 1.5 mm, 20 mm take 14; centres lie half a pixel inside the
    // faces.
    const Grid expected{
        .size = {21, 14, 3}, .spacing_mm = {1.5, 1.5, 2.0}, .origin = {-9.625, 5.25, 7.0}, .axes = grid.axes};
    EXPECT_TRUE(same_grid(answer.grid(), expected));
}

TEST(Look, ShowsALinearSliceAsItIsWhateverThePixels)
{
    for (const double spacing_mm : {0.5, 0.7, 1.3, 1.5, 2.1}) {
        const Grid grid{.size = {60, 50, 1}, .spacing_mm = {spacing_mm, spacing_mm, 1.0}};
        const auto hu_at = [&](const PointLps& place) {
            return 2.0 * place.x_mm / spacing_mm - 3.0 * place.y_mm / spacing_mm;
        };
        const Volume ct = volume_of(grid, [&](const Index& at) { return hu_at(to_lps(grid, at)); });
        const Field answer = Network{echo_of_hu()}.look(ct, {});
        for (const Index at : {Index{7, 7, 0}, Index{10, 9, 0}, Index{11, 8, 0}})
            EXPECT_NEAR(hu_seen(answer, at), hu_at(to_lps(answer.grid(), at)), float_hu) << spacing_mm;
    }
}

/// A wave along the columns, and how much of it a Gaussian of `sigma` pixels leaves.
constexpr double waves_per_pixel = 0.1;
double left_by_gaussian(double sigma)
{
    return std::exp(-2.0 * pi * pi * waves_per_pixel * waves_per_pixel * sigma * sigma);
}

TEST(Look, BlursBeforeItShrinksByMoreThanAQuarter)
{
    // Three pixels become one, whose centre is that of the middle one: only the Gaussian of 0.45 x (3 - 1)
    // pixels acts.
    const Grid grid{.size = {120, 30, 1}, .spacing_mm = {0.5, 1.5, 1.0}};
    const auto wave = [](std::int32_t i) { return 300.0 * std::cos(2.0 * pi * waves_per_pixel * i); };
    const Field answer =
        Network{echo_of_hu()}.look(volume_of(grid, [&](const Index& at) { return wave(at.i); }), {});
    constexpr double rounding_hu = 0.5;  // of the voxels
    for (std::int32_t i = 5; i < 30; ++i)
        EXPECT_NEAR(hu_seen(answer, {i, 4, 0}), left_by_gaussian(0.9) * wave(3 * i + 1), rounding_hu) << i;
}

TEST(Look, DoesNotBlurWherePixelsHardlyShrink)
{
    const Grid grid{.size = {60, 30, 1}, .spacing_mm = {1.2, 1.5, 1.0}};  // by a quarter
    const Volume ct = volume_of(grid, [](const Index& at) { return at.i == 22 ? 300.0 : 0.0; });
    const Field answer = Network{echo_of_hu()}.look(ct, {});
    // New pixel 17 lies at (17.5 x 1.25) - 0.5 = 21.375, pixel 18 at 22.625: linear shares of 0.375 each.
    EXPECT_NEAR(hu_seen(answer, {17, 9, 0}), 112.5, float_hu);
    EXPECT_NEAR(hu_seen(answer, {18, 9, 0}), 112.5, float_hu);
    EXPECT_NEAR(hu_seen(answer, {16, 9, 0}), 0.0, float_hu);
    EXPECT_NEAR(hu_seen(answer, {19, 9, 0}), 0.0, float_hu);
}

TEST(Look, ClipsBeforeItResamplesSoThatPaddingDoesNotBleedIn)
{
    NetworkManifest echo = echo_of_hu();
    echo.input.channels.front().clip_hu = {0.0, 255.0};
    const Grid grid{.size = {60, 30, 1}, .spacing_mm = {0.75, 1.5, 1.0}};
    const Volume ct = volume_of(grid, [](const Index& at) { return at.i < 30 ? -3024.0 : 200.0; });
    const Field answer = Network{echo}.look(ct, {});
    // Two taps of each side share the edge at 29.5 symmetrically; -3024 would leave both pixels at the lower
    // clip.
    EXPECT_NEAR(hu_seen(answer, {14, 9, 0}) + hu_seen(answer, {15, 9, 0}), 200.0, float_hu);
    EXPECT_GT(hu_seen(answer, {14, 9, 0}), 0.0);
    EXPECT_LT(hu_seen(answer, {15, 9, 0}), 200.0);
}

TEST(Look, SubtractsTheLevelOfEachSliceThenDividesThenLimits)
{
    NetworkManifest echo = small_network("echo");
    echo.input.channels = {
        {.clip_hu = {0.0, 400.0}, .subtract_liver_level = true, .divide_by = 60.0, .limit = 2.0}};
    const Grid grid{.size = {20, 10, 2}, .spacing_mm = {1.5, 1.5, 5.0}};
    const Volume ct = volume_of(grid, [](const Index& at) { return at.i < 10 ? 130.0 : 390.0; });
    const Field answer = Network{echo}.look(ct, {.level_hu = {100.0, 145.0}});
    EXPECT_NEAR(shown(static_cast<double>(answer[{4, 5, 0}])), 0.5, 1e-5);
    EXPECT_NEAR(shown(static_cast<double>(answer[{4, 5, 1}])), -0.25, 1e-5);
    EXPECT_NEAR(shown(static_cast<double>(answer[{15, 5, 0}])), 2.0, 1e-5);  // (390 - 100) / 60 is 4.8
}

NetworkManifest echo_of_mask()
{
    NetworkManifest echo = small_network("echo");
    echo.output.needs_sigmoid = false;
    echo.input.channels = {{.content = NetworkChannel::Content::liver_mask}};
    return echo;
}

TEST(Look, ShowsTheLiverWhereAtLeastHalfOfAPixelIsLiver)
{
    const Grid grid{.size = {60, 40, 1}, .spacing_mm = {1.0, 1.5, 1.0}};
    const Mask liver = box(grid, {10, 5, 0}, {40, 30, 0});
    const Field answer = Network{echo_of_mask()}.look(Volume{grid}, {.liver = &liver});
    // The liver runs from 10 to 41 mm from the edge: from two thirds of pixel 6 (9..10.5 mm) to a third of
    // pixel 27.
    EXPECT_EQ((answer[{6, 12, 0}]), 0.0F);
    EXPECT_EQ((answer[{7, 12, 0}]), 1.0F);
    EXPECT_EQ((answer[{26, 12, 0}]), 1.0F);
    EXPECT_EQ((answer[{28, 12, 0}]), 0.0F);
    EXPECT_EQ((answer[{15, 4, 0}]), 0.0F);
    EXPECT_EQ((answer[{15, 5, 0}]), 1.0F);
}

TEST(Look, CountsAPixelThatIsHalfLiverWhereverItLies)
{
    const Grid grid{.size = {160, 160, 1}, .spacing_mm = {0.75, 0.75, 1.0}};
    for (std::int32_t first = 3; first < 60;
         first += 2) {  // an odd edge lies in the middle of a pixel of 1.5 mm
        const Mask liver = box(grid, {first, first, 0}, {first + 40, first + 40, 0});
        const Field answer = Network{echo_of_mask()}.look(Volume{grid}, {.liver = &liver});
        EXPECT_EQ((answer[{first / 2, (first + 20) / 2, 0}]), 1.0F) << first;
        EXPECT_EQ((answer[{first / 2 - 1, (first + 20) / 2, 0}]), 0.0F) << first;
    }
}

TEST(Look, LeavesOutSlicesWithLessThan60PixelsOfLiver)
{
    const Grid grid{.size = {40, 40, 2}, .spacing_mm = {1.5, 1.5, 5.0}};
    Mask liver{grid};
    for (std::int32_t n = 0; n < 60; ++n) {
        liver[{10 + n % 10, 10 + n / 10, 0}] = 1;
        if (n < 59) liver[{10 + n % 10, 10 + n / 10, 1}] = 1;
    }
    const Field answer = Network{echo_of_mask()}.look(Volume{grid}, {.liver = &liver});
    EXPECT_EQ((answer[{12, 12, 0}]), 1.0F);
    EXPECT_EQ(std::ranges::count(answer.slice(1), 0.0F), 40 * 40);
}

TEST(Look, CentresAFixedWindowOnTheLiverAndIsZeroBeyondIt)
{
    NetworkManifest echo = echo_of_hu();
    echo.input.fixed_size = {{24, 16}};
    const Grid grid{.size = {80, 60, 1}, .spacing_mm = {1.5, 1.5, 5.0}};
    const Mask liver =
        box(grid, {40, 30, 0}, {49, 39, 0});  // its middle lies between pixels 44 and 45, 34 and 35
    const Volume ct = volume_of(grid, [](const Index& at) { return at.i + 2.0 * at.j; });
    const Field answer = Network{echo}.look(ct, {.liver = &liver});
    for (const Index at : {Index{33, 27, 0}, Index{56, 42, 0}, Index{44, 34, 0}})
        EXPECT_NEAR(hu_seen(answer, at), at.i + 2.0 * at.j, float_hu) << at.i;
    for (const Index at : {Index{32, 34, 0}, Index{57, 34, 0}, Index{44, 26, 0}, Index{44, 43, 0}})
        EXPECT_EQ(answer[at], 0.0F) << at.i;
}

TEST(Look, ShowsAirBeyondTheField)
{
    NetworkManifest lesion = small_network("lesion");
    const Grid near{.size = {40, 40, 1}, .spacing_mm = {1.5, 1.5, 5.0}};
    const Grid wide{.size = {120, 120, 1}, .spacing_mm = {1.5, 1.5, 5.0}};
    const auto texture = [](std::int32_t i, std::int32_t j) { return 100.0 + (i * 7 + j * 13) % 50; };
    const Volume cut = volume_of(near, [&](const Index& at) { return texture(at.i, at.j); });
    const Volume padded = volume_of(wide, [&](const Index& at) {
        const bool in_cut = at.i >= 40 && at.i < 80 && at.j >= 40 && at.j < 80;
        return in_cut ? texture(at.i - 40, at.j - 40) : -1000.0;
    });
    const Mask liver_near = box(near, {5, 5, 0}, {30, 30, 0});
    const Mask liver_wide = box(wide, {45, 45, 0}, {70, 70, 0});
    const Network network{lesion};
    const Field of_cut = network.look(cut, {.liver = &liver_near, .level_hu = {110.0}});
    const Field of_padded = network.look(padded, {.liver = &liver_wide, .level_hu = {110.0}});
    for (std::int32_t n = 0; n < 40; ++n)
        EXPECT_EQ((of_cut[{n, 20, 0}]), (of_padded[{n + 40, 60, 0}])) << n;
}

TEST(Look, PadsToWhatTheNetworkTakes)
{
    const Network network{small_network("liver")};  // at least 64 x 48, in multiples of 8
    for (const Size size : {Size{5, 3, 1}, Size{65, 49, 1}, Size{100, 48, 1}}) {
        const Grid grid{.size = size, .spacing_mm = {1.5, 1.5, 5.0}};
        EXPECT_EQ(network.look(Volume{grid, 50}, {}).grid().size, size);
    }
}

TEST(Look, GivesTheSameBytesForAnyNumberOfWorkers)
{
    const Grid grid{.size = {90, 70, 9}, .spacing_mm = {1.1, 1.1, 5.0}};
    const Volume ct =
        volume_of(grid, [](const Index& at) { return (at.i * 31 + at.j * 17 + at.i * at.j * at.k) % 300; });
    const Network network{small_network("liver")};
    const Field alone = network.look(ct, {.workers = 1});
    for (const unsigned workers : {2U, 4U, 7U})
        EXPECT_EQ(network.look(ct, {.workers = workers}), alone) << workers;
}

TEST(Look, TellsHowFarItIs)
{
    std::vector<double> told;
    const Grid grid{.size = {20, 10, 4}, .spacing_mm = {1.5, 1.5, 5.0}};
    const auto listen = [&told](std::string_view, double fraction) { told.push_back(fraction); };
    static_cast<void>(Network{echo_of_hu()}.look(Volume{grid}, {.workers = 2, .progress = listen}));
    EXPECT_THAT(told, testing::ElementsAre(0.25, 0.5, 0.75, 1.0));
}

void expect_refused_as_our_mistake(const Network& network, const Volume& ct, const Look& how)
{
    try {
        static_cast<void>(network.look(ct, how));
        ADD_FAILURE() << "nothing was refused";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), Errc::internal) << error.what();
    }
}

TEST(Look, RefusesAVolumeNotInLpsOrder)
{
    Grid grid{.size = {20, 10, 1}};
    grid.axes.j = {0.0, -1.0, 0.0};
    expect_refused_as_our_mistake(Network{echo_of_hu()}, Volume{grid}, {});
}

TEST(Look, RefusesToGoWithoutTheMaskOrTheLevelsItNeeds)
{
    const Grid grid{.size = {20, 20, 2}};
    const Mask liver{grid, 1};
    const Mask elsewhere{Grid{.size = {10, 20, 2}}, 1};
    const Network network{small_network("lesion")};
    expect_refused_as_our_mistake(network, Volume{grid}, {.level_hu = {100.0, 100.0}});
    expect_refused_as_our_mistake(network, Volume{grid}, {.liver = &elsewhere, .level_hu = {100.0, 100.0}});
    expect_refused_as_our_mistake(network, Volume{grid}, {.liver = &liver, .level_hu = {100.0}});
}

}  // namespace
}  // namespace downstage::inference
