#include "base_study.hpp"

#include "downstage/core/error.hpp"
#include "downstage/dicom/read.hpp"
#include "downstage/dicom/scan.hpp"
#include "downstage/imaging/label_file.hpp"
#include "downstage/imaging/orient.hpp"
#include "downstage/imaging/resample.hpp"

#include <algorithm>
#include <string>

namespace downstage::phantom_app {

namespace {

bool is_nifti(const std::filesystem::path& file)
{
    const std::string name = file.filename().string();
    return name.ends_with(".nii") || name.ends_with(".nii.gz");
}

const Stack* longest_stack(const dicom::Scan& scan)
{
    const Stack* longest = nullptr;
    for (const Study& study : scan.studies)
        for (const Stack& stack : study.stacks)
            if (stack.unusable_because.empty() &&
                (longest == nullptr || stack.slices.size() > longest->slices.size()))
                longest = &stack;
    return longest;
}

Volume read_dicom(const std::filesystem::path& folder)
{
    const dicom::Scan scan = dicom::scan(folder);
    const Stack* stack = longest_stack(scan);
    if (stack == nullptr) throw Error{Errc::usage, folder.string() + " holds no series that makes a volume"};
    return dicom::read_volume(*stack).voxels;
}

}  // namespace

Volume read_base(const std::filesystem::path& image)
{
    return imaging::to_lps_order(is_nifti(image) ? imaging::read_image(image) : read_dicom(image));
}

Mask read_liver(const std::filesystem::path& labels, const std::vector<std::int32_t>& liver, const Grid& grid)
{
    const LabelMap map = imaging::to_lps_order(imaging::read_labels(labels));
    const LabelMap here = same_grid(map.grid(), grid, 0.01) ? map : imaging::resample_nearest(map, grid);
    Mask mask{grid};
    std::ranges::transform(here.voxels(), mask.voxels().begin(), [&](std::uint16_t label) {
        const bool is_liver = liver.empty() ? label != 0 : std::ranges::find(liver, label) != liver.end();
        return static_cast<std::uint8_t>(is_liver ? 1 : 0);
    });
    if (std::ranges::find(mask.voxels(), std::uint8_t{1}) == mask.voxels().end())
        throw Error{Errc::usage, labels.string() + ": no liver lies within the image"};
    return mask;
}

}  // namespace downstage::phantom_app
