#include "stacks_judge.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace downstage::dicom {

namespace {

struct Kind {
    std::string_view value;  ///< of ImageType (0008,0008)
    std::string_view what;
};

constexpr std::string_view localizer = "it is a localizer";
constexpr std::string_view projection = "it is a projection, no slices of tissue";
constexpr std::string_view rendering = "it is a rendering, no slices of tissue";
constexpr std::string_view page = "it is a page of text, no slices of tissue";
constexpr std::string_view flow_map = "it is a map of blood flow, no densities";
constexpr std::string_view reformatted = "it was reformatted from other slices (MPR); give those";

/// Values of ImageType, from the third on, of images that look like slices and are none: the defined terms of
/// PS3.3 C.8.2.1.1.1 and C.8.16.1.3, and what scanners write for maps and pages.
constexpr std::array<Kind, 19> no_slices{{
    {"LOCALIZER", localizer},
    {"SCOUT", localizer},
    {"MIP", projection},
    {"MAX_IP", projection},
    {"MINIP", projection},
    {"MIN_IP", projection},
    {"PROJECTION IMAGE", projection},
    {"VRT", rendering},
    {"VOLUME RENDERING", rendering},
    {"SCREEN SAVE", page},
    {"DOSE_INFO", page},
    {"DOSE", page},
    {"RCBF", flow_map},
    {"RCBV", flow_map},
    {"CBF", flow_map},
    {"CBV", flow_map},
    {"MTT", flow_map},
    {"TTP", flow_map},
    {"TMAX", flow_map},
}};

std::string no_slices_because(const std::vector<std::string>& image_type)
{
    for (std::size_t n = 2; n < image_type.size(); ++n) {
        for (const Kind& kind : no_slices)
            if (image_type[n] == kind.value) return std::string{kind.what};
        // Some scanners call a reconstruction of their own, ORIGINAL, an MPR.
        if (image_type[n].ends_with("MPR") && image_type.front() == "DERIVED")
            return std::string{reformatted};
    }
    return {};
}

/// CT values are Hounsfield units unless RescaleType (0028,1054) says otherwise (PS3.3 C.11.1.1.2).
std::string units_because(const ImageFacts& image)
{
    const bool is_hu =
        image.rescale_type.empty() || image.rescale_type == "US" || image.rescale_type.starts_with("HU");
    if (image.stack.modality != "CT" || is_hu) return {};
    return "its values are '" + image.rescale_type + "', no Hounsfield units";
}

std::string missing(const Plane& plane, const char* what)
{
    return std::string{what} + " is missing in '" + plane.facts->slice.file.filename().string() +
           "', so nobody can say where its pixels lie";
}

std::string unplaced_because(const Plane& plane)
{
    const PlaneFacts& facts = *plane.facts;
    if (!facts.has_position) return missing(plane, "ImagePositionPatient (0020,0032)");
    if (!facts.has_orientation) return missing(plane, "ImageOrientationPatient (0020,0037)");
    if (!facts.has_spacing) return missing(plane, "PixelSpacing (0028,0030)");
    return {};
}

std::string modality_because(const std::string& modality)
{
    if (modality == "CT" || modality == "MR") return {};
    if (modality.empty()) return "its modality is not told; give a CT";
    return "the modality " + modality + " is not measured; give a CT";
}

std::string too_few_because(const PlaneGroup& group)
{
    const std::size_t stations = stations_of(group.planes).back() + 1;
    if (stations >= 2) return {};
    if (!has_repeats(group.planes)) return "one slice is no volume";
    return "its " + std::to_string(group.planes.size()) +
           " images all lie at one place, as in bolus tracking; that is no volume";
}

}  // namespace

std::string why_unusable(const PlaneGroup& group)
{
    const Plane& first = group.planes.front();
    if (!first.image->photometric.starts_with("MONOCHROME"))
        return "its pixels are in colour (" + first.image->photometric + "), which holds no densities";
    for (const std::string& why : {no_slices_because(first.facts->image_type),
                                   modality_because(first.image->stack.modality),
                                   units_because(*first.image),
                                   unplaced_because(first),
                                   too_few_because(group)})
        if (!why.empty()) return why;
    if (group.is_mixed) return "positions repeat, and no attribute tells which images belong to one volume";
    return {};
}

}  // namespace downstage::dicom
