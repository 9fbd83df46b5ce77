#include "downstage/segmentation/click.hpp"

#include "downstage/core/text.hpp"
#include "downstage/imaging/morphology.hpp"
#include "downstage/imaging/orient.hpp"

#include "click_lesion.hpp"
#include "click_view.hpp"
#include "lesions_label.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace downstage::segmentation {

namespace {

/// One region a click, before they are ranked.
struct Answer {
    Patch region;  ///< on the grid of the image in LPS order
    double confidence{};
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

std::string name_of(const PointLps& click)
{
    return "the click at " + place_text(click) + " mm";
}

std::string option_of(const PointLps& click)
{
    return "--seed " + fixed(click.x_mm, 0) + "," + fixed(click.y_mm, 0) + "," + fixed(click.z_mm, 0);
}

std::optional<Answer>
answer_to(const PointLps& click, const Volume& ct, const std::optional<KnownLiver>& liver)
{
    check_inside_body(ct, click, option_of(click));
    const std::optional<ClickedLesion> lesion = lesion_around({.ct = ct, .liver = liver}, click);
    if (!lesion) return std::nullopt;
    return Answer{.region = lesion->region, .confidence = confidence_of(*lesion)};
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

/// The answers to the clicks that have one of their own; a notice for each of the others.
std::vector<Answer> answers_to(const std::vector<PointLps>& clicks,
                               const Volume& ct,
                               const std::optional<KnownLiver>& liver,
                               std::vector<Notice>& notices)
{
    std::vector<Answer> answers;
    Mask taken{ct.grid()};
    for (const PointLps& click : clicks) {
        std::optional<Answer> answer = answer_to(click, ct, liver);
        if (!answer) {
            notices.push_back(
                {Severity::warning,
                 "nothing around " + name_of(click) +
                     " stands out from its surroundings with a border, so no lesion was taken there"});
        } else if (is_taken(*answer, taken)) {
            notices.push_back(
                {Severity::note, name_of(click) + " lies in a lesion that an earlier click gave"});
        } else {
            take(taken, answer->region);
            answers.push_back(std::move(*answer));
        }
    }
    return answers;
}

std::optional<KnownLiver> known(const std::optional<Mask>& liver, const Volume& ct_lps)
{
    if (!liver) return std::nullopt;
    Mask mask = imaging::to_lps_order(*liver);
    const double mean_hu = most_common_hu(ct_lps, mask);
    return KnownLiver{.mask = std::move(mask), .mean_hu = mean_hu};
}

}  // namespace

Segmented lesions_at(const Volume& ct, const std::optional<Mask>& liver, const std::vector<PointLps>& clicks)
{
    const Volume ct_lps = imaging::to_lps_order(ct);
    Segmented found{.liver = liver.value_or(Mask{}),
                    .lesions = LabelMap{ct_lps.grid()},
                    .findings = {},
                    .method = "click",
                    .version = "1",
                    .mask_is_truth = false,
                    .liver_is_cut_off = false,
                    .liver_confidence = 1.0,
                    .notices = {}};
    std::vector<Answer> answers = answers_to(clicks, ct_lps, known(liver, ct_lps), found.notices);
    std::ranges::stable_sort(answers, std::ranges::greater{}, &Answer::confidence);
    for (const Answer& answer : answers) {
        const auto label = static_cast<std::uint16_t>(found.findings.size() + 1);
        if (draw(found.lesions, label, answer.region) == 0) continue;
        found.findings.push_back({.label = label,
                                  .kind = FindingKind::lesion,
                                  .confidence = answer.confidence,
                                  .why_not_counted = {}});
    }
    found.lesions = imaging::to_order_of(found.lesions, ct.grid());
    if (liver) include(found.liver, found.lesions);
    return found;
}

}  // namespace downstage::segmentation
