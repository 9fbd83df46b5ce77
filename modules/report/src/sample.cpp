#include "sample.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace downstage::report {
namespace {

/// Up to four neighbours along one axis of the grid, and their weights.
struct Taps {
    std::array<std::int32_t, 4> at{};
    std::array<double, 4> weight{};
};

struct Split {
    std::int32_t below{};
    double fraction{};
};

Split split(double place)
{
    const double below = std::floor(place);
    return {static_cast<std::int32_t>(below), place - below};
}

/// At the border of the volume its outermost voxels go on.
std::int32_t clamped(std::int32_t at, std::int32_t size)
{
    return std::clamp(at, 0, size - 1);
}

Taps linear_taps(double place, std::int32_t size)
{
    const auto [below, t] = split(place);
    return {.at = {clamped(below, size), clamped(below + 1, size), 0, 0}, .weight = {1.0 - t, t, 0.0, 0.0}};
}

/// Keys 1981, a = -1/2: passes through the voxels and reproduces straight ramps.
Taps cubic_taps(double place, std::int32_t size)
{
    const auto [below, t] = split(place);
    const double t2 = t * t;
    const double t3 = t2 * t;
    Taps taps{.at = {},
              .weight = {-0.5 * t3 + t2 - 0.5 * t,
                         1.5 * t3 - 2.5 * t2 + 1.0,
                         -1.5 * t3 + 2.0 * t2 + 0.5 * t,
                         0.5 * t3 - 0.5 * t2}};
    for (std::int32_t n = 0; n < 4; ++n)
        taps.at[static_cast<std::size_t>(n)] = clamped(below - 1 + n, size);
    return taps;
}

bool is_inside(const Size& size, const VoxelPlace& place)
{
    const auto within = [](double at, std::int32_t count) { return at >= -0.5 && at <= count - 0.5; };
    return within(place.i, size.i) && within(place.j, size.j) && within(place.k, size.k);
}

template <typename ValueAt>
double weighted_sum(const Grid& grid, const std::array<Taps, 3>& taps, const ValueAt& value_at)
{
    double sum = 0.0;
    for (std::size_t c = 0; c < 4; ++c)
        for (std::size_t b = 0; b < 4; ++b) {
            const double outer = taps[2].weight[c] * taps[1].weight[b];
            if (outer == 0.0) continue;
            for (std::size_t a = 0; a < 4; ++a)
                sum += outer * taps[0].weight[a] *
                       value_at(offset_of(grid, {taps[0].at[a], taps[1].at[b], taps[2].at[c]}));
        }
    return sum;
}

/// Rid of the last bits, which depend on the order of additions and so on the way the axes of the grid run.
double settled(double value)
{
    constexpr double step = 1024.0;
    return std::round(value * step) / step;
}

/// Calls `of_place` with the voxel place of each pixel; black where the view leaves the grid.
template <typename OfPlace>
cv::Mat picture(const Grid& grid, const View& view, const OfPlace& of_place)
{
    cv::Mat pixels(view.height, view.width, CV_8UC1, cv::Scalar{0.0});
    for (std::int32_t y = 0; y < view.height; ++y)
        for (std::int32_t x = 0; x < view.width; ++x) {
            const PixelPlace pixel{static_cast<double>(x), static_cast<double>(y)};
            const VoxelPlace place = to_voxel(grid, to_lps(view, pixel));
            if (is_inside(grid.size, place)) pixels.at<std::uint8_t>(y, x) = of_place(place);
        }
    return pixels;
}

}  // namespace

cv::Mat grey_picture(const Volume& image, const View& view, const Window& window)
{
    const Grid& grid = image.grid();
    const auto hu = [voxels = image.voxels()](std::size_t at) { return static_cast<double>(voxels[at]); };
    return picture(grid, view, [&](const VoxelPlace& place) {
        const std::array<Taps, 3> taps{cubic_taps(place.i, grid.size.i),
                                       cubic_taps(place.j, grid.size.j),
                                       linear_taps(place.k, grid.size.k)};
        return grey(window, settled(weighted_sum(grid, taps, hu)));
    });
}

cv::Mat coverage_picture(const Grid& grid, const View& view, const IsIn& is_in)
{
    const auto one_inside = [&](std::size_t at) { return is_in(at) ? 1.0 : 0.0; };
    return picture(grid, view, [&](const VoxelPlace& place) {
        const std::array<Taps, 3> taps{linear_taps(place.i, grid.size.i),
                                       linear_taps(place.j, grid.size.j),
                                       linear_taps(place.k, grid.size.k)};
        return static_cast<std::uint8_t>(std::lround(255.0 * settled(weighted_sum(grid, taps, one_inside))));
    });
}

}  // namespace downstage::report
