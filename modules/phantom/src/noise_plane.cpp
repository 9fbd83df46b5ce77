#include "noise_plane.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace downstage::phantom {

namespace {

constexpr double wider = 2.5;        // the wide Gaussian against the narrow one
constexpr double wide_share = 0.85;  // how much of what the wide one passes is taken away

/// A Gaussian of unit sum over 2 reach + 1 pixels.
std::vector<double> gaussian(double sd_px, std::size_t reach)
{
    std::vector<double> weights(2 * reach + 1, 0.0);
    weights[reach] = 1.0;
    if (sd_px == 0.0) return weights;
    for (std::size_t n = 0; n < weights.size(); ++n) {
        const double off = static_cast<double>(n) - static_cast<double>(reach);
        weights[n] = std::exp(-off * off / (2.0 * sd_px * sd_px));
    }
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (double& weight : weights)
        weight /= sum;
    return weights;
}

double product(const std::vector<double>& a, const std::vector<double>& b)
{
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

/// Both sides of a separable kernel.
struct Kernel {
    std::vector<double> along_row, along_column;
};

Kernel kernel(const NoiseOptions& options, double times, std::size_t reach)
{
    return {gaussian(times * options.grain_columns, reach), gaussian(times * options.grain_rows, reach)};
}

/// Sum over the products of two kernels' weights, which is what white noise of sd 1 correlates by.
double product(const Kernel& a, const Kernel& b)
{
    return product(a.along_row, b.along_row) * product(a.along_column, b.along_column);
}

/// The slice filtered; what lies beyond one edge is what lies within the opposite one, so that the noise is
/// equally strong everywhere.
std::vector<double> filtered(const std::vector<double>& values, const NoiseOptions& options, const Kernel& by)
{
    const std::size_t columns = options.columns;
    const std::size_t rows = options.rows;
    const std::size_t reach = by.along_row.size() / 2;
    std::vector<double> half(values.size());
    std::vector<double> padded(columns + 2 * reach);
    for (std::size_t y = 0; y < rows; ++y) {
        for (std::size_t x = 0; x < padded.size(); ++x)
            padded[x] = values[y * columns + (x + columns * reach - reach) % columns];
        for (std::size_t n = 0; n < by.along_row.size(); ++n)
            for (std::size_t x = 0; x < columns; ++x)
                half[y * columns + x] += by.along_row[n] * padded[x + n];
    }
    std::vector<double> whole(values.size());
    for (std::size_t y = 0; y < rows; ++y)
        for (std::size_t n = 0; n < by.along_column.size(); ++n) {
            const std::size_t from = (y + n + rows * reach - reach) % rows;
            for (std::size_t x = 0; x < columns; ++x)
                whole[y * columns + x] += by.along_column[n] * half[from * columns + x];
        }
    return whole;
}

}  // namespace

NoisePlane::NoisePlane(const NoiseOptions& options) : values_(options.columns * options.rows)
{
    if (options.sd == 0.0) return;
    if (options.grain_columns == 0.0) {
        for (std::size_t n = 0; n < values_.size(); ++n)
            values_[n] = static_cast<float>(options.sd * normal_noise(options.stream, options.first + n));
        return;
    }
    std::vector<double> white(values_.size());
    for (std::size_t n = 0; n < white.size(); ++n)
        white[n] = normal_noise(options.stream, options.first + n);
    const auto reach = static_cast<std::size_t>(
        std::ceil(3.0 * wider * std::max(options.grain_columns, options.grain_rows)));
    const Kernel narrow = kernel(options, 1.0, reach);
    const Kernel wide = kernel(options, wider, reach);
    const double variance = product(narrow, narrow) - 2.0 * wide_share * product(narrow, wide) +
                            wide_share * wide_share * product(wide, wide);
    const double gain = options.sd / std::sqrt(variance);
    const std::vector<double> fine = filtered(white, options, narrow);
    const std::vector<double> coarse = filtered(white, options, wide);
    for (std::size_t n = 0; n < values_.size(); ++n)
        values_[n] = static_cast<float>(gain * (fine[n] - wide_share * coarse[n]));
}

}  // namespace downstage::phantom
