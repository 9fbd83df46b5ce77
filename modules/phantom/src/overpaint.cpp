#include "downstage/phantom/overpaint.hpp"

#include "downstage/core/error.hpp"

#include "slab.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace downstage::phantom {

namespace {

double median(std::vector<double> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

constexpr double spread_px = 2.0;     // sd of the Gaussian that is taken as "without noise"
constexpr std::int32_t reach_px = 6;  // three of these

std::vector<double> gaussian_weights()
{
    std::vector<double> weights;
    for (std::int32_t n = -reach_px; n <= reach_px; ++n)
        weights.push_back(std::exp(-n * n / (2.0 * spread_px * spread_px)));
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (double& weight : weights)
        weight /= sum;
    return weights;
}

/// The image in a slice of a box, smoothed in plane; beyond the image its edge goes on.
class Smoothed {
public:
    Smoothed(const Volume& image, const Box& box, std::int32_t k)
        : box_{box}, width_{static_cast<std::size_t>(box.last.i - box.first.i) + 1}
    {
        const std::vector<double> weights = gaussian_weights();
        std::vector<std::vector<double>> rows;
        for (std::int32_t j = box.first.j - reach_px; j <= box.last.j + reach_px; ++j)
            rows.push_back(along_row(image, j, k, weights));
        for (std::size_t y = 0; y + weights.size() <= rows.size(); ++y)
            for (std::size_t x = 0; x < width_; ++x) {
                double value = 0.0;
                for (std::size_t n = 0; n < weights.size(); ++n)
                    value += weights[n] * rows[y + n][x];
                values_.push_back(value);
            }
    }
    [[nodiscard]] double at(std::int32_t i, std::int32_t j) const
    {
        return values_[static_cast<std::size_t>(j - box_.first.j) * width_ +
                       static_cast<std::size_t>(i - box_.first.i)];
    }

private:
    [[nodiscard]] std::vector<double>
    along_row(const Volume& image, std::int32_t j, std::int32_t k, const std::vector<double>& weights) const
    {
        const Size& size = image.grid().size;
        const std::int32_t from_j = std::clamp(j, 0, size.j - 1);
        std::vector<double> row;
        for (std::int32_t i = box_.first.i; i <= box_.last.i; ++i) {
            double value = 0.0;
            std::int32_t from_i = i - reach_px;
            for (const double weight : weights)
                value += weight * image[{std::clamp(from_i++, 0, size.i - 1), from_j, k}];
            row.push_back(value);
        }
        return row;
    }

    Box box_;
    std::size_t width_{};
    std::vector<double> values_;
};

/// Calls `visit` for every voxel of a box.
template <typename Visit>
void for_each_voxel(const Box& box, Visit visit)
{
    for (std::int32_t k = box.first.k; k <= box.last.k; ++k)
        for (std::int32_t j = box.first.j; j <= box.last.j; ++j)
            for (std::int32_t i = box.first.i; i <= box.last.i; ++i)
                visit(Index{i, j, k});
}

/// The slices from `first` to `last`, smoothed.
class SmoothedBox {
public:
    SmoothedBox(const Volume& image, const Box& box) : first_{box.first.k}
    {
        for (std::int32_t k = box.first.k; k <= box.last.k; ++k)
            slices_.emplace_back(image, box, k);
    }
    [[nodiscard]] double at(const Index& voxel) const
    {
        return slices_[static_cast<std::size_t>(voxel.k - first_)].at(voxel.i, voxel.j);
    }

private:
    std::int32_t first_;
    std::vector<Smoothed> slices_;
};

/// The liver in a shell around the body.
Surroundings surroundings(const Volume& image, const Mask& liver, const Body& body)
{
    constexpr double nearest_mm = 2.0;  // beyond the lesion's own blurred edge
    constexpr double farthest_mm = 12.0;
    constexpr std::size_t fewest = 30;
    const Box box = box_about(image.grid(), body, farthest_mm);
    std::vector<double> levels;
    std::vector<double> noise;
    const SmoothedBox smooth{image, box};
    for_each_voxel(box, [&](const Index& at) {
        if (liver[at] == 0) return;
        const double outside_mm = -depth_mm(body, to_lps(image.grid(), at));
        if (outside_mm < nearest_mm || outside_mm > farthest_mm) return;
        levels.push_back(image[at]);
        noise.push_back(std::abs(image[at] - smooth.at(at)));
    });
    if (levels.size() < fewest) throw Error{Errc::usage, "there is no liver around a lesion to be painted"};
    constexpr double sd_of_median_deviation = 1.4826;
    return {.liver_hu = median(levels), .noise_hu = sd_of_median_deviation * median(noise)};
}

/// How much of a voxel a lesion covers, and how dense it is there on the mean.
struct Covering {
    double share{};
    double tone_hu{};
};

Covering covering(const Overpaint& lesion, const Slab& slab, const PointLps& centre)
{
    double share = 0.0;
    double tone = 0.0;
    for (std::int32_t n = 0; n < slab.samples; ++n) {
        const PointLps place = centre + slab.offset(n);
        const double deep_mm = depth_mm(lesion.body, place);
        const double alpha = coverage(deep_mm, lesion.edge_mm);
        if (alpha == 0.0) continue;
        share += alpha;
        tone += alpha * tone_at(lesion.tone, deep_mm, place);
    }
    if (share == 0.0) return {};
    return {.share = share / slab.samples, .tone_hu = tone / share};
}

}  // namespace

Surroundings paint_over(Volume& image, const Mask& liver, const Overpaint& lesion)
{
    constexpr double edges = 6.0;    // beyond six widths a logistic edge is below 0.3 %
    constexpr double outlier = 2.5;  // sd: more is a vessel or the capsule, not noise
    constexpr double lowest_hu = -1024.0;
    constexpr double highest_hu = 3071.0;
    const Grid& grid = image.grid();
    const Surroundings around = surroundings(image, liver, lesion.body);
    const Slab slab = slab_of(grid);
    const Box box = box_about(grid, lesion.body, edges * lesion.edge_mm + grid.spacing_mm.k);
    const SmoothedBox smooth{image, box};
    for_each_voxel(box, [&](const Index& at) {
        const Covering covered = covering(lesion, slab, to_lps(grid, at));
        if (covered.share == 0.0) return;
        std::int16_t& voxel = image[at];
        const double noise =
            std::clamp(voxel - smooth.at(at), -outlier * around.noise_hu, outlier * around.noise_hu);
        const double inside = around.liver_hu + covered.tone_hu + noise;
        const double hu = voxel + covered.share * (inside - voxel);
        voxel = static_cast<std::int16_t>(std::lround(std::clamp(hu, lowest_hu, highest_hu)));
    });
    return around;
}

std::size_t label_body(LabelMap& labels, const Body& body, std::uint16_t label)
{
    const Grid& grid = labels.grid();
    const Slab slab = slab_of(grid);
    const Box box = box_about(grid, body, grid.spacing_mm.k);
    std::size_t labelled = 0;
    for_each_voxel(box, [&](const Index& at) {
        const PointLps centre = to_lps(grid, at);
        std::int32_t inside = 0;
        for (std::int32_t n = 0; n < slab.samples; ++n)
            if (depth_mm(body, centre + slab.offset(n)) > 0.0) ++inside;
        if (2 * inside <= slab.samples) return;
        labels[at] = label;
        ++labelled;
    });
    return labelled;
}

}  // namespace downstage::phantom
