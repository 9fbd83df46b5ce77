#pragma once

#include "downstage/core/image.hpp"
#include "downstage/core/lesion.hpp"
#include "downstage/core/study_report.hpp"

#include <string>
#include <vector>

namespace downstage::report {

/// A PNG file, as bytes, and what it shows.
struct Picture {
    std::string png;
    std::string caption;
};

/// The axial slice of a finding's long axis, cropped around it: the measured outline, both axes with their
/// lengths, a scale bar. The window is chosen from the liver's density. Pixels are square in millimetres and
/// patient left is on the right of the picture, whatever the orientation of `image`. The left half shows the
/// same without marks, so that the edge can be judged. The caption goes on with the slice (counted from 1
/// along k) and the window.
[[nodiscard]] Picture key_image(const Volume& image,
                                const Segmented& found,
                                const LesionMeasurement& measured,
                                const std::string& caption);

/// Three planes through the liver (axial, coronal, sagittal) with its outline and the findings.
[[nodiscard]] Picture overview(const Volume& image, const Segmented& found);

struct PageContent {
    StudyReport report;
    Picture overview;
    std::vector<Picture> lesions, possible, benign;  ///< one each, in the order of the report's lists
};

/// report.html: one self-contained page. Verdict and margin first; then each lesion with its key image; the
/// geometry passport; the choice of series; provenance; limits of use. Prints well. Makes no network request.
[[nodiscard]] std::string page(const PageContent& content);

}  // namespace downstage::report
