#include "downstage/segmentation/lesions.hpp"

#include "downstage/imaging/orient.hpp"

#include "candidates.hpp"
#include "features_score.hpp"
#include "lesions_choice.hpp"
#include "lesions_label.hpp"
#include "lesions_opinion.hpp"
#include "parenchyma.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace downstage::segmentation {

namespace {

std::string why_not_counted(const Suspect& suspect)
{
    const std::string doubt = doubt_of(suspect.evidence);
    return doubt.empty() ? weakest_point(suspect.features) : doubt;
}

Finding finding_of(const Suspect& suspect, double grain_hu)
{
    Finding finding{.label = 0,
                    .kind = FindingKind::lesion,
                    .confidence = chance_of(suspect.evidence),
                    .why_not_counted = {}};
    if (is_fluid(suspect.features, grain_hu)) {
        finding.kind = FindingKind::cyst;
    } else if (finding.confidence < counts_from_chance) {
        finding.kind = FindingKind::possible;
        finding.why_not_counted = why_not_counted(suspect);
    }
    return finding;
}

std::string method_in_words(const LesionOptions& options)
{
    if (options.network == nullptr) return "weight-free";
    const NetworkManifest& manifest = options.network->manifest();
    return "weight-free candidates, judged by the network " + manifest.name + " " + manifest.version;
}

/// Labels 1, 2, ... in the order of the suspects, best first.
void label_all(Segmented& found, const std::vector<Suspect>& suspects, const Parenchyma& tissue)
{
    for (const Suspect& suspect : suspects) {
        const LabelledRegion own = labelled_region(suspect, tissue);
        Finding finding = finding_of(suspect, tissue.grain_hu);
        finding.label = static_cast<std::uint16_t>(found.findings.size() + 1);
        const Patch region = carried_over(own.region, tissue.grid, found.lesions.grid());
        if (draw(found.lesions, finding.label, region) == 0) continue;
        if (own.holds_deposits)
            found.notices.push_back({Severity::note,
                                     "finding " + std::to_string(finding.label) +
                                         " includes lipiodol, a clip or calcification that touches it"});
        found.findings.push_back(std::move(finding));
    }
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
    const Hearing hearing{
        .tissue = tissue, .probability = probability ? &*probability : nullptr, .workers = options.workers};

    tell(options.progress, "looking for dark spots", 0.7);
    const std::vector<Candidate> candidates = dark_spots(tissue, options.workers);

    tell(options.progress, "judging them", 0.8);
    std::vector<Suspect> suspects = best_apart(suspects_among(candidates, hearing), tissue.grid);
    suspects = pieces_joined(std::move(suspects), hearing);

    tell(options.progress, "drawing the lesions", 0.9);
    found.lesions = LabelMap{liver_lps.grid()};
    label_all(found, suspects, tissue);
    found.lesions = imaging::to_order_of(found.lesions, ct.grid());
    include(found.liver, found.lesions);
    return found;
}

}  // namespace downstage::segmentation
