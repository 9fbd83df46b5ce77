#include "downstage/segmentation/click.hpp"

#include "downstage/core/text.hpp"
#include "downstage/imaging/morphology.hpp"
#include "downstage/imaging/orient.hpp"

#include "click_lesion.hpp"
#include "click_line.hpp"
#include "click_view.hpp"
#include "lesions_label.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace downstage::segmentation {

namespace {

/// One region a click or line, before they are ranked.
struct Answer {
    Patch region;  ///< on the grid of the image in LPS order
    double confidence{};
    std::string organ;
};

/// The density that most of the liver has: lesions and vessels do not move it.
double most_common_hu(const Volume& ct, const Mask& liver)
{
    constexpr int bin_hu = 4;
    constexpr int lowest_hu = -40;  // a fatty liver is not below that
    std::array<std::size_t, 80> bins{};
    for (std::size_t n = 0; n < liver.voxels().size(); ++n) {
        const int bin = (ct.voxels()[n] - lowest_hu) / bin_hu;
        if (liver.voxels()[n] != 0 && ct.voxels()[n] >= lowest_hu && bin < static_cast<int>(bins.size()))
            ++bins.at(static_cast<std::size_t>(bin));
    }
    // Five bins are 20 HU, about the noise of one pixel either way.
    std::size_t best = 0;
    std::size_t most = 0;
    for (std::size_t bin = 2; bin + 2 < bins.size(); ++bin) {
        const std::size_t around =
            bins.at(bin - 2) + bins.at(bin - 1) + bins.at(bin) + bins.at(bin + 1) + bins.at(bin + 2);
        if (around <= most) continue;
        most = around;
        best = bin;
    }
    return lowest_hu + bin_hu * (static_cast<double>(best) + 0.5);
}

/// Contrast over noise as in the score of 9.7; somebody pointed at it, so half of the way is given.
double confidence_of(const ClickedLesion& lesion)
{
    return 0.5 + 0.5 * std::min(1.0, lesion.contrast_to_noise / 6.0);
}

std::string comma_separated(const PointLps& place)
{
    return fixed(place.x_mm, 0) + "," + fixed(place.y_mm, 0) + "," + fixed(place.z_mm, 0);
}

/// A click or a line, and its names.
struct Hint {
    std::optional<Line> line;
    PointLps middle;
    std::string name, option;
};

Hint hint_of(const PointLps& click)
{
    return {.line = std::nullopt,
            .middle = click,
            .name = "the click at " + place_text(click) + " mm",
            .option = "--seed " + comma_separated(click)};
}

Hint hint_of(const Line& line)
{
    return {.line = line,
            .middle = line.from + 0.5 * (line.to - line.from),
            .name = "the line from " + place_text(line.from) + " to " + place_text(line.to) + " mm",
            .option = "--line " + comma_separated(line.from) + "," + comma_separated(line.to)};
}

/// True when at least half of the region lies in `mask`, which may have any grid.
bool lies_in(const Mask& mask, const Patch& region)
{
    std::size_t inside = 0;
    for_each_voxel(region.mask.grid(), [&](const Index& at) {
        if (region.mask[at] == 0) return;
        const Index there = nearest(to_voxel(mask.grid(), to_lps(region.mask.grid(), at)));
        if (contains(mask.grid(), there) && mask[there] != 0) ++inside;
    });
    return 2 * inside >= imaging::count(region.mask);
}

std::string organ_of(const ClickedLesion& lesion, const std::optional<Mask>& about_liver)
{
    if (lesion.in_lung) return "lung";
    if (lesion.in_liver || (about_liver && lies_in(*about_liver, lesion.region))) return "liver";
    return "unspecified";
}

/// What all hints of one image share.
struct Asked {
    ClickScene scene;
    const std::optional<Mask>& about_liver;
};

std::optional<Answer> answer_to(const Hint& hint, const Asked& asked)
{
    check_inside_body(asked.scene.ct, hint.middle, hint.option);
    const std::optional<ClickedLesion> lesion =
        hint.line ? lesion_on_line(asked.scene, *hint.line) : lesion_around(asked.scene, hint.middle);
    if (!lesion) return std::nullopt;
    return Answer{.region = lesion->region,
                  .confidence = confidence_of(*lesion),
                  .organ = organ_of(*lesion, asked.about_liver)};
}

std::string nothing_at(const Hint& hint)
{
    if (hint.line)
        return "nothing at " + hint.name + " has a border that agrees with it, so no lesion was taken there";
    return "nothing around " + hint.name +
           " stands out from its surroundings with a border, so no lesion was taken there";
}

/// True when at least half of the region belongs to an earlier click.
bool is_taken(const Answer& answer, const Mask& taken)
{
    const Mask theirs = cut(taken, box_of(answer.region));
    return 2 * imaging::count(imaging::both(answer.region.mask, theirs)) >=
           imaging::count(answer.region.mask);
}

void take(Mask& taken, const Patch& region)
{
    for_each_voxel(region.mask.grid(), [&](const Index& at) {
        if (region.mask[at] != 0)
            taken[{region.first.i + at.i, region.first.j + at.j, region.first.k + at.k}] = 1;
    });
}

/// The answers to the hints that have one of their own; a notice for each of the others.
std::vector<Answer>
answers_to(const std::vector<Hint>& hints, const Asked& asked, std::vector<Notice>& notices)
{
    std::vector<Answer> answers;
    Mask taken{asked.scene.ct.grid()};
    for (const Hint& hint : hints) {
        std::optional<Answer> answer = answer_to(hint, asked);
        if (!answer) {
            notices.push_back({Severity::warning, nothing_at(hint)});
        } else if (is_taken(*answer, taken)) {
            notices.push_back({Severity::note,
                               hint.name + " lies in a lesion that an earlier " +
                                   (hint.line ? "line or click" : "click") + " gave"});
        } else {
            take(taken, answer->region);
            answers.push_back(std::move(*answer));
        }
    }
    return answers;
}

std::vector<Hint> hints_in_order(const Hints& hints)
{
    std::vector<Hint> all;
    for (const PointLps& click : hints.clicks)
        all.push_back(hint_of(click));
    for (const Line& line : hints.lines)
        all.push_back(hint_of(line));
    return all;
}

std::optional<KnownLiver> known(std::optional<Mask> liver, const Volume& ct_lps)
{
    if (!liver || imaging::count(*liver) == 0) return std::nullopt;
    const double mean_hu = most_common_hu(ct_lps, *liver);
    return KnownLiver{.mask = std::move(*liver), .mean_hu = mean_hu};
}

}  // namespace

Segmented lesions_by_hints(const Volume& ct, const std::optional<Mask>& liver, const Hints& hints)
{
    const Volume ct_lps = imaging::to_lps_order(ct);
    Segmented found{.liver = liver.value_or(Mask{}),
                    .lesions = LabelMap{ct_lps.grid()},
                    .findings = {},
                    .method =
                        hints.lines.empty() ? "click" : (hints.clicks.empty() ? "line" : "click and line"),
                    .version = "2",
                    .mask_is_truth = false,
                    .liver_is_cut_off = false,
                    .liver_confidence = 1.0,
                    .notices = {}};
    const std::optional<KnownLiver> known_liver =
        known(liver ? std::optional{imaging::to_lps_order(*liver)} : std::nullopt, ct_lps);
    std::vector<Answer> answers =
        answers_to(hints_in_order(hints),
                   {.scene = {.ct = ct_lps, .liver = known_liver}, .about_liver = hints.about_liver},
                   found.notices);
    std::ranges::stable_sort(answers, std::ranges::greater{}, &Answer::confidence);
    for (const Answer& answer : answers) {
        const auto label = static_cast<std::uint16_t>(found.findings.size() + 1);
        if (draw(found.lesions, label, answer.region) == 0) continue;
        found.findings.push_back({.label = label,
                                  .kind = FindingKind::lesion,
                                  .confidence = answer.confidence,
                                  .why_not_counted = {},
                                  .organ = answer.organ});
    }
    found.lesions = imaging::to_order_of(found.lesions, ct.grid());
    if (liver) include(found.liver, found.lesions);
    return found;
}

Segmented lesions_at(const Volume& ct, const std::optional<Mask>& liver, const std::vector<PointLps>& clicks)
{
    return lesions_by_hints(ct, liver, {.clicks = clicks, .lines = {}, .about_liver = std::nullopt});
}

}  // namespace downstage::segmentation
