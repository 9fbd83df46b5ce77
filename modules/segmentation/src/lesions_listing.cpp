#include "lesions_listing.hpp"

#include "downstage/core/text.hpp"

#include "features_score.hpp"
#include "features_shape.hpp"
#include "lesions_label.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace downstage::segmentation {

namespace {

constexpr double most_disagreement = 0.2;  // LESION-TRAINING.md 8.5

std::string why_not_counted(const Found& found)
{
    if (found.evidence.source == Source::network)
        return "Only the lesion network sees it: no dark spot of its own leads there.";
    const std::string doubt = doubt_of(found.evidence);
    return doubt.empty() ? weakest_point(found.features) : doubt;
}

Finding finding_of(const Found& found, double grain_hu)
{
    Finding finding{.label = 0,
                    .kind = FindingKind::lesion,
                    .confidence = chance_of(found.evidence),
                    .why_not_counted = {}};
    if (is_fluid(found.features, grain_hu)) {
        finding.kind = FindingKind::cyst;
    } else if (finding.confidence < counts_from_chance) {
        finding.kind = FindingKind::possible;
        finding.why_not_counted = why_not_counted(found);
    }
    return finding;
}

std::string size_doubt(const Found& found, double diameter_mm)
{
    const double seen_mm = found.diameter_by_network_mm.value_or(diameter_mm);
    if (std::abs(seen_mm - diameter_mm) <= most_disagreement * diameter_mm) return {};
    return "the lesion network outlines it " + mm_text(seen_mm, 0) + " long, the contrast " +
           mm_text(diameter_mm, 0) + ": look at its outline before its diameter is used";
}

/// What a reader has to know of one finding, each a sentence without its subject's name.
std::vector<Notice> remarks_on(const Found& found, const Finding& finding, double diameter_mm)
{
    std::vector<Notice> remarks;
    if (found.holds_deposits)
        remarks.push_back({Severity::note, "it includes lipiodol, a clip or calcification that touches it"});
    if (found.evidence.source == Source::bright)
        remarks.push_back({Severity::note,
                           "it is brighter than the liver; the lesion network was taught dark lesions and "
                           "was not asked about it"});
    const std::string doubt = size_doubt(found, diameter_mm);
    if (finding.kind == FindingKind::lesion && !doubt.empty()) remarks.push_back({Severity::warning, doubt});
    for (Notice& remark : remarks)
        remark.text = "finding " + std::to_string(finding.label) + ": " + remark.text;
    return remarks;
}

std::string left_out_text(std::size_t count, double least_diameter_mm)
{
    return std::to_string(count) + (count == 1 ? " finding" : " findings") + " shorter than " +
           mm_text(least_diameter_mm) + " (--min-diameter) " + (count == 1 ? "is" : "are") + " not listed";
}

}  // namespace

void list_all(Segmented& segmented, const std::vector<Found>& all, const ListingOptions& options)
{
    std::size_t left_out = 0;
    for (const Found& found : all) {
        const Patch region = carried_over(found.drawn, options.tissue_grid, segmented.lesions.grid());
        const double diameter_mm = longest_diameter_mm(region.mask);
        if (diameter_mm < options.least_diameter_mm) {
            ++left_out;
            continue;
        }
        Finding finding = finding_of(found, options.grain_hu);
        finding.label = static_cast<std::uint16_t>(segmented.findings.size() + 1);
        if (draw(segmented.lesions, finding.label, region) == 0) continue;
        std::ranges::move(remarks_on(found, finding, diameter_mm), std::back_inserter(segmented.notices));
        segmented.findings.push_back(std::move(finding));
    }
    if (left_out > 0)
        segmented.notices.push_back({Severity::note, left_out_text(left_out, options.least_diameter_mm)});
}

}  // namespace downstage::segmentation
