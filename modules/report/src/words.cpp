#include "words.hpp"

#include "numbers.hpp"

#include <algorithm>
#include <cmath>

namespace downstage::report {

CriterionWords words_of(std::string_view criterion)
{
    if (criterion == "milan_strict")
        return {.name = "Milan (strict)", .rule = "one lesion under 50 mm, or two or three all under 30 mm"};
    if (criterion == "milan_acs")
        return {.name = "Milan (ACS)", .rule = "one lesion under 50 mm, or two or three none above 30 mm"};
    if (criterion == "milan")
        return {.name = "Milan (1996)",
                .rule = "one lesion of at most 50 mm, or two or three of at most 30 mm"};
    return {.name = std::string{criterion}, .rule = ""};
}

std::optional<double> limit_mm(std::string_view criterion, std::size_t lesions)
{
    if (!criterion.starts_with("milan") || lesions == 0 || lesions > 3) return std::nullopt;
    return lesions == 1 ? 50.0 : 30.0;
}

std::string words_of_fact(std::string_view fact)
{
    std::string words{fact};
    std::ranges::replace(words, '_', ' ');
    return words;
}

std::string_view words_of(Phase phase)
{
    switch (phase) {
    case Phase::native: return "no contrast";
    case Phase::arterial: return "arterial phase";
    case Phase::portal_venous: return "portal venous phase";
    case Phase::delayed: return "delayed phase";
    case Phase::unknown: return "phase not known";
    }
    return "phase not known";
}

std::string_view sentence_of(GeometryVerdict verdict)
{
    switch (verdict) {
    case GeometryVerdict::regular:
        return "Regular: the slices lie on an even grid and were measured as they were acquired.";
    case GeometryVerdict::resampled:
        return "Resampled: the slices did not lie on an even grid and were put on one before measuring.";
    case GeometryVerdict::gaps_allowed:
        return "Slices are missing: this was measured only because gaps were allowed. A length or volume "
               "that "
               "crosses a gap may be wrong.";
    }
    return "";
}

std::string_view words_of(VerdictStatus status)
{
    switch (status) {
    case VerdictStatus::met: return "met";
    case VerdictStatus::not_met: return "not met";
    case VerdictStatus::indeterminate: return "indeterminate";
    }
    return "";
}

std::string_view style_of(VerdictStatus status)
{
    switch (status) {
    case VerdictStatus::met: return "met";
    case VerdictStatus::not_met: return "not-met";
    case VerdictStatus::indeterminate: return "open";
    }
    return "open";
}

std::string listed(const std::vector<std::string>& texts)
{
    std::string out;
    for (std::size_t n = 0; n < texts.size(); ++n) {
        if (n > 0) out += n + 1 == texts.size() ? " and " : ", ";
        out += texts[n];
    }
    return out;
}

std::string margin_words(const Verdict& verdict, std::size_t lesions)
{
    if (!verdict.margin_mm) return lesions == 0 ? "no lesion to compare" : "the number of lesions decides";
    const std::optional<double> limit = limit_mm(verdict.criterion, lesions);
    const std::string of_limit = limit ? "the limit of " + fixed(*limit, 0) + " mm" : "the limit";
    const TenthsMm margin = to_tenths(*verdict.margin_mm);
    if (margin == 0) return "exactly at " + of_limit;
    return with_mm(std::abs(*verdict.margin_mm)) + (margin > 0 ? " under " : " over ") + of_limit;
}

}  // namespace downstage::report
