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

/// Values of ImageType, from the second on, of pages that look like slices and are none (PS3.3 C.7.6.1.1.2,
/// C.8.2.1.1.1 and what vendors write).
constexpr std::array<Kind, 14> no_slices{{
    {"LOCALIZER", "it is a localizer"},
    {"SCOUT", "it is a localizer"},
    {"MIP", "it is a maximum intensity projection, no slices of tissue"},
    {"MAX_IP", "it is a maximum intensity projection, no slices of tissue"},
    {"MINIP", "it is a minimum intensity projection, no slices of tissue"},
    {"MIN_IP", "it is a minimum intensity projection, no slices of tissue"},
    {"PROJECTION IMAGE", "it is a projection, no slices of tissue"},
    {"VRT", "it is a rendering, no slices of tissue"},
    {"VOLUME RENDERING", "it is a rendering, no slices of tissue"},
    {"MPR", "it was reformatted from other slices (MPR); give those"},
    {"CSA MPR", "it was reformatted from other slices (MPR); give those"},
    {"SCREEN SAVE", "it is a screen save"},
    {"DOSE_INFO", "it is a dose report"},
    {"DOSE", "it is a dose report"},
}};

std::string no_slices_because(const std::vector<std::string>& image_type)
{
    for (std::size_t n = 1; n < image_type.size(); ++n)
        for (const Kind& kind : no_slices)
            if (image_type[n] == kind.value) return std::string{kind.what};
    return {};
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
                                   unplaced_because(first),
                                   too_few_because(group)})
        if (!why.empty()) return why;
    if (group.is_mixed) return "positions repeat, and no attribute tells which images belong to one volume";
    return {};
}

}  // namespace downstage::dicom
