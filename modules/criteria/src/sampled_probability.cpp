#include "downstage/criteria/size_probability.hpp"

#include "read_sizes.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace downstage::criteria {

namespace {

// A Korobov lattice: point i has the coordinates i, i*a, i*a*a ... modulo a prime. 4093 points keep every
// single lesion's probability within 1/8186; of fourteen multipliers tried, this one kept products of up to
// five coordinates nearest to their exact value (0.002 at worst; size_probability_test).
constexpr std::uint64_t points = 4093;
constexpr std::uint64_t multiplier = 890;
/// Beyond so many standard deviations nothing is sampled: less than one point in a thousand lattices.
constexpr double far_sd = 5.0;

/// The z below which a share of (n + 1/2) / points of a normal distribution lies, by Newton's method.
double quantile(std::size_t n)
{
    const double share = (static_cast<double>(n) + 0.5) / static_cast<double>(points);
    constexpr double inverse_sqrt_2_pi = 0.39894228040143267794;
    double low = -5.0;
    double high = 5.0;
    constexpr int halvings = 20;  // to 1e-5, then Newton doubles the digits
    for (int step = 0; step < halvings; ++step) {
        const double middle = 0.5 * (low + high);
        (normal_cdf(middle) < share ? low : high) = middle;
    }
    const double z = 0.5 * (low + high);
    return z - (normal_cdf(z) - share) / (inverse_sqrt_2_pi * std::exp(-0.5 * z * z));
}

const std::array<double, points>& quantiles()
{
    static const std::array<double, points> table = [] {
        std::array<double, points> all{};
        for (std::size_t n = 0; n < all.size(); ++n)
            all[n] = quantile(n);
        return all;
    }();
    return table;
}

/// Walks through the coordinates of one point of the lattice.
class Point {
public:
    explicit Point(std::uint64_t index) : at_{index} {}

    double next_normal() { return quantiles()[take()]; }
    double next_share() { return (static_cast<double>(take()) + 0.5) / static_cast<double>(points); }

private:
    std::size_t take()
    {
        const std::uint64_t here = at_;
        at_ = at_ * multiplier % points;
        return static_cast<std::size_t>(here);
    }
    std::uint64_t at_;
};

/// True sizes are not rounded: a thousandth of a millimetre is far below any measuring error.
Range sampled_size(const LesionSize& size, double z)
{
    const TrueSize truth = true_size(size);
    if (truth.sd_mm <= 0.0) return exactly(to_tenths(size.diameter_mm) * raw_units_per_tenth);
    const double sampled_mm = std::max(0.0, truth.middle_mm + z * truth.sd_mm);
    return exactly(std::llround(sampled_mm * 10.0 * raw_units_per_tenth));
}

Findings without_rounding(const Findings& findings)
{
    Findings raw = findings;
    raw.set_units_per_tenth(raw_units_per_tenth);
    return raw;
}

/// Every size within its far ends: what holds for all of them needs no sampling.
Truth truth_everywhere(const Rule& rule, const TumourBurden& burden, const Findings& findings)
{
    if (!burden.possible.empty()) return Truth::unknown;
    std::vector<Range> sizes;
    sizes.reserve(burden.lesions.size());
    for (const LesionSize& size : burden.lesions)
        sizes.push_back({.low = sampled_size(size, -far_sd).low, .high = sampled_size(size, far_sd).high});
    Findings known = without_rounding(findings);
    set_sizes(known, sizes);
    return truth_of(rule, known);
}

}  // namespace

double sampled_probability(const Rule& rule, const TumourBurden& burden, const Findings& findings)
{
    const Truth everywhere = truth_everywhere(rule, burden, findings);
    if (everywhere != Truth::unknown) return everywhere == Truth::yes ? 1.0 : 0.0;

    Findings sampled = without_rounding(findings);
    std::vector<Range> sizes;
    std::uint64_t met = 0;
    for (std::uint64_t index = 0; index < points; ++index) {
        Point point{index};
        sizes.clear();
        for (const LesionSize& size : burden.lesions)
            sizes.push_back(sampled_size(size, point.next_normal()));
        for (const PossibleLesion& lesion : burden.possible) {
            const bool is_real = point.next_share() < lesion.probability_real;
            const Range size = sampled_size(lesion.size, point.next_normal());
            if (is_real) sizes.push_back(size);
        }
        set_sizes(sampled, sizes);
        if (truth_of(rule, sampled) != Truth::no) ++met;
    }
    return static_cast<double>(met) / static_cast<double>(points);
}

}  // namespace downstage::criteria
