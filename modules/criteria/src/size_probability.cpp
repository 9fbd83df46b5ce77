#include "downstage/criteria/size_probability.hpp"

#include <cmath>
#include <numbers>
#include <vector>

namespace downstage::criteria {

namespace {

/// Standard normal distribution function.
double normal_cdf(double z)
{
    return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

/// Probabilities of 0, 1, 2 ... real lesions, all of them within the limit; more than `most` are dropped.
/// It is the product of one factor (absent + present * x) for each lesion, and the power of x is the count.
class CountedWithin {
public:
    explicit CountedWithin(std::size_t most) : by_count_(most + 1, 0.0) { by_count_[0] = 1.0; }

    void add(double probability_real, double probability_within)
    {
        for (std::size_t count = by_count_.size(); count-- > 0;) {
            by_count_[count] *= 1.0 - probability_real;
            if (count > 0) by_count_[count] += by_count_[count - 1] * probability_real * probability_within;
        }
    }

    [[nodiscard]] double of(std::size_t count) const { return by_count_[count]; }

private:
    std::vector<double> by_count_;
};

}  // namespace

double probability_within(const LesionSize& size, const SizeLimit& limit)
{
    constexpr double normal_95 = 1.959964;
    const double sd_mm = 0.5 * (size.ci95_mm.high - size.ci95_mm.low) / normal_95;
    if (sd_mm <= 0.0) return within(to_tenths(size.diameter_mm), limit) ? 1.0 : 0.0;
    const double middle_mm = 0.5 * (size.ci95_mm.high + size.ci95_mm.low);
    return normal_cdf((from_tenths(limit.limit) - middle_mm) / sd_mm);
}

double probability_by_size(const SizeRule& rule, const TumourBurden& burden)
{
    CountedWithin as_single{1};
    CountedWithin as_several{rule.most_lesions};
    const auto add = [&](const LesionSize& size, double probability_real) {
        as_single.add(probability_real, probability_within(size, rule.single));
        as_several.add(probability_real, probability_within(size, rule.each));
    };
    for (const LesionSize& size : burden.lesions)
        add(size, 1.0);
    for (const PossibleLesion& lesion : burden.possible)
        add(lesion.size, lesion.probability_real);

    double met = as_single.of(1);
    for (std::size_t count = 2; count <= rule.most_lesions; ++count)
        met += as_several.of(count);
    return met;
}

}  // namespace downstage::criteria
