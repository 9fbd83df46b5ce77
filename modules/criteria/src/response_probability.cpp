#include "downstage/criteria/response_probability.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace downstage::criteria {

namespace {

constexpr double normal_95 = 1.959964;

/// A sum on the log scale.
struct LogSum {
    double mean{}, sd{};
};

LogSum log_of(const SumEstimate& sum)
{
    const double middle_mm = 0.5 * (sum.ci95_mm.low + sum.ci95_mm.high);
    const double sd_mm = 0.5 * (sum.ci95_mm.high - sum.ci95_mm.low) / normal_95;
    if (sd_mm <= 0.0 || middle_mm <= 0.0) return {.mean = std::log(sum.mm)};
    return {.mean = std::log(middle_mm), .sd = sd_mm / middle_mm};
}

/// That the sum is at most `limit_mm`.
double probability_at_most(const LogSum& sum, double limit_mm)
{
    if (limit_mm <= 0.0) return 0.0;
    const double gap = std::log(limit_mm) - sum.mean;
    // At a limit itself both readings of a certain sum are wrong by rounding alone; the exact rule decides
    // there.
    if (sum.sd <= 0.0) return gap >= 0.0 ? 1.0 : 0.0;
    return 0.5 * std::erfc(-gap / sum.sd / std::numbers::sqrt2);
}

double as_double(Ratio ratio)
{
    return static_cast<double>(ratio.numerator) / static_cast<double>(ratio.denominator);
}

/// Partial and progressive for a sum that is known to be `now_mm`.
CategoryProbabilities given(double now_mm, const SumHistory& sums, const TargetRules& rules)
{
    const double progressive_below_mm =
        std::min(now_mm / as_double(rules.progressive), now_mm - static_cast<double>(rules.least_growth_mm));
    const double partial_above_mm = now_mm / as_double(rules.partial);
    const LogSum baseline = log_of(sums.baseline);
    CategoryProbabilities p;
    p.partial = 1.0 - probability_at_most(baseline, partial_above_mm);
    if (sums.nadir) {
        p.progressive = probability_at_most(log_of(*sums.nadir), progressive_below_mm);
        p.partial *= 1.0 - p.progressive;
    } else {
        p.progressive = probability_at_most(baseline, progressive_below_mm);
    }
    return p;
}

/// The exact rule on sums without width.
CategoryProbabilities certain(const SumHistory& sums, const TargetRules& rules)
{
    const TenthsMm baseline = to_tenths(sums.baseline.mm);
    const TenthsMm nadir = sums.nadir ? to_tenths(sums.nadir->mm) : baseline;
    const TargetSum now{.measured = to_tenths(sums.now.mm), .lesion_is_seen = true};
    const Response response =
        target_response(now, {.baseline = baseline, .nadir = nadir}, rules, {}, Rounding::tenths).response;
    return {.partial = response == Response::partial ? 1.0 : 0.0,
            .stable = response == Response::stable ? 1.0 : 0.0,
            .progressive = response == Response::progressive ? 1.0 : 0.0};
}

bool has_width(const SumEstimate& sum)
{
    return log_of(sum).sd > 0.0;
}

/// 1, 4, 2, 4 ... 2, 4, 1.
double simpson_weight(int n, int steps)
{
    if (n == 0 || n == steps) return 1.0;
    return n % 2 == 1 ? 4.0 : 2.0;
}

/// Simpson's rule over +-6 sd of the present sum; beyond lies 2e-9 of it.
CategoryProbabilities integrated(const SumHistory& sums, const TargetRules& rules)
{
    constexpr int steps = 600;  // even; 0.02 sd a step
    constexpr double reach = 6.0;
    const LogSum now = log_of(sums.now);
    CategoryProbabilities total;
    double weight_sum = 0.0;
    for (int n = 0; n <= steps; ++n) {
        const double z = reach * (2.0 * n / steps - 1.0);
        const double weight = simpson_weight(n, steps) * std::exp(-0.5 * z * z);
        const CategoryProbabilities here = given(std::exp(now.mean + z * now.sd), sums, rules);
        total.partial += weight * here.partial;
        total.progressive += weight * here.progressive;
        weight_sum += weight;
    }
    total.partial /= weight_sum;
    total.progressive /= weight_sum;
    return total;
}

}  // namespace

SumChange change_of(const SumEstimate& before, const SumEstimate& now)
{
    const double sd = std::hypot(log_of(before).sd, log_of(now).sd);
    const double log_ratio = log_of(now).mean - log_of(before).mean;
    const auto percent = [](double log_change) { return 100.0 * std::expm1(log_change); };
    const Interval95 ci95{.low = percent(log_ratio - normal_95 * sd),
                          .high = percent(log_ratio + normal_95 * sd)};
    return {.percent = 100.0 * (now.mm - before.mm) / before.mm,
            .ci95_percent = ci95,
            .exceeds_noise = ci95.low > 0.0 || ci95.high < 0.0};
}

CategoryProbabilities category_probabilities(const SumHistory& sums, const TargetRules& rules)
{
    if (sums.now.mm <= 0.0) return {.complete = 1.0};
    if (has_width(sums.now)) {
        CategoryProbabilities p = integrated(sums, rules);
        p.stable = std::max(0.0, 1.0 - p.partial - p.progressive);
        return p;
    }
    const bool rest_has_width = has_width(sums.baseline) || (sums.nadir && has_width(*sums.nadir));
    if (!rest_has_width) return certain(sums, rules);
    CategoryProbabilities p = given(sums.now.mm, sums, rules);
    p.stable = std::max(0.0, 1.0 - p.partial - p.progressive);
    return p;
}

}  // namespace downstage::criteria
