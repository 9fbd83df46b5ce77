#include "case_files.hpp"

#include "downstage/core/error.hpp"
#include "downstage/dicom/geometry.hpp"
#include "downstage/dicom/scan.hpp"
#include "downstage/imaging/label_file.hpp"
#include "downstage/phantom/labels.hpp"

#include "folder_to_be.hpp"
#include "study_files.hpp"
#include "truth_file.hpp"

#include <optional>

namespace downstage::phantom_app {

namespace {

/// The grid of the volume that is made of the study's first stack: all passes have the same.
std::optional<Grid> measured_grid(const std::filesystem::path& study, unsigned workers)
{
    const dicom::Scan scan = dicom::scan(study, {.workers = workers, .progress = {}});
    try {
        return dicom::plan_volume(scan.studies.at(0).stacks.at(0)).grid;
    } catch (const Error& failure) {
        if (failure.code() != Errc::input) throw;
        return std::nullopt;  // a scene may be made to be refused
    }
}

}  // namespace

void write_case(const SceneFile& file,
                const std::filesystem::path& folder,
                const std::filesystem::path& study,
                unsigned workers)
{
    make_folder(study);
    write_study(file, study, workers);
    write_truth({.truth = phantom::truth_of(file.scene),
                 .scene = file.scene.name,
                 .base = {},
                 .liver_source = "formula",
                 .known = {}},
                folder / "truth.json");
    if (const std::optional<Grid> grid = measured_grid(study, workers))
        imaging::write_labels(phantom::truth_labels(file.scene, *grid, workers), folder / "truth.nii.gz");
}

}  // namespace downstage::phantom_app
