#include "suite.hpp"

#include "downstage/core/error.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <limits>

namespace downstage::evaluate_app {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

Json read_json(const fs::path& file)
{
    std::ifstream in{file, std::ios::binary};
    if (!in) throw Error{Errc::input, file.string() + " cannot be read"};
    try {
        return Json::parse(in);
    } catch (const Json::exception& failure) {
        throw Error{Errc::input, file.string() + " is no JSON: " + failure.what()};
    }
}

/// Calls `read(document)`; what is missing there is told with the file's name.
template <typename Read>
auto reading(const fs::path& file, const Read& read)
{
    const Json document = read_json(file);
    try {
        return read(document);
    } catch (const Json::exception& failure) {
        throw Error{Errc::input, file.string() + " is not as docs/accuracy.md says: " + failure.what()};
    }
}

std::optional<double> number(const Json& object, const char* key)
{
    if (!object.contains(key) || object.at(key).is_null()) return std::nullopt;
    return object.at(key).get<double>();
}

PointLps place_of(const Json& at)
{
    return {at.at(0), at.at(1), at.at(2)};
}

TrueLesion true_lesion(const Json& lesion)
{
    return {.name = lesion.at("name"),
            .is_cyst = lesion.value("kind", "tumour") == "cyst",
            .long_axis_mm = lesion.at("long_axis_mm"),
            .short_axis_mm = lesion.at("short_axis_mm"),
            .volume_ml = lesion.at("volume_ml"),
            .contrast_hu =
                std::abs(number(lesion, "contrast_hu").value_or(std::numeric_limits<double>::quiet_NaN()))};
}

FoundLesion found_lesion(const Json& lesion)
{
    return {.id = lesion.value("id", 0),
            .centroid = place_of(lesion.at("centroid_mm")),
            .long_axis_mm = lesion.at("longest_diameter_mm"),
            .short_axis_mm = number(lesion, "short_axis_mm").value_or(0.0),
            .volume_ml = number(lesion, "volume_ml").value_or(0.0),
            .confidence = number(lesion, "confidence").value_or(0.0)};
}

std::vector<FoundLesion> found_lesions(const Json& list)
{
    std::vector<FoundLesion> lesions;
    for (const Json& lesion : list)
        lesions.push_back(found_lesion(lesion));
    return lesions;
}

Result result_of(const Json& document)
{
    return {.liver_ml = number(document.at("liver"), "volume_ml"),
            .lesions = found_lesions(document.at("lesions")),
            .possible = found_lesions(document.at("possible")),
            .cysts = found_lesions(document.at("benign"))};
}

void read_truth(Case& one, const fs::path& folder)
{
    reading(folder / "truth.json", [&](const Json& truth) {
        one.liver_ml = number(truth, "liver_volume_ml");
        one.liver_known = truth.value("liver_source", "reference") != "measured";
        one.lesions_known = truth.value("lesions_known", true);
        for (const Json& lesion : truth.at("lesions"))
            one.lesions.push_back(true_lesion(lesion));
        for (const Json& known : truth.value("known", Json::array()))
            one.known.push_back(
                {.centre = place_of(known.at("centre_mm")), .radius_mm = known.at("radius_mm")});
        return 0;
    });
    if (fs::exists(folder / "truth.nii.gz")) one.truth_labels = folder / "truth.nii.gz";
}

void read_result(Case& one, const fs::path& folder)
{
    if (!fs::exists(folder / "measurements.json")) return;
    one.result = reading(folder / "measurements.json", result_of);
    one.found_labels = folder / "segmentation.nii.gz";
}

}  // namespace

std::vector<Case> read_suite(const fs::path& suite, const fs::path& results)
{
    return reading(suite / "index.json", [&](const Json& index) {
        std::vector<Case> cases;
        for (const Json& entry : index.at("cases")) {
            Case one{.name = entry.at("case"),
                     .kind = entry.at("kind"),
                     .base = entry.value("base", ""),
                     .liver_ml = {},
                     .lesions = {},
                     .known = {},
                     .truth_labels = {},
                     .result = {},
                     .found_labels = {}};
            read_truth(one, suite / one.name);
            read_result(one, results / one.name);
            cases.push_back(std::move(one));
        }
        return cases;
    });
}

}  // namespace downstage::evaluate_app
