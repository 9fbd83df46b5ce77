#include "downstage/evaluation/agreement.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace downstage::evaluation {

namespace {

constexpr double normal_95 = 1.96;

std::optional<Agreement> agreement_of_differences(const std::vector<double>& differences)
{
    if (differences.empty()) return std::nullopt;
    const auto count = static_cast<double>(differences.size());
    const double mean = std::accumulate(differences.begin(), differences.end(), 0.0) / count;
    double squares = 0.0;
    std::vector<double> absolute;
    for (const double difference : differences) {
        squares += (difference - mean) * (difference - mean);
        absolute.push_back(std::abs(difference));
    }
    const double sd = differences.size() < 2 ? 0.0 : std::sqrt(squares / (count - 1.0));
    return Agreement{.pairs = differences.size(),
                     .bias = mean,
                     .median_absolute = median_of(absolute).value_or(0.0),
                     .low = mean - normal_95 * sd,
                     .high = mean + normal_95 * sd};
}

}  // namespace

std::optional<Agreement> agreement_of(std::span<const SizePair> pairs)
{
    std::vector<double> differences;
    for (const SizePair& pair : pairs)
        differences.push_back(pair.found - pair.truth);
    return agreement_of_differences(differences);
}

std::optional<Agreement> agreement_in_percent(std::span<const SizePair> pairs)
{
    std::vector<double> differences;
    for (const SizePair& pair : pairs)
        differences.push_back(100.0 * (pair.found - pair.truth) / pair.truth);
    return agreement_of_differences(differences);
}

std::optional<double> median_of(std::span<const double> values)
{
    if (values.empty()) return std::nullopt;
    std::vector<double> sorted{values.begin(), values.end()};
    std::ranges::sort(sorted);
    const std::size_t middle = sorted.size() / 2;
    if (sorted.size() % 2 == 1) return sorted[middle];
    return 0.5 * (sorted[middle - 1] + sorted[middle]);
}

}  // namespace downstage::evaluation
