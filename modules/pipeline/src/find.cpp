#include "find.hpp"

#include "downstage/core/error.hpp"
#include "downstage/core/text.hpp"
#include "downstage/imaging/label_file.hpp"
#include "downstage/segmentation/click.hpp"
#include "downstage/segmentation/external.hpp"
#include "downstage/segmentation/lesions.hpp"
#include "downstage/segmentation/liver.hpp"

#include <algorithm>
#include <iterator>
#include <utility>
#include <variant>

namespace downstage::pipeline {

namespace {

using LiverAnswer = std::variant<segmentation::Liver, segmentation::NoLiver>;

/// One part of the whole run's progress bar.
Progress part_of(const Progress& whole, double from, double to)
{
    if (!whole) return {};
    return [=](std::string_view doing, double fraction) { whole(doing, from + (to - from) * fraction); };
}

const inference::Network* pointer_to(const std::optional<inference::Network>& network)
{
    return network ? &*network : nullptr;
}

LiverAnswer find_liver(const Sight& sight, const MeasureOptions& options, double until)
{
    return segmentation::find_liver(sight.volume.voxels,
                                    {.workers = options.workers,
                                     .progress = part_of(options.progress, 0.15, until),
                                     .network = pointer_to(sight.networks.liver)});
}

/// Lesions do not drive it, so that what has died is not moved away.
std::optional<imaging::Alignment>
aligned(const Sight& sight, const Mask& liver, const Mask* lesions, unsigned workers)
{
    if (sight.arterial == nullptr || voxel_count(liver.grid()) == 0) return std::nullopt;
    return imaging::align({.fixed = sight.volume.voxels,
                           .moving = *sight.arterial,
                           .where = liver,
                           .ignored = lesions,
                           .moving_where = nullptr},
                          workers);
}

Found find_by_itself(const Sight& sight, const MeasureOptions& options)
{
    const LiverAnswer answer = find_liver(sight, options, 0.5);
    if (const auto* none = std::get_if<segmentation::NoLiver>(&answer))
        throw Error{
            Errc::input,
            "no liver was found in the series: " + none->reason +
                ". Give another series with --series, a mask with --segmentation, or a place with --seed"};
    const auto& liver = std::get<segmentation::Liver>(answer);
    Found found{.segmented = {}, .in_arterial = aligned(sight, liver.mask, nullptr, options.workers)};
    constexpr std::int16_t air_hu = -1024;
    std::optional<Volume> arterial;
    if (found.in_arterial && found.in_arterial->quality.good)
        arterial = imaging::brought_to(
            sight.volume.voxels.grid(), *sight.arterial, *found.in_arterial, air_hu, options.workers);
    found.segmented = segmentation::find_lesions(sight.volume.voxels,
                                                 liver,
                                                 {.workers = options.workers,
                                                  .progress = part_of(options.progress, 0.6, 0.85),
                                                  .network = pointer_to(sight.networks.lesion),
                                                  .arterial = arterial ? &*arterial : nullptr,
                                                  .phase = sight.phase,
                                                  .least_diameter_mm = options.least_diameter_mm});
    return found;
}

std::optional<Mask> about_liver_of(const Sight& sight)
{
    if (sight.about_liver == nullptr || voxel_count(sight.about_liver->grid()) == 0) return std::nullopt;
    return *sight.about_liver;
}

/// A large lesion of the liver is told from its surroundings by the liver's own density and outline alone,
/// and so is a place at which nothing stood out.
bool needs_the_liver(const Segmented& found, const MeasureOptions& options)
{
    constexpr double large_mm3 = 14000.0;  // a ball of 30 mm
    const double voxel_mm3 = voxel_volume_mm3(found.lesions.grid());
    if (found.findings.size() < options.seeds.size() + options.lines.size()) return true;
    return std::ranges::any_of(found.findings, [&](const Finding& finding) {
        const auto voxels = std::ranges::count(found.lesions.voxels(), finding.label);
        return finding.organ == "liver" && static_cast<double>(voxels) * voxel_mm3 > large_mm3;
    });
}

Segmented find_in_liver(const Sight& sight, const MeasureOptions& options, const segmentation::Hints& hints)
{
    const LiverAnswer answer = find_liver(sight, options, 0.8);
    const auto* liver = std::get_if<segmentation::Liver>(&answer);
    Segmented found = segmentation::lesions_by_hints(
        sight.volume.voxels, liver != nullptr ? std::optional{liver->mask} : std::nullopt, hints);
    if (liver == nullptr) {
        const std::string& why = std::get<segmentation::NoLiver>(answer).reason;
        found.notices.push_back(
            {Severity::warning, "no liver bounds the lesions, since none was found: " + why});
        return found;
    }
    found.liver_is_cut_off = liver->cut_off;
    found.liver_confidence = liver->confidence;
    found.notices.insert(found.notices.end(), liver->notices.begin(), liver->notices.end());
    return found;
}

/// The whole liver is looked for only where the answer depends on it: it takes longer than anybody waits
/// after a click.
Segmented find_at_hints(const Sight& sight, const MeasureOptions& options)
{
    const segmentation::Hints hints{
        .clicks = options.seeds, .lines = options.lines, .about_liver = about_liver_of(sight)};
    Segmented found = segmentation::lesions_by_hints(sight.volume.voxels, std::nullopt, hints);
    if (hints.about_liver && needs_the_liver(found, options)) return find_in_liver(sight, options, hints);
    found.notices.push_back({Severity::note,
                             "the liver as a whole was not outlined, since places were given; its volume and "
                             "the lesions' places in it are not known"});
    return found;
}

Mask mask_of(const LabelMap& lesions)
{
    Mask mask{lesions.grid()};
    std::ranges::transform(lesions.voxels(), mask.voxels().begin(), [](std::uint16_t label) {
        return static_cast<std::uint8_t>(label != 0 ? 1 : 0);
    });
    return mask;
}

Found adopt_mask(const Sight& sight, const MeasureOptions& options)
{
    Found found{.segmented = segmentation::adopt(imaging::read_labels(*options.segmentation),
                                                 sight.volume.voxels.grid()),
                .in_arterial = std::nullopt};
    const Mask lesions = mask_of(found.segmented.lesions);
    found.in_arterial = aligned(sight, found.segmented.liver, &lesions, options.workers);
    return found;
}

std::string gap_text(const MissingSlices& gap)
{
    return std::to_string(gap.count) + (gap.count == 1 ? " slice is" : " slices are") + " missing between " +
           place_text(gap.before) + " and " + place_text(gap.after) + " mm, a gap of " +
           mm_text(gap.gap_mm, 2);
}

bool shows_anything(const Segmented& found, std::int32_t k)
{
    const auto is_set = [](auto voxel) { return voxel != 0; };
    if (voxel_count(found.liver.grid()) > 0) return std::ranges::any_of(found.liver.slice(k), is_set);
    return std::ranges::any_of(found.lesions.slice(k), is_set);
}

/// True when the gap, or the last slice before or the first after it, shows what is measured.
bool is_in_the_way(const MissingSlices& gap, const Segmented& found)
{
    const std::int32_t last_k = found.lesions.grid().size.k - 1;
    for (std::int32_t k = std::max(0, gap.first_k - 1); k <= std::min(last_k, gap.first_k + gap.count); ++k)
        if (shows_anything(found, k)) return true;
    return false;
}

}  // namespace

Found find(const Sight& sight, const MeasureOptions& options)
{
    const bool are_places_given = !options.seeds.empty() || !options.lines.empty();
    if (options.segmentation && are_places_given)
        throw Error{Errc::usage,
                    std::string{"--segmentation and "} + (options.seeds.empty() ? "--line" : "--seed") +
                        " were both given; give one of them"};
    if (options.segmentation) return adopt_mask(sight, options);
    if (are_places_given) return {.segmented = find_at_hints(sight, options), .in_arterial = std::nullopt};
    return find_by_itself(sight, options);
}

std::vector<Notice> check_gaps(const GeometryPassport& passport, const Segmented& found, bool allow_gaps)
{
    std::vector<Notice> notices;
    for (const MissingSlices& gap : passport.missing) {
        const bool matters = is_in_the_way(gap, found);
        if (matters && !allow_gaps)
            throw Error{Errc::input,
                        gap_text(gap) +
                            ", inside the liver: nothing can be measured there. Fetch the series again, or "
                            "measure all the same with --allow-gaps"};
        notices.push_back(
            {matters ? Severity::warning : Severity::note,
             gap_text(gap) + (matters ? ", inside the liver: it was filled in between its neighbours, and "
                                        "what is measured there is uncertain"
                                      : ", outside the liver")});
    }
    return notices;
}

}  // namespace downstage::pipeline
