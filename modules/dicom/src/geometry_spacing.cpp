#include "geometry_spacing.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <iterator>

namespace downstage::dicom {

namespace {

// A gap below three quarters of the median belongs to a finer part of the stack.
constexpr double finer_fraction = 0.75;
// So many equal wide gaps in a row, up to an end of the stack, are a coarser part and not slices that got
// lost.
constexpr std::size_t shortest_part = 3;

/// The lower median: of an even number of gaps, the one that is really there.
double median(std::vector<double> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

std::vector<double> gaps_of(std::span<const double> along_mm)
{
    std::vector<double> gaps;
    for (std::size_t n = 1; n < along_mm.size(); ++n)
        gaps.push_back(along_mm[n] - along_mm[n - 1]);
    return gaps;
}

double step_of(const std::vector<double>& gaps)
{
    const double common = median(gaps);
    std::vector<double> finer;
    std::ranges::copy_if(
        gaps, std::back_inserter(finer), [&](double gap) { return gap < finer_fraction * common; });
    return finer.size() < shortest_part ? common : median(finer);
}

std::int32_t step_at(const Ladder& ladder, std::size_t gap)
{
    return ladder.rung[gap + 1] - ladder.rung[gap];
}

/// Number of equal gaps that skip rungs, from one end of the stack inwards.
std::size_t coarse_gaps_from_front(const Ladder& ladder)
{
    std::size_t n = 0;
    while (n + 1 < ladder.rung.size() && step_at(ladder, n) > 1 && step_at(ladder, n) == step_at(ladder, 0))
        ++n;
    return n;
}

std::size_t coarse_gaps_from_back(const Ladder& ladder)
{
    const std::size_t last = ladder.rung.size() - 2;
    std::size_t n = 0;
    while (n <= last && step_at(ladder, last - n) > 1 && step_at(ladder, last - n) == step_at(ladder, last))
        ++n;
    return n;
}

/// Least squares of `along_mm` on the rungs.
void fit(Ladder& ladder, std::span<const double> along_mm)
{
    const auto count = static_cast<double>(along_mm.size());
    double mean_rung = 0.0;
    double mean_mm = 0.0;
    for (std::size_t n = 0; n < along_mm.size(); ++n) {
        mean_rung += ladder.rung[n] / count;
        mean_mm += along_mm[n] / count;
    }
    double covariance = 0.0;
    double variance = 0.0;
    for (std::size_t n = 0; n < along_mm.size(); ++n) {
        const double rung = ladder.rung[n] - mean_rung;
        covariance += rung * (along_mm[n] - mean_mm);
        variance += rung * rung;
    }
    ladder.spacing_mm = covariance / variance;
    ladder.first_mm = mean_mm - ladder.spacing_mm * mean_rung;
}

void find_largest_irregularity(Ladder& ladder, std::span<const double> along_mm)
{
    for (std::size_t n = 0; n < along_mm.size(); ++n) {
        const double off = std::abs(along_mm[n] - ladder.first_mm - ladder.rung[n] * ladder.spacing_mm);
        if (off <= ladder.largest_irregularity_mm) continue;
        ladder.largest_irregularity_mm = off;
        ladder.most_irregular = n;
    }
}

}  // namespace

double on_rung_mm(const Ladder& ladder)
{
    return std::max(0.06, 0.01 * ladder.spacing_mm);
}

double resample_limit_mm(const Ladder& ladder)
{
    return ladder.spacing_changes ? on_rung_mm(ladder) : 0.25 * ladder.spacing_mm;
}

Ladder ladder_of(std::span<const double> along_mm)
{
    assert(along_mm.size() >= 2);
    const std::vector<double> gaps = gaps_of(along_mm);
    const double step = step_of(gaps);
    Ladder ladder;
    ladder.rung.push_back(0);
    for (const double gap : gaps)
        ladder.rung.push_back(ladder.rung.back() +
                              std::max(1, static_cast<std::int32_t>(std::lround(gap / step))));
    fit(ladder, along_mm);
    find_largest_irregularity(ladder, along_mm);
    ladder.spacing_changes =
        std::max(coarse_gaps_from_front(ladder), coarse_gaps_from_back(ladder)) >= shortest_part;
    return ladder;
}

bool is_hole(const Ladder& ladder, std::size_t n)
{
    if (step_at(ladder, n) == 1) return false;
    const std::size_t front = coarse_gaps_from_front(ladder);
    const std::size_t back = coarse_gaps_from_back(ladder);
    const bool is_in_front = front >= shortest_part && n < front;
    const bool is_in_back = back >= shortest_part && n + back >= ladder.rung.size() - 1;
    return !is_in_front && !is_in_back;
}

}  // namespace downstage::dicom
