#include "downstage/core/parallel.hpp"
#include "downstage/imaging/resample.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace downstage::imaging {

namespace {

/// What one new sample along an axis is made of: a run of old voxels and their weights, which sum to 1.
struct Recipe {
    std::int32_t first{};
    std::vector<float> weights;
};

struct AxisPlan {
    std::int32_t old_size{}, new_size{};
    double old_mm{}, new_mm{}, sigma_mm{};
};

double weight_at(double away_mm, const AxisPlan& plan)
{
    if (plan.sigma_mm <= 0.0) return std::max(0.0, 1.0 - std::abs(away_mm) / plan.old_mm);
    return std::exp(-0.5 * std::pow(away_mm / plan.sigma_mm, 2));
}

/// Beyond four sigma a Gaussian holds 6e-5 of its weight.
double reach_mm(const AxisPlan& plan)
{
    return plan.sigma_mm > 0.0 ? 4.0 * plan.sigma_mm : plan.old_mm;
}

Recipe recipe_for(std::int32_t sample, const AxisPlan& plan)
{
    // Both axes begin at the same face of the box.
    const double centre = (sample + 0.5) * plan.new_mm / plan.old_mm - 0.5;
    const double reach = reach_mm(plan) / plan.old_mm;
    const auto clamped = [&](double voxel) {
        return std::clamp(static_cast<std::int32_t>(voxel), 0, plan.old_size - 1);
    };
    const std::int32_t first = clamped(std::ceil(centre - reach));
    const std::int32_t last = std::max(first, clamped(std::floor(centre + reach)));
    Recipe recipe{.first = first, .weights = {}};
    double sum = 0.0;
    for (std::int32_t voxel = first; voxel <= last; ++voxel)
        sum += weight_at((voxel - centre) * plan.old_mm, plan);
    for (std::int32_t voxel = first; voxel <= last; ++voxel)
        recipe.weights.push_back(
            sum > 0.0 ? static_cast<float>(weight_at((voxel - centre) * plan.old_mm, plan) / sum)
                      : 1.0F / static_cast<float>(last - first + 1));
    return recipe;
}

std::vector<Recipe> recipes(const AxisPlan& plan)
{
    std::vector<Recipe> all;
    all.reserve(static_cast<std::size_t>(plan.new_size));
    for (std::int32_t sample = 0; sample < plan.new_size; ++sample)
        all.push_back(recipe_for(sample, plan));
    return all;
}

/// One slice of the old image at the new spacing of its rows and columns.
std::vector<float> shrunk_slice(std::span<const std::int16_t> slice,
                                std::int32_t width,
                                const std::vector<Recipe>& columns,
                                const std::vector<Recipe>& rows,
                                const ShrinkOptions& options)
{
    const std::size_t new_width = columns.size();
    const std::size_t old_height = slice.size() / static_cast<std::size_t>(width);
    std::vector<float> narrow(new_width * old_height);
    std::vector<float> row(static_cast<std::size_t>(width));
    for (std::size_t j = 0; j < old_height; ++j) {
        std::ranges::transform(
            slice.subspan(j * row.size(), row.size()), row.begin(), [&options](std::int16_t hu) {
                return static_cast<float>(std::clamp(hu, options.low, options.high));
            });
        for (std::size_t i = 0; i < new_width; ++i) {
            const Recipe& recipe = columns[i];
            float sum = 0.0F;
            for (std::size_t n = 0; n < recipe.weights.size(); ++n)
                sum += recipe.weights[n] * row[static_cast<std::size_t>(recipe.first) + n];
            narrow[j * new_width + i] = sum;
        }
    }
    std::vector<float> small(new_width * rows.size());
    for (std::size_t j = 0; j < rows.size(); ++j)
        for (std::size_t n = 0; n < rows[j].weights.size(); ++n) {
            const float* from = &narrow[(static_cast<std::size_t>(rows[j].first) + n) * new_width];
            for (std::size_t i = 0; i < new_width; ++i)
                small[j * new_width + i] += rows[j].weights[n] * from[i];
        }
    return small;
}

}  // namespace

Volume shrink(const Volume& image, const ShrinkOptions& options)
{
    const Grid& from = image.grid();
    const Grid to = respaced(from, options.spacing_mm);
    const auto columns =
        recipes({from.size.i, to.size.i, from.spacing_mm.i, to.spacing_mm.i, options.sigma_mm.i});
    const auto rows =
        recipes({from.size.j, to.size.j, from.spacing_mm.j, to.spacing_mm.j, options.sigma_mm.j});
    const auto slices =
        recipes({from.size.k, to.size.k, from.spacing_mm.k, to.spacing_mm.k, options.sigma_mm.k});

    std::vector<std::vector<float>> thin(static_cast<std::size_t>(from.size.k));
    for_each_index(thin.size(), options.workers, [&](std::size_t k) {
        thin[k] =
            shrunk_slice(image.slice(static_cast<std::int32_t>(k)), from.size.i, columns, rows, options);
    });

    Volume result{to};
    for_each_index(slices.size(), options.workers, [&](std::size_t k) {
        const auto out = result.slice(static_cast<std::int32_t>(k));
        std::vector<float> sum(out.size());
        for (std::size_t n = 0; n < slices[k].weights.size(); ++n) {
            const std::vector<float>& slice = thin[static_cast<std::size_t>(slices[k].first) + n];
            for (std::size_t v = 0; v < sum.size(); ++v)
                sum[v] += slices[k].weights[n] * slice[v];
        }
        std::ranges::transform(
            sum, out.begin(), [](float hu) { return static_cast<std::int16_t>(std::lround(hu)); });
    });
    return result;
}

}  // namespace downstage::imaging
