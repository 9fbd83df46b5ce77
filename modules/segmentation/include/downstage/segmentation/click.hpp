#pragma once

#include "downstage/core/lesion.hpp"

#include <optional>
#include <vector>

namespace downstage::segmentation {

/// One lesion a click, LPS mm: the region around the click that differs from its surroundings, darker or
/// brighter, its border where 0.4 of the contrast is left. The liver, where it was found and holds the click,
/// bounds the region; elsewhere any organ will do. A region reaches at most 70 mm from its click. Where
/// nothing stands out, or an earlier click gave the same lesion, there is no finding but a notice that names
/// the click. Confidence grows with contrast over noise, from 0.5. Throws `Error{usage}` for a click outside
/// the body or the image, naming it.
[[nodiscard]] Segmented
lesions_at(const Volume& ct, const std::optional<Mask>& liver, const std::vector<PointLps>& clicks);

/// A straight line that somebody drew along the longest axis of a lesion in one slice (RECIST 1.1).
struct Line {
    PointLps from, to;
    friend bool operator==(const Line&, const Line&) = default;
};

/// Where somebody says that lesions are.
struct Hints {
    std::vector<PointLps> clicks;
    std::vector<Line> lines;
    /// About where the liver is, on any grid: names the organ, bounds nothing.
    std::optional<Mask> about_liver;
};

/// As `lesions_at`, clicks before lines, and one lesion a line: the region around its middle that ends where
/// the line ends. Where nothing there fits the line, no finding but a notice that names it. `Finding::organ`
/// is "liver" where a liver holds the lesion, "lung" where air surrounds it, else "unspecified".
[[nodiscard]] Segmented
lesions_by_hints(const Volume& ct, const std::optional<Mask>& liver, const Hints& hints);

}  // namespace downstage::segmentation
