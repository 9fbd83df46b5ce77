#pragma once

#include "downstage/core/image.hpp"
#include "downstage/core/notice.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace downstage {

enum class FindingKind {
    lesion,    ///< counted
    possible,  ///< listed apart, enters a verdict's probability only
    cyst,      ///< benign, listed apart
};

/// One thing found in or near the liver: its label in the label map and how sure the finder is.
struct Finding {
    std::uint16_t label{};
    FindingKind kind{FindingKind::lesion};
    double confidence{};          ///< 0..1
    std::string why_not_counted;  ///< for `possible`: one sentence
    std::string organ{"liver"};   ///< "lung" where air is around it, "unspecified" elsewhere out of the liver
    friend bool operator==(const Finding&, const Finding&) = default;
};

/// The liver and what was found in it, all on the grid of the volume they were found in.
struct Segmented {
    Mask liver;                     ///< includes the lesions; empty grid when only lesions were given
    LabelMap lesions;               ///< label n belongs to the finding with that label
    std::vector<Finding> findings;  ///< most confident first
    std::string method;             ///< e.g. "weight-free", "external mask", "click"
    std::string version;
    bool mask_is_truth{};     ///< somebody drew the mask: measure its boundary, not the image's
    bool liver_is_cut_off{};  ///< the liver leaves the field of view: its volume is a lower bound
    double liver_confidence{1.0};
    std::vector<Notice> notices;
};

}  // namespace downstage
