#include "downstage/report/page.hpp"

#include "drawing.hpp"
#include "numbers.hpp"
#include "sample.hpp"

#include <opencv2/imgproc.hpp>

namespace downstage::report {
namespace {

constexpr std::int32_t panel_pixels = 480;
constexpr std::int32_t gap_pixels = 8;

PointLps middle(const Diameter& diameter)
{
    return diameter.ends[0] + 0.5 * (diameter.ends[1] - diameter.ends[0]);
}

/// "Lesion 1: slice 31 of 60, window 110/260 HU"
std::string with_slice_and_window(const std::string& caption,
                                  const Grid& grid,
                                  std::int32_t slice_k,
                                  const Window& window)
{
    return caption + (caption.empty() ? "slice " : ": slice ") + std::to_string(slice_k + 1) + " of " +
           std::to_string(grid.size.k) + ", window " + fixed(window.centre_hu, 0) + "/" +
           fixed(window.width_hu, 0) + " HU";
}

/// The slice that was measured, not the plane of a rounded place near it.
PointLps onto_slice(const Grid& grid, const PointLps& point, std::int32_t slice_k)
{
    VoxelPlace place = to_voxel(grid, point);
    place.k = slice_k;
    return to_lps(grid, place);
}

cv::Mat beside(const cv::Mat& left, const cv::Mat& right)
{
    cv::Mat both(left.rows, left.cols + gap_pixels + right.cols, left.type(), cv::Scalar::all(255.0));
    left.copyTo(both.colRange(0, left.cols));
    right.copyTo(both.colRange(left.cols + gap_pixels, both.cols));
    return both;
}

}  // namespace

Picture key_image(const Volume& image,
                  const Segmented& found,
                  const LesionMeasurement& measured,
                  const std::string& caption)
{
    const Grid& grid = image.grid();
    const View view = slice_view(grid,
                                 onto_slice(grid, middle(measured.long_axis), measured.slice_k),
                                 {extent_around(measured.long_axis.length_mm), panel_pixels});
    const Window window = window_for(image, found);
    cv::Mat plain;
    cv::cvtColor(grey_picture(image, view, window), plain, cv::COLOR_GRAY2BGR);
    draw_sides(plain, view);
    draw_scale_bar(plain, view);

    cv::Mat annotated = plain.clone();
    const auto of_this_lesion = [labels = found.lesions.voxels(), label = measured.label](std::size_t at) {
        return labels[at] == label;
    };
    draw_outline(annotated, coverage_picture(grid, view, of_this_lesion), colour::outline);
    draw_diameter(annotated, view, measured.short_axis, colour::short_axis);
    draw_diameter(annotated, view, measured.long_axis, colour::long_axis);
    return {.png = png_of(beside(plain, annotated)),
            .caption = with_slice_and_window(caption, grid, measured.slice_k, window)};
}

}  // namespace downstage::report
