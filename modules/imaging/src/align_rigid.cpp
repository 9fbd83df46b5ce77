#include "align_rigid.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace downstage::imaging {

namespace {

using Matrix4 = std::array<std::array<double, 4>, 4>;

struct Means {
    PointLps from, to;
};

Means means_of(const std::vector<Pairing>& pairings)
{
    VectorLps from;
    VectorLps to;
    double weight = 0.0;
    for (const Pairing& pair : pairings) {
        from = from + pair.weight * (pair.from - PointLps{});
        to = to + pair.weight * (pair.to - PointLps{});
        weight += pair.weight;
    }
    return {.from = PointLps{} + (1.0 / weight) * from, .to = PointLps{} + (1.0 / weight) * to};
}

/// Horn's matrix, whose largest eigenvector is the rotation's quaternion.
Matrix4 matrix_of(const std::vector<Pairing>& pairings, const Means& means)
{
    VectorLps x;
    VectorLps y;
    VectorLps z;  // rows of the sum of products from x to
    for (const Pairing& pair : pairings) {
        const VectorLps from = pair.from - means.from;
        const VectorLps to = pair.weight * (pair.to - means.to);
        x = x + from.x_mm * to;
        y = y + from.y_mm * to;
        z = z + from.z_mm * to;
    }
    return {{{x.x_mm + y.y_mm + z.z_mm, y.z_mm - z.y_mm, z.x_mm - x.z_mm, x.y_mm - y.x_mm},
             {y.z_mm - z.y_mm, x.x_mm - y.y_mm - z.z_mm, x.y_mm + y.x_mm, z.x_mm + x.z_mm},
             {z.x_mm - x.z_mm, x.y_mm + y.x_mm, -x.x_mm + y.y_mm - z.z_mm, y.z_mm + z.y_mm},
             {x.y_mm - y.x_mm, z.x_mm + x.z_mm, y.z_mm + z.y_mm, -x.x_mm - y.y_mm + z.z_mm}}};
}

/// The eigenvector of the largest eigenvalue of a symmetric matrix: powers of the matrix, shifted so that all
/// its eigenvalues are positive.
std::array<double, 4> largest_eigenvector(Matrix4 matrix)
{
    double bound = 0.0;
    for (const auto& row : matrix)
        bound = std::max(bound, std::accumulate(row.begin(), row.end(), 0.0, [](double sum, double value) {
                             return sum + std::abs(value);
                         }));
    for (std::size_t n = 0; n < 4; ++n)
        matrix.at(n).at(n) += bound;
    constexpr int squarings = 30;  // to the power of 2^30: small angles leave eigenvalues close together
    for (int n = 0; n < squarings; ++n) {
        Matrix4 square{};
        double largest = 0.0;
        for (std::size_t r = 0; r < 4; ++r)
            for (std::size_t c = 0; c < 4; ++c) {
                for (std::size_t m = 0; m < 4; ++m)
                    square.at(r).at(c) += matrix.at(r).at(m) * matrix.at(m).at(c);
                largest = std::max(largest, std::abs(square.at(r).at(c)));
            }
        if (largest == 0.0) return {1.0, 0.0, 0.0, 0.0};
        for (auto& row : square)
            for (double& value : row)
                value /= largest;
        matrix = square;
    }
    const auto norm = [](const std::array<double, 4>& row) {
        return std::sqrt(std::inner_product(row.begin(), row.end(), row.begin(), 0.0));
    };
    std::array<double, 4> best = *std::ranges::max_element(matrix, {}, norm);
    const double length = norm(best);
    for (double& value : best)
        value /= length;
    return best;
}

RigidMotion least_squares(const std::vector<Pairing>& pairings)
{
    const Means means = means_of(pairings);
    const auto [w, x, y, z] = largest_eigenvector(matrix_of(pairings, means));
    return {.rows = {{{w * w + x * x - y * y - z * z, 2.0 * (x * y - w * z), 2.0 * (x * z + w * y)},
                      {2.0 * (x * y + w * z), w * w - x * x + y * y - z * z, 2.0 * (y * z - w * x)},
                      {2.0 * (x * z - w * y), 2.0 * (y * z + w * x), w * w - x * x - y * y + z * z}}},
            .centre = means.from,
            .shift_mm = means.to - means.from};
}

}  // namespace

PointLps apply(const RigidMotion& motion, const PointLps& place)
{
    const VectorLps arm = place - motion.centre;
    return motion.centre +
           (VectorLps{dot(motion.rows[0], arm), dot(motion.rows[1], arm), dot(motion.rows[2], arm)} +
            motion.shift_mm);
}

PointLps undo(const RigidMotion& motion, const PointLps& place)
{
    const VectorLps arm = (place - motion.centre) + (-1.0 * motion.shift_mm);
    return motion.centre +
           (arm.x_mm * motion.rows[0] + arm.y_mm * motion.rows[1] + arm.z_mm * motion.rows[2]);
}

RigidMotion fitted_to(const std::vector<Pairing>& pairings, const RigidMotion& first)
{
    constexpr double kept = 0.6;
    constexpr int rounds = 8;
    RigidMotion motion = first;
    const auto keep =
        std::max<std::size_t>(3, static_cast<std::size_t>(kept * static_cast<double>(pairings.size())));
    for (int round = 0; round < rounds; ++round) {
        std::vector<Pairing> best = pairings;
        std::ranges::stable_sort(
            best, {}, [&](const Pairing& pair) { return distance_mm(apply(motion, pair.from), pair.to); });
        best.resize(std::min(keep, best.size()));
        motion = least_squares(best);
    }
    return motion;
}

}  // namespace downstage::imaging
