#include "downstage/cohort/meta.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace downstage::cohort {

namespace {

constexpr double normal_95 = 1.959964;

/// A study on the log scale.
struct LogOdds {
    double value{}, variance{};
};

bool says_something(const StudyTable& t)
{
    return t.treated_events + t.control_events > 0.0 && t.treated_others + t.control_others > 0.0;
}

StudyTable corrected(const StudyTable& t)
{
    const double smallest =
        std::min({t.treated_events, t.treated_others, t.control_events, t.control_others});
    const double add = smallest > 0.0 ? 0.0 : 0.5;
    return {.treated_events = t.treated_events + add,
            .treated_others = t.treated_others + add,
            .control_events = t.control_events + add,
            .control_others = t.control_others + add};
}

std::vector<LogOdds> log_odds_of(std::span<const StudyTable> tables)
{
    std::vector<LogOdds> studies;
    for (const StudyTable& table : tables) {
        if (!says_something(table)) continue;
        const StudyTable t = corrected(table);
        studies.push_back(
            {.value = std::log(t.treated_events * t.control_others / (t.treated_others * t.control_events)),
             .variance = 1.0 / t.treated_events + 1.0 / t.treated_others + 1.0 / t.control_events +
                         1.0 / t.control_others});
    }
    return studies;
}

/// Weighted by the inverse of each study's variance plus `tau2`.
struct Weighted {
    double mean{}, weight{}, weight_of_squares{}, q{};
};

Weighted weighted(const std::vector<LogOdds>& studies, double tau2)
{
    Weighted sum;
    for (const LogOdds& study : studies) {
        const double weight = 1.0 / (study.variance + tau2);
        sum.weight += weight;
        sum.weight_of_squares += weight * weight;
        sum.mean += weight * study.value;
    }
    sum.mean /= sum.weight;
    for (const LogOdds& study : studies)
        sum.q += (study.value - sum.mean) * (study.value - sum.mean) / (study.variance + tau2);
    return sum;
}

double tau2_of(const Weighted& fixed, double degrees_of_freedom)
{
    const double scale = fixed.weight - fixed.weight_of_squares / fixed.weight;
    return scale > 0.0 ? std::max(0.0, (fixed.q - degrees_of_freedom) / scale) : 0.0;
}

PooledOdds pooled(const Weighted& fixed, const Weighted& chosen, double tau2, double degrees_of_freedom)
{
    const double half_width = normal_95 / std::sqrt(chosen.weight);
    return {.odds_ratio = std::exp(chosen.mean),
            .ci95 = {.low = std::exp(chosen.mean - half_width), .high = std::exp(chosen.mean + half_width)},
            .q = fixed.q,
            .tau2 = tau2,
            .i2 = fixed.q > degrees_of_freedom ? (fixed.q - degrees_of_freedom) / fixed.q : 0.0};
}

}  // namespace

std::optional<PooledOdds> inverse_variance(std::span<const StudyTable> tables)
{
    const std::vector<LogOdds> studies = log_odds_of(tables);
    if (studies.empty()) return std::nullopt;
    const auto degrees_of_freedom = static_cast<double>(studies.size() - 1);
    const Weighted fixed = weighted(studies, 0.0);
    return pooled(fixed, fixed, tau2_of(fixed, degrees_of_freedom), degrees_of_freedom);
}

std::optional<PooledOdds> dersimonian_laird(std::span<const StudyTable> tables)
{
    const std::vector<LogOdds> studies = log_odds_of(tables);
    if (studies.empty()) return std::nullopt;
    const auto degrees_of_freedom = static_cast<double>(studies.size() - 1);
    const Weighted fixed = weighted(studies, 0.0);
    const double tau2 = tau2_of(fixed, degrees_of_freedom);
    return pooled(fixed, weighted(studies, tau2), tau2, degrees_of_freedom);
}

std::optional<double> mantel_haenszel(std::span<const StudyTable> tables)
{
    double above = 0.0;
    double below = 0.0;
    for (const StudyTable& t : tables) {
        const double all = t.treated_events + t.treated_others + t.control_events + t.control_others;
        if (all <= 0.0) continue;
        above += t.treated_events * t.control_others / all;
        below += t.treated_others * t.control_events / all;
    }
    return below > 0.0 ? std::optional{above / below} : std::nullopt;
}

}  // namespace downstage::cohort
