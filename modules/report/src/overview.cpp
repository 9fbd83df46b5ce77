#include "downstage/report/page.hpp"

#include "drawing.hpp"
#include "sample.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace downstage::report {
namespace {

constexpr std::int32_t panel_pixels = 400;
constexpr std::int32_t gap_pixels = 8;

/// The voxels that something fills: their number, their mean place and the smallest box around them.
struct Filled {
    std::int64_t count{};
    std::array<std::int64_t, 3> sum{};
    Index low{std::numeric_limits<std::int32_t>::max(),
              std::numeric_limits<std::int32_t>::max(),
              std::numeric_limits<std::int32_t>::max()};
    Index high{-1, -1, -1};

    void add(const Index& at)
    {
        ++count;
        sum[0] += at.i;
        sum[1] += at.j;
        sum[2] += at.k;
        low = {std::min(low.i, at.i), std::min(low.j, at.j), std::min(low.k, at.k)};
        high = {std::max(high.i, at.i), std::max(high.j, at.j), std::max(high.k, at.k)};
    }
    [[nodiscard]] VoxelPlace mean() const
    {
        const auto n = static_cast<double>(count);
        return {static_cast<double>(sum[0]) / n,
                static_cast<double>(sum[1]) / n,
                static_cast<double>(sum[2]) / n};
    }
};

template <typename Visit>
void for_each_voxel(const Grid& grid, const Visit& visit)
{
    for (std::int32_t k = 0; k < grid.size.k; ++k)
        for (std::int32_t j = 0; j < grid.size.j; ++j)
            for (std::int32_t i = 0; i < grid.size.i; ++i)
                visit(Index{i, j, k});
}

Filled filled_by_liver(const Mask& liver)
{
    Filled filled;
    for_each_voxel(liver.grid(), [&](const Index& at) {
        if (liver[at] != 0) filled.add(at);
    });
    return filled;
}

std::map<std::uint16_t, Filled> filled_by_label(const LabelMap& lesions)
{
    std::map<std::uint16_t, Filled> filled;
    for_each_voxel(lesions.grid(), [&](const Index& at) {
        if (lesions[at] != 0) filled[lesions[at]].add(at);
    });
    return filled;
}

/// Where the three planes cross, and the cube around the liver that they show.
struct Scene {
    PointLps crossing;
    PointLps middle;
    double extent_mm{};
};

/// The largest counted lesion, else the largest finding of any kind.
std::optional<PointLps> largest_finding(const Segmented& found)
{
    const std::map<std::uint16_t, Filled> filled = filled_by_label(found.lesions);
    std::optional<PointLps> largest;
    std::pair<bool, std::int64_t> largest_rank{false, 0};
    for (const Finding& finding : found.findings) {
        const auto at = filled.find(finding.label);
        if (at == filled.end()) continue;
        const std::pair<bool, std::int64_t> rank{finding.kind == FindingKind::lesion, at->second.count};
        if (rank <= largest_rank) continue;
        largest_rank = rank;
        largest = to_lps(found.lesions.grid(), at->second.mean());
    }
    return largest;
}

/// The box around some points, along the patient's axes.
struct PatientBox {
    PointLps low{1e9, 1e9, 1e9};
    PointLps high{-1e9, -1e9, -1e9};

    void add(const PointLps& point)
    {
        low = {
            std::min(low.x_mm, point.x_mm), std::min(low.y_mm, point.y_mm), std::min(low.z_mm, point.z_mm)};
        high = {std::max(high.x_mm, point.x_mm),
                std::max(high.y_mm, point.y_mm),
                std::max(high.z_mm, point.z_mm)};
    }
    [[nodiscard]] VectorLps sides() const { return high - low; }
    [[nodiscard]] PointLps middle() const { return low + 0.5 * sides(); }
};

PatientBox box_of(const Grid& grid, const Index& low, const Index& high)
{
    PatientBox box;
    for (const std::int32_t k : {low.k, high.k})
        for (const std::int32_t j : {low.j, high.j})
            for (const std::int32_t i : {low.i, high.i})
                box.add(to_lps(grid, Index{i, j, k}));
    return box;
}

Scene scene_of(const Volume& image, const Segmented& found)
{
    constexpr double rim_mm = 30.0;  // shows what lies against the liver
    const Filled liver = filled_by_liver(found.liver);
    const Size& size = image.grid().size;
    const PatientBox box = liver.count > 0 ? box_of(image.grid(), liver.low, liver.high)
                                           : box_of(image.grid(), {}, {size.i - 1, size.j - 1, size.k - 1});
    const VectorLps sides = box.sides();
    return {.crossing = largest_finding(found).value_or(box.middle()),
            .middle = box.middle(),
            .extent_mm = std::max({sides.x_mm, sides.y_mm, sides.z_mm}) + rim_mm};
}

/// `scene.middle`, moved along the plane's normal to where the planes cross.
PointLps centre_of(const Scene& scene, Plane plane)
{
    PointLps centre = scene.middle;
    switch (plane) {
    case Plane::axial: centre.z_mm = scene.crossing.z_mm; break;
    case Plane::coronal: centre.y_mm = scene.crossing.y_mm; break;
    case Plane::sagittal: centre.x_mm = scene.crossing.x_mm; break;
    }
    return centre;
}

cv::Scalar colour_of(FindingKind kind)
{
    switch (kind) {
    case FindingKind::lesion: return colour::outline;
    case FindingKind::possible: return colour::possible;
    case FindingKind::cyst: return colour::benign;
    }
    return colour::outline;
}

/// For every label whether it belongs to a finding of this kind.
std::vector<bool> labels_of_kind(const Segmented& found, FindingKind kind)
{
    std::vector<bool> is_of_kind(std::numeric_limits<std::uint16_t>::max() + std::size_t{1}, false);
    for (const Finding& finding : found.findings)
        if (finding.kind == kind) is_of_kind[finding.label] = true;
    return is_of_kind;
}

cv::Mat panel(const Volume& image, const Segmented& found, const View& view)
{
    cv::Mat picture;
    cv::cvtColor(grey_picture(image, view, window_for(image, found)), picture, cv::COLOR_GRAY2BGR);
    const Grid& grid = image.grid();
    if (!found.liver.voxels().empty()) {
        const auto in_liver = [voxels = found.liver.voxels()](std::size_t at) { return voxels[at] != 0; };
        draw_outline(picture, coverage_picture(grid, view, in_liver), colour::liver);
    }
    for (const FindingKind kind : {FindingKind::cyst, FindingKind::possible, FindingKind::lesion}) {
        const std::vector<bool> is_of_kind = labels_of_kind(found, kind);
        const auto in_finding = [labels = found.lesions.voxels(), &is_of_kind](std::size_t at) {
            return is_of_kind[labels[at]];
        };
        draw_outline(picture, coverage_picture(grid, view, in_finding), colour_of(kind));
    }
    draw_sides(picture, view);
    draw_scale_bar(picture, view);
    return picture;
}

}  // namespace

Picture overview(const Volume& image, const Segmented& found)
{
    const Scene scene = scene_of(image, found);
    constexpr std::array<Plane, 3> planes{Plane::axial, Plane::coronal, Plane::sagittal};
    const int width = static_cast<int>(planes.size()) * (panel_pixels + gap_pixels) - gap_pixels;
    const cv::Mat all(panel_pixels, width, CV_8UC3, cv::Scalar::all(255.0));
    for (std::size_t n = 0; n < planes.size(); ++n) {
        const int left = static_cast<int>(n) * (panel_pixels + gap_pixels);
        const View view =
            plane_view(planes.at(n), centre_of(scene, planes.at(n)), {scene.extent_mm, panel_pixels});
        panel(image, found, view).copyTo(all.colRange(left, left + panel_pixels));
    }
    return {.png = png_of(all), .caption = "Axial, coronal and sagittal planes through the largest finding"};
}

}  // namespace downstage::report
