#pragma once

#include "downstage/core/units.hpp"

#include <optional>
#include <span>

/// Odds ratios of several studies taken together (RULES.md 7.7).
namespace downstage::cohort {

/// One study: patients with and without the event, treated and control.
struct StudyTable {
    double treated_events{}, treated_others{}, control_events{}, control_others{};
};

/// `i2` is a fraction. Heterogeneity (`q`, `tau2`, `i2`) is 0 for a single study.
struct PooledOdds {
    double odds_ratio{};
    Interval95 ci95;
    double q{}, tau2{}, i2{};
};

/// Inverse variance, fixed effect. A table with one zero cell gets 0.5 in each; one without any event, or
/// with events only, says nothing and is left out. Empty without a table that says something.
[[nodiscard]] std::optional<PooledOdds> inverse_variance(std::span<const StudyTable> tables);

/// DerSimonian and Laird's random effects, from the same tables.
[[nodiscard]] std::optional<PooledOdds> dersimonian_laird(std::span<const StudyTable> tables);

/// Mantel and Haenszel's odds ratio, without correction; empty where it is undefined.
[[nodiscard]] std::optional<double> mantel_haenszel(std::span<const StudyTable> tables);

}  // namespace downstage::cohort
