#include "downstage/core/parallel.hpp"
#include "downstage/measurement/lesion.hpp"

#include "downstage_test/random_lesion.hpp"
#include "downstage_test/shapes.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <vector>

/// Prints the tables of docs/measurements.md: the errors of balls by diameter, slice and noise, and the
/// coverage of the intervals over random lesions.
namespace {

namespace measurement = downstage::measurement;

struct Case {
    double diameter_mm{}, slice_mm{}, noise_hu{};
};

struct Errors {
    double long_axis_mm{}, short_axis_mm{}, max_3d_mm{}, volume_percent{};
};

constexpr int places = 8;

/// Root mean squares over places on the grid; 40 HU of contrast, 0.7 mm of scanner blur, 0.8 mm pixels.
Errors errors_of(const Case& one)
{
    Errors sum;
    const auto add = [](double& to, double error) { to += error * error / places; };
    for (int n = 0; n < places; ++n) {
        const auto grid = downstage_test::grid_about(one.diameter_mm + 22.0, 0.8, one.slice_mm);
        const auto truth = downstage_test::ball({0.07 * n, 0.8 - 0.11 * n, one.slice_mm * n / places},
                                                0.5 * one.diameter_mm);
        const auto share = downstage_test::blurred_in_plane(downstage_test::shares_of(grid, truth), 0.7);
        const auto image = downstage_test::image_of(share,
                                                    {.lesion_hu = 70.0,
                                                     .liver_hu = 110.0,
                                                     .noise_hu = one.noise_hu,
                                                     .noise_grain_mm = 0.5,
                                                     .seed = static_cast<std::uint64_t>(n) + 1});
        const auto found = measurement::measure_lesion(image, downstage_test::found_in_liver(share), 1);
        add(sum.long_axis_mm, found.long_axis.length_mm - one.diameter_mm);
        add(sum.short_axis_mm, found.short_axis.length_mm - one.diameter_mm);
        add(sum.max_3d_mm, found.max_3d.length_mm - one.diameter_mm);
        add(sum.volume_percent, 100.0 * (found.volume.ml * 1000.0 / truth.volume_mm3 - 1.0));
    }
    return {std::sqrt(sum.long_axis_mm),
            std::sqrt(sum.short_axis_mm),
            std::sqrt(sum.max_3d_mm),
            std::sqrt(sum.volume_percent)};
}

void print_errors()
{
    std::vector<Case> cases;
    for (const double diameter_mm : {10.0, 20.0, 40.0})
        for (const double slice_mm : {1.0, 3.0, 5.0})
            for (const double noise_hu : {0.0, 10.0, 20.0})
                cases.push_back({diameter_mm, slice_mm, noise_hu});
    std::vector<Errors> errors(cases.size());
    downstage::for_each_index(cases.size(), 0, [&](std::size_t n) { errors[n] = errors_of(cases[n]); });
    std::puts("| ball | slices | noise | long axis | short axis | any plane | volume "
              "|\n|---|---|---|---|---|---|---|");
    for (std::size_t n = 0; n < cases.size(); ++n)
        std::printf("| %.0f mm | %.0f mm | %.0f HU | %.2f mm | %.2f mm | %.2f mm | %.1f %% |\n",
                    cases[n].diameter_mm,
                    cases[n].slice_mm,
                    cases[n].noise_hu,
                    errors[n].long_axis_mm,
                    errors[n].short_axis_mm,
                    errors[n].max_3d_mm,
                    errors[n].volume_percent);
}

/// Percent of lesions whose truth the interval holds: long axis, short axis, any plane, volume.
void print_coverage(const char* name, const downstage_test::RandomLesionOptions& options, std::size_t count)
{
    std::vector<std::array<int, 4>> all(count);
    downstage::for_each_index(count, 0, [&](std::size_t n) {
        const auto lesion = downstage_test::random_lesion(5'000'000 + n, options);
        const auto found = measurement::measure_lesion(lesion.image, lesion.found, 1);
        const auto holds = [](const downstage::Interval95& interval, double truth) {
            return truth >= interval.low && truth <= interval.high ? 1 : 0;
        };
        all[n] = {holds(found.long_axis.ci95_mm, lesion.long_axis_mm),
                  holds(found.short_axis.ci95_mm, lesion.short_axis_mm),
                  holds(found.max_3d.ci95_mm, lesion.max_3d_mm),
                  holds(found.volume.ci95_ml, lesion.volume_mm3 / 1000.0)};
    });
    std::printf("| %s | %zu |", name, count);
    for (std::size_t quantity = 0; quantity < 4; ++quantity) {
        int held = 0;
        for (const auto& one : all)
            held += one.at(quantity);
        std::printf(" %.1f %% |", 100.0 * held / static_cast<double>(count));
    }
    std::puts("");
    std::fflush(stdout);
}

}  // namespace

int main()
{
    print_errors();
    std::fflush(stdout);
    std::puts(
        "\n| lesions | number | long axis | short axis | any plane | volume |\n|---|---|---|---|---|---|");
    print_coverage("8-60 mm, found label", {}, 400);
    print_coverage("8-14 mm, found label", {.greatest_mm = 14.0}, 400);
    print_coverage("14-30 mm, found label", {.least_mm = 14.0, .greatest_mm = 30.0}, 200);
    print_coverage("30-60 mm, found label", {.least_mm = 30.0}, 100);
    print_coverage("8-60 mm, drawn mask", {.drawn = true}, 300);
    return 0;
}
