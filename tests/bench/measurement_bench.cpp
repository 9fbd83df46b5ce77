#include "downstage/measurement/lesion.hpp"

#include "downstage_test/shapes.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>

/// How long the lesions of one study take: fifty of 10-34 mm in a liver of 512 x 512 x 150 voxels.
namespace {

using downstage::Grid;
using downstage::Index;
using downstage::LabelMap;
using downstage::Mask;
using downstage::PointLps;
using downstage::Segmented;
using downstage::Volume;

struct Study {
    Volume image;
    Segmented found;
};

void add_lesion(Study& study, std::uint16_t label, const PointLps& centre, double radius_mm)
{
    const Grid& grid = study.image.grid();
    const auto box_of = [&](double sign) {
        return nearest(to_voxel(
            grid, centre + downstage::VectorLps{sign * radius_mm, sign * radius_mm, sign * radius_mm}));
    };
    const Index first = box_of(-1.0);
    const Index last = box_of(1.0);
    for (std::int32_t k = first.k; k <= last.k; ++k)
        for (std::int32_t j = first.j; j <= last.j; ++j)
            for (std::int32_t i = first.i; i <= last.i; ++i)
                if (distance_mm(to_lps(grid, Index{i, j, k}), centre) <= radius_mm) {
                    study.image[{i, j, k}] = static_cast<std::int16_t>(study.image[{i, j, k}] - 50);
                    study.found.lesions[{i, j, k}] = label;
                }
}

Study fifty_lesions()
{
    Grid grid{.size = {512, 512, 150}, .spacing_mm = {0.8, 0.8, 1.5}};
    Study study{.image = Volume{grid, 110}, .found = {.liver = Mask{grid}, .lesions = LabelMap{grid}}};
    const downstage::Field noise = downstage_test::noise_of(
        Grid{.size = {512, 512, 1}, .spacing_mm = grid.spacing_mm}, 0.5, 1);  // one slice of noise, shifted
    for (std::int32_t k = 0; k < grid.size.k; ++k)
        for (std::int32_t j = 100; j < 420; ++j)
            for (std::int32_t i = 60; i < 460; ++i) {
                study.found.liver[{i, j, k}] = k > 4 && k < 145 ? 1 : 0;
                const float grain = noise[{(i + 37 * k) % 512, (j + 91 * k) % 512, 0}];
                study.image[{i, j, k}] = static_cast<std::int16_t>(110 + std::lround(12.0F * grain));
            }
    std::uint16_t label = 0;
    for (int row = 0; row < 5; ++row)
        for (int column = 0; column < 5; ++column)
            for (int layer = 0; layer < 2; ++layer) {
                ++label;
                const PointLps centre{85.0 + 55.0 * column, 110.0 + 48.0 * row, 60.0 + 100.0 * layer};
                add_lesion(study, label, centre, 5.0 + 0.25 * label);
                study.found.findings.push_back({.label = label, .confidence = 0.9, .why_not_counted = {}});
            }
    return study;
}

void fifty_lesions_in_one_volume(benchmark::State& state)
{
    const Study study = fifty_lesions();
    const auto workers = static_cast<unsigned>(state.range(0));
    for (auto _ : state)
        benchmark::DoNotOptimize(downstage::measurement::measure_all(study.image, study.found, {}, workers));
}
BENCHMARK(fifty_lesions_in_one_volume)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

void one_lesion_of_90_mm(benchmark::State& state)
{
    const Grid grid = downstage_test::grid_about(114.0, 0.7, 0.7);
    const downstage::Field share = downstage_test::shares_of(grid, downstage_test::ball({}, 45.0), 3);
    const Volume image = downstage_test::image_of(share, {.noise_hu = 12.0});
    const Segmented found = downstage_test::found_in_liver(share);
    for (auto _ : state)
        benchmark::DoNotOptimize(downstage::measurement::measure_lesion(image, found, 1));
}
BENCHMARK(one_lesion_of_90_mm)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
