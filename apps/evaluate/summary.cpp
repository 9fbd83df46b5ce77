#include "summary.hpp"

#include <algorithm>
#include <limits>

namespace downstage::evaluate_app {

namespace {

/// What is collected of all cases of a kind before medians are taken.
struct Lists {
    std::vector<double> liver_dice, surface_mm, lesion_dice;
    std::vector<evaluation::SizePair> liver_ml;
};

void add_liver(Lists& lists, const CaseFigures& one)
{
    if (one.liver_dice) lists.liver_dice.push_back(*one.liver_dice);
    if (one.liver_surface) lists.surface_mm.push_back(one.liver_surface->mean_mm);
    if (one.source.liver_known && one.source.liver_ml && one.source.result && one.source.result->liver_ml)
        lists.liver_ml.push_back({*one.source.liver_ml, *one.source.result->liver_ml});
}

void add_lesion(Summary& summary, Lists& lists, const PairedLesion& lesion)
{
    summary.lesions.push_back({.size_mm = lesion.truth.long_axis_mm,
                               .contrast_hu = lesion.truth.contrast_hu,
                               .found = lesion.found});
    if (lesion.dice) lists.lesion_dice.push_back(*lesion.dice);
    if (!lesion.measured) return;
    summary.long_axes_mm.push_back({lesion.truth.long_axis_mm, lesion.measured->long_axis_mm});
    summary.short_axes_mm.push_back({lesion.truth.short_axis_mm, lesion.measured->short_axis_mm});
    summary.volumes_ml.push_back({lesion.truth.volume_ml, lesion.measured->volume_ml});
}

void add_case(Summary& summary, Lists& lists, const CaseFigures& one)
{
    ++summary.cases;
    if (!one.source.result) ++summary.not_measured;
    add_liver(lists, one);
    if (!one.source.lesions_known) return;
    ++summary.studies_with_known_lesions;
    summary.false_findings += one.false_findings.size();
    summary.judged.insert(summary.judged.end(), one.judged.begin(), one.judged.end());
    for (const PairedLesion& lesion : one.lesions)
        add_lesion(summary, lists, lesion);
}

Summary summary_of(const std::string& kind, const std::vector<CaseFigures>& cases)
{
    Summary summary;
    summary.kind = kind;
    Lists lists;
    for (const CaseFigures& one : cases)
        if (one.source.kind == kind) add_case(summary, lists, one);
    summary.median_liver_dice = evaluation::median_of(lists.liver_dice);
    if (!lists.liver_dice.empty()) summary.worst_liver_dice = std::ranges::min(lists.liver_dice);
    summary.median_surface_mm = evaluation::median_of(lists.surface_mm);
    summary.liver_percent = evaluation::agreement_in_percent(lists.liver_ml);
    summary.median_lesion_dice = evaluation::median_of(lists.lesion_dice);
    return summary;
}

}  // namespace

std::vector<Summary> summarise(const std::vector<CaseFigures>& cases)
{
    std::vector<Summary> summaries;
    for (const CaseFigures& one : cases) {
        const auto is_there = [&](const Summary& summary) { return summary.kind == one.source.kind; };
        if (std::ranges::none_of(summaries, is_there))
            summaries.push_back(summary_of(one.source.kind, cases));
    }
    return summaries;
}

const std::vector<evaluation::Class>& size_classes_mm()
{
    static const std::vector<evaluation::Class> classes{{0.0, 10.0},
                                                        {10.0, 20.0},
                                                        {20.0, 30.0},
                                                        {30.0, 50.0},
                                                        {50.0, std::numeric_limits<double>::infinity()}};
    return classes;
}

const std::vector<evaluation::Class>& contrast_classes_hu()
{
    static const std::vector<evaluation::Class> classes{
        {0.0, 20.0}, {20.0, 30.0}, {30.0, 45.0}, {45.0, std::numeric_limits<double>::infinity()}};
    return classes;
}

}  // namespace downstage::evaluate_app
