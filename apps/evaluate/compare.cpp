#include "compare.hpp"

#include "downstage/evaluation/overlap.hpp"
#include "downstage/imaging/label_file.hpp"
#include "downstage/imaging/resample.hpp"

#include <algorithm>

namespace downstage::evaluate_app {

namespace {

constexpr std::uint16_t liver_label = 1;

/// Both label maps on the grid of the result.
struct Maps {
    LabelMap truth, found;
};

Maps read_maps(const Case& one)
{
    Maps maps{.truth = imaging::read_labels(one.truth_labels),
              .found = imaging::read_labels(one.found_labels)};
    if (!same_grid(maps.truth.grid(), maps.found.grid()))
        maps.truth = imaging::resample_nearest(maps.truth, maps.found.grid());
    return maps;
}

/// The liver with all that lies in it.
Mask whole_liver(const LabelMap& labels)
{
    Mask mask{labels.grid()};
    for (std::size_t n = 0; n < labels.voxels().size(); ++n)
        mask.voxels()[n] = static_cast<std::uint8_t>(labels.voxels()[n] != 0 ? 1 : 0);
    return mask;
}

/// The lesions alone: label n is lesion n - 1.
LabelMap lesions_only(LabelMap labels)
{
    for (std::uint16_t& label : labels.voxels())
        if (label == liver_label) label = 0;
    return labels;
}

std::uint16_t label_at(const LabelMap& labels, const PointLps& place)
{
    const Index voxel = nearest(to_voxel(labels.grid(), place));
    return contains(labels.grid(), voxel) ? labels[voxel] : std::uint16_t{0};
}

const FoundLesion* finding_with_label(const std::vector<FoundLesion>& findings, std::uint16_t label)
{
    const auto found = std::ranges::find_if(
        findings, [&](const FoundLesion& finding) { return finding.id + 1 == static_cast<int>(label); });
    return found == findings.end() ? nullptr : &*found;
}

bool is_tumour(const Case& one, std::uint16_t label)
{
    return label > liver_label && label - 2U < one.lesions.size() && !one.lesions[label - 2U].is_cyst;
}

PairedLesion missed(const Case& one, std::uint16_t label)
{
    return {.truth = one.lesions[label - 2U],
            .label = label,
            .found = false,
            .possible = false,
            .measured = {},
            .dice = {}};
}

/// The labels of the true tumours.
std::vector<std::uint16_t> tumours_of(const Case& one)
{
    std::vector<std::uint16_t> labels;
    for (std::size_t n = 0; n < one.lesions.size(); ++n)
        if (!one.lesions[n].is_cyst) labels.push_back(static_cast<std::uint16_t>(n + 2));
    return labels;
}

PairedLesion
pair_of(const Case& one, const Result& result, std::uint16_t label, const evaluation::OverlapTable& overlap)
{
    PairedLesion pair = missed(one, label);
    if (label >= overlap.truth_voxels.size()) return pair;  // smaller than a voxel of the result
    pair.found = overlap.covered(label) >= evaluation::found_from;
    if (const auto best = overlap.best_for(label); pair.found && best) {
        pair.dice = overlap.dice(*best);
        if (const FoundLesion* measured = finding_with_label(result.lesions, best->found))
            pair.measured = *measured;
    }
    return pair;
}

/// True when enough of the finding lies in tumours, or it covers enough of one.
bool shows_a_tumour(const Case& one, std::uint16_t label, const evaluation::OverlapTable& overlap)
{
    return std::ranges::any_of(overlap.shared, [&](const evaluation::SharedVoxels& pair) {
        return pair.found == label && is_tumour(one, pair.truth) &&
               (overlap.justified(label) >= evaluation::found_from ||
                overlap.covered(pair.truth) >= evaluation::found_from);
    });
}

bool is_known(const Case& one, const FoundLesion& finding)
{
    return std::ranges::any_of(one.known, [&](const KnownFinding& known) {
        return distance_mm(known.centre, finding.centroid) <= known.radius_mm;
    });
}

void compare_lesions(CaseFigures& figures, const Result& result, const Maps& maps)
{
    const Case& one = figures.source;
    const evaluation::OverlapTable overlap =
        evaluation::overlap_of(lesions_only(maps.truth), lesions_only(maps.found));
    for (const std::uint16_t label : tumours_of(one))
        figures.lesions.push_back(pair_of(one, result, label, overlap));

    for (const FoundLesion& finding : result.lesions) {
        const auto label = static_cast<std::uint16_t>(finding.id + 1);
        const bool real = shows_a_tumour(one, label, overlap);
        if (!real && is_known(one, finding)) continue;
        figures.judged.push_back({finding.confidence, real});
        if (!real) figures.false_findings.push_back(finding);
    }
    for (const FoundLesion& finding : result.possible) {
        const bool real = is_tumour(one, label_at(maps.truth, finding.centroid));
        if (real || !is_known(one, finding)) figures.judged.push_back({finding.confidence, real});
    }
}

/// A lesion that is not counted may still be listed as possible.
void mark_possible(CaseFigures& figures, const Result& result, const LabelMap& truth)
{
    for (const FoundLesion& finding : result.possible) {
        const std::uint16_t label = label_at(truth, finding.centroid);
        if (!is_tumour(figures.source, label)) continue;
        for (PairedLesion& pair : figures.lesions)
            if (pair.label == label) pair.possible = !pair.found;
    }
}

}  // namespace

CaseFigures compare(const Case& one, unsigned workers)
{
    CaseFigures figures{.source = one,
                        .liver_dice = {},
                        .liver_surface = {},
                        .lesions = {},
                        .false_findings = {},
                        .judged = {}};
    if (!one.result) {
        for (const std::uint16_t label : tumours_of(one))
            figures.lesions.push_back(missed(one, label));
        return figures;
    }
    if (one.truth_labels.empty()) return figures;
    const Maps maps = read_maps(one);
    if (one.liver_known) {
        const Mask true_liver = whole_liver(maps.truth);
        const Mask found_liver = whole_liver(maps.found);
        figures.liver_dice = evaluation::dice(true_liver, found_liver);
        figures.liver_surface = surface_distance(true_liver, found_liver, workers);
    }
    if (one.lesions_known) {
        compare_lesions(figures, *one.result, maps);
        mark_possible(figures, *one.result, maps.truth);
    }
    return figures;
}

}  // namespace downstage::evaluate_app
