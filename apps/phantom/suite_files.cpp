#include "suite_files.hpp"

#include "downstage/core/error.hpp"
#include "downstage/dicom/identity.hpp"
#include "downstage/dicom/write.hpp"

#include "folder_to_be.hpp"

#include <nlohmann/json.hpp>

#include <fstream>

namespace downstage::phantom_app {

namespace {

using Json = nlohmann::ordered_json;

dicom::CtSeriesTags tags_of(const Grid& grid, const std::string& name)
{
    const auto uid = [&](const std::string& what) { return dicom::uid_from_name(what + "\n" + name); };
    return {
        .patient_name = "Phantom^Liver",
        .patient_id = "PHANTOM",
        .study_uid = {uid("study")},
        .series_uid = {uid("series")},
        .frame_of_reference_uid = {uid("frame of reference")},
        .study_date = "20200101",
        .study_time = "100000",
        .study_description = "Painted " + name,
        .series_description = "painted",
        .image_type = {"DERIVED", "SECONDARY", "AXIAL"},
        .kernel = "STANDARD",
        .contrast_agent = "iodine",
        .thickness_mm = grid.spacing_mm.k,
        .columns = grid.size.i,
        .rows = grid.size.j,
        .column_spacing_mm = grid.spacing_mm.i,
        .row_spacing_mm = grid.spacing_mm.j,
        .row_direction = grid.axes.i,
        .column_direction = grid.axes.j,
    };
}

}  // namespace

void write_volume_study(const Volume& hu, const std::string& name, const std::filesystem::path& folder)
{
    make_folder(folder);
    std::vector<dicom::CtSlice> slices;
    slices.reserve(static_cast<std::size_t>(hu.grid().size.k));
    for (std::int32_t k = 0; k < hu.grid().size.k; ++k)
        slices.push_back({.hu = hu.slice(k),
                          .position = to_lps(hu.grid(), Index{0, 0, k}),
                          .instance_number = k + 1,
                          .acquisition_date = "20200101",
                          .acquisition_time = "100035"});
    dicom::write_ct_series(folder, tags_of(hu.grid(), name), slices);
}

void write_index(const std::string& suite,
                 const std::vector<SuiteCase>& cases,
                 const std::filesystem::path& folder)
{
    Json index{{"schema", "downstage.suite-index/1"}, {"suite", suite}, {"cases", Json::array()}};
    for (const SuiteCase& one : cases) {
        Json json{{"case", one.name}, {"kind", one.kind}, {"base", nullptr}};
        if (!one.base.empty()) json["base"] = one.base;
        index["cases"].push_back(json);
    }
    std::ofstream out{folder / "index.json", std::ios::binary};
    out << index.dump(2) << '\n';
    out.close();
    if (!out) throw Error{Errc::output, "cannot write " + (folder / "index.json").string()};
}

}  // namespace downstage::phantom_app
