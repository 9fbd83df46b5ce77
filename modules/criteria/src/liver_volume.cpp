#include "downstage/criteria/liver_volume.hpp"

#include "downstage/core/text.hpp"
#include "downstage/core/units.hpp"

#include <cmath>

namespace downstage::criteria {

namespace {

struct StandardVolume {
    double ml{};
    std::string how;
};

std::optional<StandardVolume> standard_volume(const ClinicalFacts& facts)
{
    if (facts.standard_liver_ml) return StandardVolume{.ml = *facts.standard_liver_ml, .how = "as stated"};
    if (!facts.height_cm || !facts.weight_kg) return std::nullopt;
    const double surface_m2 = body_surface_m2(*facts.height_cm, *facts.weight_kg);
    return StandardVolume{.ml = urata_ml(surface_m2),
                          .how = "by Urata from height and weight; by Vauthey " +
                                 fixed(vauthey_ml(surface_m2), 0) + " mL"};
}

/// remnant / standard >= percent / 100, in whole tenths (RULES.md 0.3).
bool is_enough(double remnant_ml, double standard_ml, double percent)
{
    return 1000 * to_tenths(remnant_ml) >= to_tenths(percent) * to_tenths(standard_ml);
}

bool is_at_limit(double remnant_ml, double standard_ml, double percent)
{
    return 1000 * to_tenths(remnant_ml) == to_tenths(percent) * to_tenths(standard_ml);
}

VerdictStatus status_of(const ClinicalFacts& facts, double standard_ml, const RemnantLimits& limits)
{
    const bool enough_with = is_enough(*facts.remnant_ml, standard_ml, limits.cirrhosis_percent);
    const bool enough_without = is_enough(*facts.remnant_ml, standard_ml, limits.normal_percent);
    if (!facts.cirrhosis && enough_with != enough_without) return VerdictStatus::indeterminate;
    return facts.cirrhosis.value_or(true) ? (enough_with ? VerdictStatus::met : VerdictStatus::not_met)
                                          : (enough_without ? VerdictStatus::met : VerdictStatus::not_met);
}

std::string_view word_of(VerdictStatus status)
{
    switch (status) {
    case VerdictStatus::met: return "yes";
    case VerdictStatus::not_met: return "no";
    case VerdictStatus::indeterminate: break;
    }
    return "unknown";
}

void explain(Verdict& verdict, const ClinicalFacts& facts, const StandardVolume& standard, double percent)
{
    const double share = 100.0 * *facts.remnant_ml / standard.ml;
    verdict.margin = {.value = share - percent, .unit = "%", .of = "remnant of the standard liver volume"};
    verdict.path = {{.rule = "5.25, 5.26",
                     .source = "Chinese guideline 2019/2022; HBSN 2022;11:227",
                     .inputs = "remnant " + fixed(*facts.remnant_ml, 0) + " mL of " + fixed(standard.ml, 0) +
                               " mL (" + standard.how + ")",
                     .comparison = fixed(share, 1) + " % >= " + fixed(percent, 0) + " %",
                     .result = std::string{word_of(verdict.status)}}};
    if (is_at_limit(*facts.remnant_ml, standard.ml, percent))
        verdict.contested = "exactly at the limit, which is enough here and not in texts that ask for more";
    const double needed_ml = standard.ml * percent / 100.0;
    const bool is_met = verdict.status == VerdictStatus::met;
    verdict.counterfactual = {.sentence = std::string{is_met ? "not enough" : "enough"} +
                                          " if the remnant were " + fixed(needed_ml, 0) + " mL" +
                                          (is_met ? " less a little" : " or more") + ", " +
                                          fixed(std::abs(needed_ml - *facts.remnant_ml), 0) + " mL " +
                                          (is_met ? "below" : "above") + " today",
                              .from = facts.remnant_ml,
                              .to = needed_ml,
                              .unit = "mL"};
}

void name_missing(Verdict& verdict, const ClinicalFacts& facts)
{
    if (!facts.remnant_ml) verdict.missing.emplace_back("remnant_ml");
    if (!standard_volume(facts)) verdict.missing.emplace_back("standard_liver_ml");
    if (!facts.cirrhosis) verdict.missing.emplace_back("cirrhosis");
}

void add_reasons(Verdict& verdict)
{
    for (const PathStep& step : verdict.path)
        verdict.reasons.push_back(step.inputs + ": " + step.comparison + "? " + step.result);
    if (verdict.counterfactual) verdict.reasons.push_back(verdict.counterfactual->sentence);
}

}  // namespace

double body_surface_m2(double height_cm, double weight_kg)
{
    // DuBois and DuBois 1916.
    return 0.007184 * std::pow(height_cm, 0.725) * std::pow(weight_kg, 0.425);
}

double urata_ml(double surface_m2)
{
    return 706.2 * surface_m2 + 2.4;
}

double vauthey_ml(double surface_m2)
{
    return -794.41 + 1267.28 * surface_m2;
}

Verdict remnant(const ClinicalFacts& facts, const RemnantLimits& limits)
{
    Verdict verdict{.criterion = "remnant",
                    .name = "Future liver remnant",
                    .text =
                        "at least " + fixed(limits.cirrhosis_percent, 0) +
                        " % of the standard liver volume with cirrhosis or another chronic liver disease, " +
                        fixed(limits.normal_percent, 0) + " % without"};
    const std::optional<StandardVolume> standard = standard_volume(facts);
    if (facts.remnant_ml && standard && standard->ml > 0.0) {
        verdict.status = status_of(facts, standard->ml, limits);
        explain(verdict,
                facts,
                *standard,
                facts.cirrhosis.value_or(true) ? limits.cirrhosis_percent : limits.normal_percent);
        add_reasons(verdict);
    }
    if (verdict.status == VerdictStatus::indeterminate) name_missing(verdict, facts);
    return verdict;
}

}  // namespace downstage::criteria
