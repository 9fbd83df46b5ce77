#include "downstage/core/error.hpp"
#include "downstage/documents/network_manifest.hpp"
#include "downstage/inference/network.hpp"

#include <benchmark/benchmark.h>

#include <filesystem>
#include <string>
#include <vector>

/// Slices a second through the networks that ship, on a field of 432 mm: 288 x 288 pixels of 1.5 mm for the
/// liver, a window around it for the lesions.
namespace {

using namespace downstage;

void look_at_eight_slices(benchmark::State& state, const std::string& name)
{
    const auto package = std::filesystem::path{DOWNSTAGE_TESTDATA}.parent_path() / "modules" /
                         "segmentation" / "models" / name;
    const Grid grid{.size = {576, 576, 8}, .spacing_mm = {0.75, 0.75, 5.0}};
    const Volume ct{grid, 100};
    const Mask liver{grid, 1};
    const inference::Look how{.liver = &liver,
                              .level_hu = std::vector<double>(8, 100.0),
                              .workers = static_cast<unsigned>(state.range(0))};
    try {
        const inference::Network network{documents::read_network_manifest(package)};
        for (auto _ : state)
            benchmark::DoNotOptimize(network.look(ct, how));
        state.SetItemsProcessed(state.iterations() * grid.size.k);
    } catch (const Error& error) {
        state.SkipWithError(error.what());
    }
}
BENCHMARK_CAPTURE(look_at_eight_slices, liver, "liver")
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(look_at_eight_slices, lesion, "lesion")
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
