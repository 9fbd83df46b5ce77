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

Segmented find_by_itself(const Sight& sight, const MeasureOptions& options)
{
    const LiverAnswer answer = find_liver(sight, options, 0.6);
    if (const auto* none = std::get_if<segmentation::NoLiver>(&answer))
        throw Error{
            Errc::input,
            "no liver was found in the series: " + none->reason +
                ". Give another series with --series, a mask with --segmentation, or a place with --seed"};
    return segmentation::find_lesions(sight.volume.voxels,
                                      std::get<segmentation::Liver>(answer),
                                      {.workers = options.workers,
                                       .progress = part_of(options.progress, 0.6, 0.85),
                                       .network = pointer_to(sight.networks.lesion),
                                       .arterial = sight.arterial,
                                       .phase = sight.phase,
                                       .least_diameter_mm = options.least_diameter_mm});
}

Segmented find_at_clicks(const Sight& sight, const MeasureOptions& options)
{
    const LiverAnswer answer = find_liver(sight, options, 0.8);
    const auto* liver = std::get_if<segmentation::Liver>(&answer);
    Segmented found = segmentation::lesions_at(
        sight.volume.voxels, liver != nullptr ? std::optional{liver->mask} : std::nullopt, options.seeds);
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

Segmented find(const Sight& sight, const MeasureOptions& options)
{
    if (options.segmentation && !options.seeds.empty())
        throw Error{Errc::usage, "--segmentation and --seed were both given; give one of them"};
    if (options.segmentation)
        return segmentation::adopt(imaging::read_labels(*options.segmentation), sight.volume.voxels.grid());
    if (!options.seeds.empty()) return find_at_clicks(sight, options);
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
