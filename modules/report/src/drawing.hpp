#pragma once

#include "downstage/core/measurement.hpp"
#include "downstage/report/view.hpp"

#include <opencv2/core.hpp>

#include <string>

/// What is drawn over a picture of the patient. Pictures are 8-bit BGR; lines are one pixel, anti-aliased, so
/// that they do not hide the edge they mark.
namespace downstage::report {

/// Colours that stand apart from grey and from each other for colour-blind eyes too (Okabe & Ito 2008,
/// lightened for a dark ground). The style sheet's key uses the same ones.
namespace colour {
inline const cv::Scalar outline{66.0, 200.0, 255.0};      // #ffc842, amber
inline const cv::Scalar long_axis{255.0, 214.0, 86.0};    // #56d6ff, sky blue
inline const cv::Scalar short_axis{196.0, 150.0, 255.0};  // #ff96c4, pink
inline const cv::Scalar possible{60.0, 130.0, 255.0};     // #ff823c, vermilion
inline const cv::Scalar benign{255.0, 214.0, 86.0};       // #56d6ff
inline const cv::Scalar liver{170.0, 210.0, 120.0};       // #78d2aa, green
inline const cv::Scalar words{255.0, 255.0, 255.0};
}  // namespace colour

void draw_outline(cv::Mat& picture, const cv::Mat& coverage, const cv::Scalar& colour);

/// The line, its ends as short ticks, and its length in words beyond its second end.
void draw_diameter(cv::Mat& picture, const View& view, const Diameter& diameter, const cv::Scalar& colour);

/// A bar at the lower left: 50 mm where that is less than a third of the picture, else 20 mm.
void draw_scale_bar(cv::Mat& picture, const View& view);

/// The letters of the patient's sides in the middle of the left and upper edges.
void draw_sides(cv::Mat& picture, const View& view);

/// The bytes of a PNG file; the same picture gives the same bytes.
[[nodiscard]] std::string png_of(const cv::Mat& picture);

}  // namespace downstage::report
