#include "downstage/segmentation/lesions.hpp"

#include "downstage/imaging/orient.hpp"

#include "lesions_label.hpp"
#include "lesions_listing.hpp"
#include "lesions_opinion.hpp"
#include "lesions_search.hpp"
#include "parenchyma.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace downstage::segmentation {

namespace {

std::string method_in_words(const LesionOptions& options)
{
    if (options.network == nullptr) return "weight-free";
    const NetworkManifest& manifest = options.network->manifest();
    return "weight-free candidates, judged by the network " + manifest.name + " " + manifest.version;
}

/// What the network says, where there is one.
std::optional<Field> asked(const LesionOptions& options, Showing showing, const Grid& grid)
{
    if (options.network == nullptr) return std::nullopt;
    showing.workers = options.workers;
    showing.progress = [&](std::string_view doing, double fraction) {
        tell(options.progress, doing, 0.1 + 0.6 * fraction);
    };
    return tumour_probability(*options.network, showing, grid);
}

/// The liver where bright lesions are looked for: an arterial scan, if there is one.
std::optional<Parenchyma> arterial_tissue(const LesionOptions& options, const Mask& liver_lps)
{
    if (options.arterial == nullptr) return std::nullopt;
    const Volume arterial_lps = imaging::to_lps_order(*options.arterial);
    std::vector<float> hu;
    for (std::size_t n = 0; n < liver_lps.voxels().size(); ++n)
        if (liver_lps.voxels()[n] != 0) hu.push_back(static_cast<float>(arterial_lps.voxels()[n]));
    return model_parenchyma(arterial_lps, liver_lps, median_of(hu), options.workers);
}

bool is_empty(const Mask& mask)
{
    return std::ranges::none_of(mask.voxels(), [](std::uint8_t voxel) { return voxel != 0; });
}

}  // namespace

Segmented find_lesions(const Volume& ct, const Liver& liver, const LesionOptions& options)
{
    Segmented found{.liver = liver.mask,
                    .lesions = LabelMap{ct.grid()},
                    .findings = {},
                    .method = method_in_words(options),
                    .version = "1",
                    .mask_is_truth = false,
                    .liver_is_cut_off = liver.cut_off,
                    .liver_confidence = liver.confidence,
                    .notices = liver.notices};
    if (is_empty(liver.mask)) return found;

    tell(options.progress, "modelling the liver", 0.0);
    const Volume ct_lps = imaging::to_lps_order(ct);
    const Mask liver_lps = imaging::to_lps_order(liver.mask);
    const Parenchyma tissue = model_parenchyma(ct_lps, liver_lps, liver.mean_hu, options.workers);
    const std::optional<Field> probability = asked(options, {.ct = ct_lps, .liver = liver_lps}, tissue.grid);
    const std::optional<Parenchyma> arterial = arterial_tissue(options, liver_lps);
    const Parenchyma* native_arterial = options.phase == Phase::arterial ? &tissue : nullptr;

    tell(options.progress, "looking for lesions", 0.7);
    const std::vector<Found> all = lesions_in({.tissue = tissue,
                                               .probability = probability ? &*probability : nullptr,
                                               .arterial = arterial ? &*arterial : native_arterial,
                                               .workers = options.workers});

    tell(options.progress, "drawing the lesions", 0.9);
    found.lesions = LabelMap{liver_lps.grid()};
    list_all(found,
             all,
             {.tissue_grid = tissue.grid,
              .grain_hu = tissue.grain_hu,
              .least_diameter_mm = options.least_diameter_mm});
    found.lesions = imaging::to_order_of(found.lesions, ct.grid());
    include(found.liver, found.lesions);
    return found;
}

}  // namespace downstage::segmentation
