#include "tables.hpp"

#include "downstage/core/text.hpp"

#include <cmath>
#include <functional>

namespace downstage::evaluate_app {

namespace {

std::string number(const std::optional<double>& value, int decimals)
{
    return value && std::isfinite(*value) ? fixed(*value, decimals) : "-";
}

std::string percent(double part, int decimals = 0)
{
    return fixed(100.0 * part, decimals) + " %";
}

/// "18 of 20, 90 % (70-97)".
std::string share_text(const evaluation::Share& share)
{
    const auto part = evaluation::fraction(share);
    if (!part) return "-";
    const Interval95 interval = evaluation::wilson95(share);
    return std::to_string(share.hits) + " of " + std::to_string(share.of) + ", " + percent(*part) + " (" +
           fixed(100.0 * interval.low, 0) + "-" + fixed(100.0 * interval.high, 0) + ")";
}

/// "-0.3 (-2.1 to 1.5)".
std::string agreement_text(const std::optional<evaluation::Agreement>& agreement, int decimals)
{
    constexpr std::size_t least_pairs = 3;  // limits drawn from two differences say nothing
    if (!agreement) return "-";
    if (agreement->pairs < least_pairs) return fixed(agreement->bias, decimals);
    return fixed(agreement->bias, decimals) + " (" + fixed(agreement->low, decimals) + " to " +
           fixed(agreement->high, decimals) + ")";
}

std::string class_text(const evaluation::Class& limits, const std::string& unit)
{
    if (limits.from <= 0.0) return "under " + fixed(limits.below, 0) + " " + unit;
    if (std::isinf(limits.below)) return fixed(limits.from, 0) + " " + unit + " and more";
    return fixed(limits.from, 0) + " to " + fixed(limits.below, 0) + " " + unit;
}

/// One line of the table whose columns are the kinds.
std::string line(const std::string& name,
                 const std::vector<Summary>& summaries,
                 const std::function<std::string(const Summary&)>& cell)
{
    std::string text = "| " + name + " |";
    for (const Summary& summary : summaries)
        text += " " + cell(summary) + " |";
    return text + "\n";
}

std::string head(const std::vector<Summary>& summaries)
{
    std::string names = "| |";
    std::string rule = "| --- |";
    for (const Summary& summary : summaries) {
        names += " " + summary.kind + " |";
        rule += " --- |";
    }
    return names + "\n" + rule + "\n";
}

std::string liver_lines(const std::vector<Summary>& all)
{
    std::string text = line("studies (of these not measured)", all, [](const Summary& one) {
        return std::to_string(one.cases) + " (" + std::to_string(one.not_measured) + ")";
    });
    text += line("liver Dice, median (worst)", all, [](const Summary& one) {
        return number(one.median_liver_dice, 3) + " (" + number(one.worst_liver_dice, 3) + ")";
    });
    text += line("liver surface, mean distance, mm, median", all, [](const Summary& one) {
        return number(one.median_surface_mm, 2);
    });
    text += line("liver volume, bias and limits of agreement, %", all, [](const Summary& one) {
        return agreement_text(one.liver_percent, 1);
    });
    return text;
}

std::string lesion_lines(const std::vector<Summary>& all)
{
    std::string text;
    for (const evaluation::Class& sizes : size_classes_mm())
        text += line("found, " + class_text(sizes, "mm"), all, [&](const Summary& one) {
            return share_text(evaluation::sensitivity_by_size(one.lesions, sizes));
        });
    for (const evaluation::Class& contrasts : contrast_classes_hu())
        text += line("found, contrast " + class_text(contrasts, "HU"), all, [&](const Summary& one) {
            return share_text(evaluation::sensitivity_by_contrast(one.lesions, contrasts));
        });
    text += line("false findings a study", all, [](const Summary& one) {
        if (one.studies_with_known_lesions == 0) return std::string{"-"};
        return fixed(static_cast<double>(one.false_findings) /
                         static_cast<double>(one.studies_with_known_lesions),
                     2) +
               " (" + std::to_string(one.false_findings) + " in " +
               std::to_string(one.studies_with_known_lesions) + ")";
    });
    text += line("lesion Dice, median of found ones", all, [](const Summary& one) {
        return number(one.median_lesion_dice, 3);
    });
    return text;
}

std::string size_lines(const std::vector<Summary>& all)
{
    const auto median_error = [](const Summary& one) {
        const auto agreement = evaluation::agreement_of(one.long_axes_mm);
        return agreement ? fixed(agreement->median_absolute, 2) : std::string{"-"};
    };
    std::string text = line("long axis, median absolute error, mm", all, median_error);
    text += line("long axis, bias and limits of agreement, mm", all, [](const Summary& one) {
        return agreement_text(evaluation::agreement_of(one.long_axes_mm), 1);
    });
    text += line("long axis, the same in %", all, [](const Summary& one) {
        return agreement_text(evaluation::agreement_in_percent(one.long_axes_mm), 1);
    });
    text += line("short axis, bias and limits of agreement, mm", all, [](const Summary& one) {
        return agreement_text(evaluation::agreement_of(one.short_axes_mm), 1);
    });
    text += line("volume, bias and limits of agreement, %", all, [](const Summary& one) {
        return agreement_text(evaluation::agreement_in_percent(one.volumes_ml), 1);
    });
    return text;
}

std::string calibration_table(const std::vector<Summary>& all)
{
    std::string text = "| kind | confidence | mean | real |\n| --- | --- | --- | --- |\n";
    for (const Summary& one : all) {
        const auto bands = evaluation::calibration_of(one.judged);
        for (const evaluation::CalibrationBand& band : bands)
            text += "| " + one.kind + " | " + fixed(band.confidence.from, 1) + "-" +
                    fixed(band.confidence.below, 1) + " | " + fixed(band.mean_confidence, 2) + " | " +
                    share_text(band.real) + " |\n";
        if (const auto error = evaluation::calibration_error(bands))
            text += "| " + one.kind + " | expected calibration error | | " + fixed(*error, 2) + " |\n";
    }
    return text;
}

std::string fate_of(const PairedLesion& lesion)
{
    if (lesion.measured) return fixed(lesion.measured->long_axis_mm, 1);
    if (lesion.found) return "in part";
    return lesion.possible ? "possible" : "missed";
}

std::string lesion_list(const CaseFigures& one)
{
    std::string text;
    for (const PairedLesion& lesion : one.lesions)
        text +=
            (text.empty() ? "" : ", ") + fixed(lesion.truth.long_axis_mm, 1) + " (" + fate_of(lesion) + ")";
    return text.empty() ? "none" : text;
}

std::string false_list(const CaseFigures& one)
{
    std::string text;
    for (const FoundLesion& finding : one.false_findings)
        text += (text.empty() ? "" : ", ") + fixed(finding.long_axis_mm, 1);
    return text.empty() ? "none" : text;
}

std::string case_line(const CaseFigures& one)
{
    const bool known = one.source.lesions_known;
    const std::string surface = one.liver_surface ? fixed(one.liver_surface->mean_mm, 2) + " (" +
                                                        fixed(one.liver_surface->percentile_95_mm, 1) + ")"
                                                  : "-";
    const std::optional<double> found_ml = one.source.result ? one.source.result->liver_ml : std::nullopt;
    return "| " + one.source.name + " | " + one.source.kind + " | " +
           (one.source.result ? number(one.liver_dice, 3) : "not measured") + " | " + surface + " | " +
           number(found_ml, 0) + " (" + number(one.source.liver_ml, 0) + ") | " +
           (known ? lesion_list(one) : "not labelled") + " | " + (known ? false_list(one) : "-") + " |\n";
}

std::string csv_line(const CaseFigures& one, const PairedLesion& lesion)
{
    const TrueLesion& truth = lesion.truth;
    const std::string contrast = std::isfinite(truth.contrast_hu) ? fixed(truth.contrast_hu, 1) : "";
    const std::string text = one.source.name + "," + one.source.kind + "," + truth.name + "," +
                             fixed(truth.long_axis_mm, 2) + "," + fixed(truth.short_axis_mm, 2) + "," +
                             fixed(truth.volume_ml, 3) + "," + contrast + "," + (lesion.found ? "1" : "0") +
                             "," + (lesion.possible ? "1" : "0") + "," +
                             (lesion.dice ? fixed(*lesion.dice, 3) : "");
    if (!lesion.measured) return text + ",,,,\n";
    const FoundLesion& measured = *lesion.measured;
    return text + "," + fixed(measured.long_axis_mm, 2) + "," + fixed(measured.short_axis_mm, 2) + "," +
           fixed(measured.volume_ml, 3) + "," + fixed(measured.confidence, 3) + "\n";
}

}  // namespace

std::string tables(const std::vector<Summary>& summaries, const std::vector<CaseFigures>& cases)
{
    std::string text =
        head(summaries) + liver_lines(summaries) + lesion_lines(summaries) + size_lines(summaries) + "\n" +
        calibration_table(summaries) +
        "\n| case | kind | liver Dice | surface, mean (95 %), mm | liver, ml (truth) | lesions, true mm "
        "(measured) | false, mm |\n| --- | --- | --- | --- | --- | --- | --- |\n";
    for (const CaseFigures& one : cases)
        text += case_line(one);
    return text;
}

std::string lesions_csv(const std::vector<CaseFigures>& cases)
{
    std::string text = "case,kind,lesion,true_long_axis_mm,true_short_axis_mm,true_volume_ml,contrast_hu,"
                       "found,possible,dice,"
                       "long_axis_mm,short_axis_mm,volume_ml,confidence\n";
    for (const CaseFigures& one : cases)
        for (const PairedLesion& lesion : one.lesions)
            text += csv_line(one, lesion);
    return text;
}

}  // namespace downstage::evaluate_app
