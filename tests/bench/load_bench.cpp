#include "downstage/dicom/read.hpp"
#include "downstage/dicom/scan.hpp"
#include "downstage/dicom/write.hpp"

#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <numeric>
#include <stdexcept>
#include <string>
#include <sys/resource.h>
#include <vector>

/// Scan, check and load a CT of 512 x 512 x 300 in 16 bits from a warm cache, beside dcm2niix converting the
/// same files. `peak_mib` is the largest memory this process had so far; load comes first, so that it is
/// load's own.
namespace {

namespace dicom = downstage::dicom;
namespace fs = std::filesystem;

constexpr std::int32_t columns = 512;
constexpr std::int32_t slices = 300;

/// The study, written once and removed at the end.
class BenchStudy {
public:
    BenchStudy() : folder_{fs::temp_directory_path() / "downstage-load-bench"}
    {
        fs::remove_all(folder_);
        fs::create_directories(folder_ / "dicom");
        write();
    }
    BenchStudy(const BenchStudy&) = delete;
    BenchStudy& operator=(const BenchStudy&) = delete;
    BenchStudy(BenchStudy&&) = delete;
    BenchStudy& operator=(BenchStudy&&) = delete;
    ~BenchStudy()
    {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    [[nodiscard]] fs::path dicom() const { return folder_ / "dicom"; }
    [[nodiscard]] fs::path scratch() const { return folder_; }

private:
    void write() const
    {
        dicom::CtSeriesTags tags;
        tags.patient_id = "BENCH";
        tags.study_uid = {"2.25.1"};
        tags.series_uid = {"2.25.2"};
        tags.frame_of_reference_uid = {"2.25.3"};
        tags.study_date = "20240301";
        tags.thickness_mm = 1.0;
        tags.columns = tags.rows = columns;
        tags.column_spacing_mm = tags.row_spacing_mm = 0.8;
        std::vector<std::int16_t> hu(static_cast<std::size_t>(columns) * columns);
        for (std::int32_t k = 0; k < slices; ++k) {
            // Cheap texture: what is loaded must not be all alike.
            for (std::size_t n = 0; n < hu.size(); ++n)
                hu[n] =
                    static_cast<std::int16_t>((n * 2654435761U + static_cast<std::size_t>(k) * 977U) % 1500U);
            const dicom::CtSlice slice{
                .hu = hu, .position = {-200.0, -200.0, static_cast<double>(k)}, .instance_number = k + 1};
            dicom::write_ct_series(dicom(), tags, std::span{&slice, 1});
        }
    }

    fs::path folder_;
};

const BenchStudy& study()
{
    static const BenchStudy written;
    return written;
}

double peak_mib()
{
    rusage usage{};
    if (::getrusage(RUSAGE_SELF, &usage) != 0) throw std::runtime_error{"getrusage failed"};
    return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

void scan_check_and_load(benchmark::State& state)
{
    const fs::path folder = study().dicom();
    for (auto _ : state) {
        const dicom::Scan scan = dicom::scan(folder);
        const dicom::LoadedVolume volume = dicom::read_volume(scan.studies.at(0).stacks.at(0));
        if (volume.voxels.grid().size.k != slices) state.SkipWithError("the volume is not whole");
        benchmark::DoNotOptimize(volume.voxels.voxels().data());
    }
    state.counters["peak_mib"] = peak_mib();
}
BENCHMARK(scan_check_and_load)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(5)->Repetitions(3);

void dcm2niix_converts(benchmark::State& state)
{
    const std::string command = "dcm2niix -b n -z n -w 1 -o " + study().scratch().string() + " " +
                                study().dicom().string() + " >/dev/null";
    for (auto _ : state)
        if (std::system(command.c_str()) != 0) state.SkipWithError("dcm2niix failed");
}
BENCHMARK(dcm2niix_converts)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(5)->Repetitions(3);

}  // namespace
