#include "tissue_plane.hpp"

#include "downstage/phantom/noise.hpp"

#include "displacement.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace downstage::phantom {

namespace {

Ball around_it(const Ellipsoid& body)
{
    const auto& h = body.half_axes_mm;
    return {body.centre, std::max({h.i, h.j, h.k})};
}

Ball around_it(const CappedCylinder& body)
{
    return {body.centre, body.half_length_mm + body.radius_mm};
}

Ball around_it(const EllipticCylinder& body)
{
    const auto& h = body.half_axes_mm;
    return {body.centre, std::hypot(std::max(h.i, h.j), h.k)};
}

Ball around_it(const Band& body)
{
    return {body.centre, std::hypot(std::max(body.half_axis_i_mm, body.half_axis_j_mm), body.half_height_mm)};
}

/// A shape with its number from 1 as value, and the rows of a slice that it may meet.
struct Met {
    Painted shape;
    double first_row{}, last_row{};
};

/// The shapes that the slice meets, in their order.
std::vector<Met> met(const ValuedAnatomy& anatomy, const SliceLattice& slice, const VectorLps& shift)
{
    const double down_mm = length_mm(slice.down);
    std::vector<Met> shapes;
    for (std::size_t n = 0; n < anatomy.shapes.size(); ++n) {
        const Ball ball = around(anatomy.shapes[n]);
        const VectorLps to_centre = ball.centre + shift - slice.first;
        if (std::abs(dot(to_centre, slice.normal)) > ball.radius_mm + slice.thickness_mm / 2.0) continue;
        const double row = dot(to_centre, slice.down) / (down_mm * down_mm);
        const double reach = ball.radius_mm / down_mm;
        shapes.push_back({{anatomy.shapes[n], static_cast<float>(n + 1)}, row - reach, row + reach});
    }
    return shapes;
}

std::vector<Painted> met_by_row(const std::vector<Met>& shapes, std::size_t y)
{
    const auto row = static_cast<double>(y);
    std::vector<Painted> result;
    for (const Met& one : shapes)
        if (one.first_row <= row && row <= one.last_row) result.push_back(one.shape);
    return result;
}

/// Mottle of unit sd, one value for three by three of the lattice, for each width of mottle there is.
class MottlePlanes {
public:
    MottlePlanes(const ValuedAnatomy& anatomy, const SliceLattice& slice, const VectorLps& shift)
    {
        std::map<double, std::size_t> known;
        for (const Mottle& mottle : anatomy.mottle) {
            if (mottle.hu == 0.0) {
                which_.push_back(nothing);
                continue;
            }
            const auto [at, is_new] = known.try_emplace(mottle.scale_mm, planes_.size());
            if (is_new) planes_.push_back(plane(anatomy, mottle.scale_mm, slice, shift));
            which_.push_back(at->second);
        }
    }

    /// Adds the mottle of tissue number `tissue` at a place of the lattice.
    [[nodiscard]] float at(std::size_t tissue, std::size_t x, std::size_t y) const
    {
        if (which_[tissue] == nothing) return 0.0F;
        return planes_[which_[tissue]].row(y / coarser)[x / coarser];
    }

private:
    static constexpr std::size_t coarser = 3;
    static constexpr std::size_t nothing = static_cast<std::size_t>(-1);

    static Plane
    plane(const ValuedAnatomy& anatomy, double scale_mm, const SliceLattice& slice, const VectorLps& shift)
    {
        Plane result = plane_of(slice.width / coarser + 1, slice.height / coarser + 1);
        const Texture texture{.seed = mixed(anatomy.seed ^ texture_stream), .scale_mm = scale_mm};
        for (std::size_t y = 0; y < result.height; ++y)
            for (std::size_t x = 0; x < result.width; ++x) {
                const PointLps place =
                    place_in(slice, static_cast<double>(coarser * x), static_cast<double>(coarser * y));
                result.row(y)[x] = static_cast<float>(texture_at(texture, place + (-1.0) * shift));
            }
        return result;
    }

    std::vector<Plane> planes_;
    std::vector<std::size_t> which_;
};

Plane undeformed(const ValuedAnatomy& anatomy, const SliceLattice& slice, const VectorLps& shift)
{
    const std::vector<Met> all = met(anatomy, slice, shift);
    const MottlePlanes mottle{anatomy, slice, shift};
    const int depths = slice.depths > 0 ? slice.depths : depths_of(slice.thickness_mm);
    Plane plane = plane_of(slice.width, slice.height);
    std::vector<float> numbers(slice.width);
    for (std::size_t y = 0; y < slice.height; ++y) {
        const std::span<float> row = plane.row(y);
        const std::vector<Painted> shapes = met_by_row(all, y);
        for (int n = 0; n < depths; ++n) {
            const PointLps start = place_in(slice, 0.0, static_cast<double>(y)) +
                                   depth_offset(slice, n, depths) + (-1.0) * shift;
            std::ranges::fill(numbers, 0.0F);
            paint(shapes, {start, slice.across}, numbers);
            for (std::size_t x = 0; x < row.size(); ++x) {
                const auto tissue = static_cast<std::size_t>(numbers[x]);
                row[x] += anatomy.values[tissue];
                if (!anatomy.mottle.empty() && anatomy.mottle[tissue].hu != 0.0)
                    row[x] += static_cast<float>(anatomy.mottle[tissue].hu) * mottle.at(tissue, x, y);
            }
        }
        for (float& value : row)
            value /= static_cast<float>(depths);
    }
    return plane;
}

/// First and last of the values from 0 to `count` - 1 within `reach` of `middle`.
struct Span {
    std::size_t first{}, end{};
};

Span span_about(double middle, double reach, std::size_t count)
{
    const auto last = static_cast<double>(count);
    return {static_cast<std::size_t>(std::clamp(std::floor(middle - reach), 0.0, last)),
            static_cast<std::size_t>(std::clamp(std::ceil(middle + reach) + 1.0, 0.0, last))};
}

}  // namespace

Ball around(const Shape& shape)
{
    return std::visit([](const auto& body) { return around_it(body); }, shape);
}

Plane tissue_plane(const ValuedAnatomy& anatomy, const SliceLattice& slice, const VectorLps& shift)
{
    Plane plane = undeformed(anatomy, slice, shift);
    if (anatomy.deformation.sd_mm == 0.0) return plane;
    return deformed(plane, slice, anatomy.deformation, shift);
}

void overlay(Plane& plane, const SliceLattice& slice, const Body& body, const Tone& tone, double edge_mm)
{
    constexpr double edges = 6.0;  // beyond six widths a logistic edge is below 0.3 %
    const Ball ball = around(body);
    const double reach_mm = ball.radius_mm + edges * edge_mm;
    const VectorLps to_centre = ball.centre - slice.first;
    if (std::abs(dot(to_centre, slice.normal)) > reach_mm + slice.thickness_mm / 2.0) return;
    const double across_mm = length_mm(slice.across);
    const double down_mm = length_mm(slice.down);
    const Span xs =
        span_about(dot(to_centre, slice.across) / (across_mm * across_mm), reach_mm / across_mm, plane.width);
    const Span ys =
        span_about(dot(to_centre, slice.down) / (down_mm * down_mm), reach_mm / down_mm, plane.height);
    const int depths = depths_of(slice.thickness_mm);
    for (std::size_t y = ys.first; y < ys.end; ++y)
        for (std::size_t x = xs.first; x < xs.end; ++x) {
            const PointLps middle = place_in(slice, static_cast<double>(x), static_cast<double>(y));
            double share = 0.0;
            double sum = 0.0;
            for (int n = 0; n < depths; ++n) {
                const PointLps place = middle + depth_offset(slice, n, depths);
                const double deep_mm = depth_mm(body, place);
                const double alpha = coverage(deep_mm, edge_mm);
                if (alpha == 0.0) continue;
                share += alpha;
                sum += alpha * tone_at(tone, deep_mm, place);
            }
            float& value = plane.row(y)[x];
            value += static_cast<float>((sum - share * double{value}) / depths);
        }
}

}  // namespace downstage::phantom
