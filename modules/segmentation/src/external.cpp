#include "downstage/segmentation/external.hpp"

#include "downstage/core/error.hpp"
#include "downstage/core/text.hpp"
#include "downstage/core/units.hpp"
#include "downstage/imaging/components.hpp"
#include "downstage/imaging/morphology.hpp"
#include "downstage/imaging/orient.hpp"
#include "downstage/imaging/resample.hpp"

#include "lesions_label.hpp"
#include "lesions_patch.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace downstage::segmentation {

namespace {

constexpr std::uint16_t liver_label = 1;
constexpr std::uint16_t lesion_label = 2;
constexpr double smallest_liver_ml = 400.0;  // SEGMENTATION.md 10: no whole liver is smaller
constexpr double smallest_part_ml = 0.01;    // a cube of 2 mm: a slip of the brush, and no lesion
constexpr std::size_t fewest_voxels = 2;

Mask labelled(const LabelMap& labels)
{
    return mask_where(labels.grid(), [&](std::size_t n) { return labels.voxels()[n] != 0; });
}

/// The place halfway along each axis of the grid.
PointLps middle_of(const Grid& grid)
{
    return to_lps(grid,
                  VoxelPlace{0.5 * (grid.size.i - 1), 0.5 * (grid.size.j - 1), 0.5 * (grid.size.k - 1)});
}

void check_overlap(const LabelMap& labels, const Grid& image_grid)
{
    const Mask any = labelled(labels);
    const VoxelBox box = bounding_box(any);
    if (box.size == Size{}) throw Error{Errc::input, "the mask is empty: it holds no label above 0"};
    const Patch region{.first = box.first, .mask = cut(any, box)};
    const Patch seen = carried_over(region, labels.grid(), image_grid);
    if (imaging::count(seen.mask) > 0) return;
    throw Error{Errc::input,
                "the mask does not overlap the image: what it labels lies around " +
                    place_text(middle_of(region.mask.grid())) + " mm, the middle of the image is at " +
                    place_text(middle_of(image_grid)) + " mm; give the mask of this series"};
}

/// How much each label holds; the place in the list is the label.
std::vector<std::size_t> voxels_by_label(const LabelMap& labels)
{
    std::vector<std::size_t> voxels(std::size_t{*std::ranges::max_element(labels.voxels())} + 1);
    for (const std::uint16_t label : labels.voxels())
        ++voxels[label];
    return voxels;
}

/// What the labels of a mask mean.
enum class Form {
    liver_and_lesions,   ///< 1 is the liver, every connected part of 2 is a lesion
    liver_and_numbered,  ///< 1 is the liver, every label above it is a lesion: our own segmentation.nii.gz
    lesions_only,        ///< every label is a lesion
};

bool holds(const VoxelBox& box, const VoxelBox& other)
{
    const auto is_within = [](std::int32_t first, std::int32_t size, std::int32_t middle) {
        return middle >= first && middle < first + size;
    };
    return is_within(box.first.i, box.size.i, other.first.i + other.size.i / 2) &&
           is_within(box.first.j, box.size.j, other.first.j + other.size.j / 2) &&
           is_within(box.first.k, box.size.k, other.first.k + other.size.k / 2);
}

/// True when label 1 is as large as a liver and every other label has its middle in the box around it. A huge
/// tumour beside other tumours is large, too, but does not hold them.
bool first_is_the_liver(const LabelMap& labels, double first_ml)
{
    if (first_ml < smallest_liver_ml) return false;
    const std::vector<VoxelBox> boxes = bounding_boxes(labels);
    return std::ranges::all_of(
        boxes, [&](const VoxelBox& box) { return box.size == Size{} || holds(boxes.front(), box); });
}

Form form_of(const LabelMap& labels, double first_ml, std::size_t highest_label)
{
    const bool is_liver = first_is_the_liver(labels, first_ml);
    if (highest_label == lesion_label) return Form::liver_and_lesions;
    if (highest_label > lesion_label) return is_liver ? Form::liver_and_numbered : Form::lesions_only;
    return is_liver ? Form::liver_and_lesions : Form::lesions_only;
}

LabelMap without_liver(LabelMap labels)
{
    std::ranges::replace(labels.voxels(), liver_label, std::uint16_t{0});
    return labels;
}

/// Labels 1, 2, ... of `lesions` become findings on the image's grid.
void take_lesions(Segmented& found, const LabelMap& lesions)
{
    const std::vector<VoxelBox> boxes = bounding_boxes(lesions);
    int lost = 0;
    for (std::size_t n = 0; n < boxes.size(); ++n) {
        if (boxes[n].size == Size{}) continue;
        const Patch lesion = patch_of(lesions, boxes[n], static_cast<std::uint16_t>(n + 1));
        const auto label = static_cast<std::uint16_t>(found.findings.size() + 1);
        if (draw(found.lesions, label, carried_over(lesion, lesions.grid(), found.lesions.grid())) == 0) {
            ++lost;
            continue;
        }
        found.findings.push_back(
            {.label = label, .kind = FindingKind::lesion, .confidence = 1.0, .why_not_counted = {}});
    }
    if (lost > 0)
        found.notices.push_back(
            {Severity::warning,
             std::to_string(lost) + " lesions of the mask hold no voxel of the image, or lie outside it, and "
                                    "were left out"});
}

/// The connected parts of label 2, largest first, without specks.
LabelMap parts_of_lesions(const LabelMap& labels, Segmented& found)
{
    const Mask lesions = imaging::with_label(labels, lesion_label);
    const double voxel_ml = ml_of_mm3(voxel_volume_mm3(labels.grid()));
    const double smallest_ml = std::max(smallest_part_ml, static_cast<double>(fewest_voxels) * voxel_ml);
    // A volume that is a whole number of voxels must not fall below itself by rounding.
    LabelMap parts = imaging::components(lesions, {.smallest_ml = (1.0 - 1e-9) * smallest_ml});
    const std::size_t all = bounding_boxes(imaging::components(lesions)).size();
    const std::size_t kept = bounding_boxes(parts).size();
    if (all > kept)
        found.notices.push_back({Severity::note,
                                 std::to_string(all - kept) + " specks of the mask's label 2, smaller than " +
                                     fixed(smallest_ml, 3) + " ml, were left out"});
    return parts;
}

/// Liver and lesions together on the image's grid.
Mask liver_of(const LabelMap& labels, const LabelMap& lesions)
{
    const Mask any = labelled(labels);
    const VoxelBox box = bounding_box(any);
    const Patch seen =
        carried_over({.first = box.first, .mask = cut(any, box)}, labels.grid(), lesions.grid());
    Mask liver = labelled(lesions);
    for_each_voxel(seen.mask.grid(), [&](const Index& at) {
        if (seen.mask[at] != 0) liver[{seen.first.i + at.i, seen.first.j + at.j, seen.first.k + at.k}] = 1;
    });
    return liver;
}

/// True when the liver goes on beyond the first or last slice (SEGMENTATION.md 10).
bool is_cut_off(const Mask& liver)
{
    constexpr double most_cm2 = 20.0;
    const Mask ordered = imaging::to_lps_order(liver);
    const Grid& grid = ordered.grid();
    const double pixel_cm2 = 0.01 * grid.spacing_mm.i * grid.spacing_mm.j;
    const auto area_cm2 = [&](std::int32_t k) {
        return pixel_cm2 * static_cast<double>(std::ranges::count(ordered.slice(k), std::uint8_t{1}));
    };
    return std::max(area_cm2(0), area_cm2(grid.size.k - 1)) > most_cm2;
}

void take_liver(Segmented& found, const LabelMap& labels, double first_ml)
{
    found.liver = liver_of(labels, found.lesions);
    found.liver_is_cut_off = is_cut_off(found.liver);
    if (first_ml < smallest_liver_ml)
        found.notices.push_back({Severity::warning,
                                 "the mask's label 1 was taken for the liver though it holds only " +
                                     fixed(first_ml, 1) +
                                     " ml; where 1 and 2 are two lesions, give them labels above 2"});
}

}  // namespace

Segmented adopt(const LabelMap& labels, const Grid& image_grid)
{
    check_overlap(labels, image_grid);
    Segmented found{.liver = {},
                    .lesions = LabelMap{image_grid},
                    .findings = {},
                    .method = "external mask",
                    .version = {},
                    .mask_is_truth = true,
                    .liver_is_cut_off = false,
                    .liver_confidence = 1.0,
                    .notices = {}};
    const std::vector<std::size_t> voxels = voxels_by_label(labels);
    const double first_ml =
        ml_of_mm3(static_cast<double>(voxels[liver_label]) * voxel_volume_mm3(labels.grid()));
    const Form form = form_of(labels, first_ml, voxels.size() - 1);
    switch (form) {
    case Form::liver_and_lesions: take_lesions(found, parts_of_lesions(labels, found)); break;
    case Form::liver_and_numbered: take_lesions(found, without_liver(labels)); break;
    case Form::lesions_only: take_lesions(found, labels); break;
    }
    if (form != Form::lesions_only && voxels[liver_label] > 0) take_liver(found, labels, first_ml);
    return found;
}

}  // namespace downstage::segmentation
