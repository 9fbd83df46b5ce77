#include "downstage/criteria/albi.hpp"

#include "downstage/core/text.hpp"

#include <cmath>

namespace downstage::criteria {

namespace {

/// Scores are compared as they are; a binary fraction at a limit is no reason for the higher grade.
constexpr double nudge = 1e-9;

}  // namespace

double albi_score(double bilirubin_umol_l, double albumin_g_l)
{
    return 0.66 * std::log10(bilirubin_umol_l) - 0.085 * albumin_g_l;
}

std::int32_t albi_grade(double score)
{
    if (score <= -2.60 + nudge) return 1;
    return score <= -1.39 + nudge ? 2 : 3;
}

std::string modified_albi_grade(double score)
{
    const std::int32_t grade = albi_grade(score);
    if (grade != 2) return std::to_string(grade);
    return score <= -2.27 + nudge ? "2a" : "2b";
}

Staging albi(const ClinicalFacts& facts)
{
    Staging staging{.system = "albi", .name = "ALBI, modified grade"};
    const bool is_known = facts.bilirubin_umol_l.value_or(0.0) > 0.0 && facts.albumin_g_l.has_value();
    if (!is_known) {
        staging.possible = {"1", "2a", "2b", "3"};
        if (!facts.bilirubin_umol_l) staging.missing.emplace_back("bilirubin_umol_l");
        if (!facts.albumin_g_l) staging.missing.emplace_back("albumin_g_l");
        return staging;
    }
    const double score = albi_score(*facts.bilirubin_umol_l, *facts.albumin_g_l);
    staging.score = score;
    staging.stage = modified_albi_grade(score);
    staging.possible = {*staging.stage};
    staging.path = {{.rule = "5.24",
                     .source = "Johnson 2015; Hiraoka",
                     .inputs = "bilirubin " + fixed(*facts.bilirubin_umol_l, 1) + " umol/L, albumin " +
                               fixed(*facts.albumin_g_l, 1) + " g/L: score " + fixed(score, 2),
                     .comparison = "1 up to -2.60, 2a up to -2.27, 2b up to -1.39, 3 above",
                     .result = *staging.stage}};
    return staging;
}

}  // namespace downstage::criteria
