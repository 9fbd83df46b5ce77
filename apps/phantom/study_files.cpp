#include "study_files.hpp"

#include "downstage/core/error.hpp"
#include "downstage/dicom/identity.hpp"
#include "downstage/phantom/acquisition.hpp"
#include "downstage/phantom/render.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <system_error>

namespace downstage::phantom_app {

namespace {

using phantom::RenderedSlice;

constexpr const char* study_date = "20200101";
constexpr const char* study_time = "100000";

/// Passes follow each other by 35 s, as arterial and portal venous ones do.
std::string time_of(std::size_t pass)
{
    constexpr std::size_t ten_o_clock = 100'000;  // HHMMSS
    const std::size_t seconds = 35 * (pass + 1);
    return std::to_string(ten_o_clock + seconds / 60 * 100 + seconds % 60);
}

std::string words_of(Phase phase)
{
    switch (phase) {
    case Phase::native: return "native";
    case Phase::arterial: return "arterial";
    case Phase::portal_venous: return "portal venous";
    case Phase::delayed: return "delayed";
    case Phase::unknown: break;
    }
    return "";
}

/// Usual times of a spoiled 3-D gradient echo and of a fast spin echo at 1.5 T.
std::optional<dicom::MrProtocol> protocol_of(phantom::Sequence sequence)
{
    using phantom::Sequence;
    dicom::MrProtocol gradient_echo{
        .scanning_sequence = "GR", .acquisition_type = "3D", .repetition_time_ms = 4.2, .echo_time_ms = 2.0};
    dicom::MrProtocol spin_echo{.scanning_sequence = "SE",
                                .acquisition_type = "2D",
                                .repetition_time_ms = 3500.0,
                                .echo_time_ms = 85.0};
    switch (sequence) {
    case Sequence::t1_portal_venous:
    case Sequence::t1_hepatobiliary: return gradient_echo;
    case Sequence::t2: return spin_echo;
    case Sequence::ct: break;
    }
    return std::nullopt;
}

std::string words_of(const phantom::Pass& pass)
{
    switch (pass.sequence) {
    case phantom::Sequence::t1_portal_venous: return "T1 fat sat portal venous";
    case phantom::Sequence::t1_hepatobiliary: return "T1 fat sat hepatobiliary 20 min";
    case phantom::Sequence::t2: return "T2 fat sat";
    case phantom::Sequence::ct: break;
    }
    return words_of(pass.phase);
}

/// Some passes of the scene that make one series.
struct SeriesPlan {
    std::size_t first_pass{}, passes{};
};

std::vector<SeriesPlan> plan(const phantom::Scene& scene)
{
    if (scene.in_one_series) return {{0, scene.passes.size()}};
    std::vector<SeriesPlan> series;
    series.reserve(scene.passes.size());
    for (std::size_t pass = 0; pass < scene.passes.size(); ++pass)
        series.push_back({pass, 1});
    return series;
}

dicom::CtSeriesTags tags_of(const SceneFile& file, const SeriesPlan& series, std::int32_t number)
{
    const phantom::Scene& scene = file.scene;
    const phantom::Acquisition& acquisition = scene.acquisition;
    const Axes axes = phantom::slice_axes(acquisition);
    const auto uid = [&](const std::string& what) { return dicom::uid_from_name(what + "\n" + file.text); };
    const auto is_enhanced = [](const phantom::Pass& pass) { return pass.phase != Phase::native; };
    const std::optional<dicom::MrProtocol> mr = protocol_of(scene.passes[series.first_pass].sequence);
    const std::string agent = mr ? "gadoxetate" : "iodine";
    dicom::CtSeriesTags tags{
        .patient_name = "Phantom^Liver",
        .patient_id = "PHANTOM",
        .study_uid = {uid("study")},
        .series_uid = {uid("series " + std::to_string(number))},
        .frame_of_reference_uid = {uid("frame of reference")},
        .study_date = study_date,
        .study_time = study_time,
        .study_description = "Phantom " + scene.name,
        .series_description =
            series.passes > 1 ? "several phases" : words_of(scene.passes[series.first_pass]),
        .series_number = number,
        .kernel = "STANDARD",
        .contrast_agent = std::ranges::any_of(scene.passes, is_enhanced) ? agent : "",
        .thickness_mm = acquisition.slice_thickness_mm,
        .columns = acquisition.columns,
        .rows = acquisition.rows,
        .column_spacing_mm = acquisition.column_spacing_mm,
        .row_spacing_mm = acquisition.row_spacing_mm,
        .row_direction = axes.i,
        .column_direction = axes.j,
        .mr = mr,
    };
    if (acquisition.tilt_deg != 0.0) tags.gantry_tilt_deg = acquisition.tilt_deg;
    return tags;
}

/// Passes of one series take turns: 1, 3, 5 ... and 2, 4, 6 ...
std::vector<dicom::CtSlice> slices_of(const std::vector<std::vector<RenderedSlice>>& rendered,
                                      const SeriesPlan& series)
{
    std::vector<dicom::CtSlice> slices;
    for (std::size_t n = 0; n < rendered.size(); ++n)
        for (const RenderedSlice& slice : rendered[n]) {
            const auto turns = static_cast<std::int32_t>(rendered.size());
            const auto turn = static_cast<std::int32_t>(n) + 1;
            slices.push_back({.hu = slice.hu,
                              .position = slice.cut.position,
                              .instance_number = (slice.cut.instance_number - 1) * turns + turn,
                              .acquisition_date = study_date,
                              .acquisition_time = time_of(series.first_pass + n)});
        }
    return slices;
}

void write_series(const SceneFile& file,
                  const SeriesPlan& series,
                  const dicom::CtSeriesTags& tags,
                  const std::filesystem::path& folder,
                  unsigned workers)
{
    std::vector<std::vector<RenderedSlice>> rendered;
    rendered.reserve(series.passes);
    for (std::size_t n = 0; n < series.passes; ++n)
        rendered.push_back(phantom::render(file.scene, series.first_pass + n, workers));
    std::error_code failed;
    std::filesystem::create_directory(folder, failed);
    if (failed) throw Error{Errc::output, "cannot make " + folder.string() + ": " + failed.message()};
    dicom::write_ct_series(
        folder, tags, slices_of(rendered, series), {.transfer_syntax = file.transfer_syntax});
}

}  // namespace

void write_study(const SceneFile& file, const std::filesystem::path& folder, unsigned workers)
{
    std::int32_t number = 0;
    for (const SeriesPlan& series : plan(file.scene)) {
        const dicom::CtSeriesTags tags = tags_of(file, series, ++number);
        write_series(file, series, tags, folder / ("series-" + std::to_string(number)), workers);
    }
}

}  // namespace downstage::phantom_app
