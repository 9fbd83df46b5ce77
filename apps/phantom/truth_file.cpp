#include "truth_file.hpp"

#include "downstage/core/error.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>

namespace downstage::phantom_app {

namespace {

using Json = nlohmann::ordered_json;

/// Six decimals: nanometres, and no trace of the machine's last binary digits.
double rounded(double value)
{
    constexpr double decimals = 1e6;
    return std::round(value * decimals) / decimals + 0.0;
}

Json json_of(const PointLps& place)
{
    return {rounded(place.x_mm), rounded(place.y_mm), rounded(place.z_mm)};
}

Json json_of(const phantom::LesionTruth& lesion)
{
    Json json{{"name", lesion.name},
              {"kind", lesion.kind == phantom::LesionKind::cyst ? "cyst" : "tumour"},
              {"centre_mm", json_of(lesion.centre)},
              {"long_axis_mm", rounded(lesion.size.long_axis_mm)},
              {"short_axis_mm", rounded(lesion.size.short_axis_mm)},
              {"max_3d_mm", rounded(lesion.size.max_3d_mm)},
              {"volume_ml", rounded(lesion.size.volume_ml)},
              {"contrast_hu", nullptr},
              {"mean_contrast_hu", nullptr},
              {"viable", nullptr}};
    if (lesion.contrast_hu) json["contrast_hu"] = rounded(*lesion.contrast_hu);
    if (lesion.mean_contrast_hu) json["mean_contrast_hu"] = rounded(*lesion.mean_contrast_hu);
    if (lesion.viable)
        json["viable"] = {{"long_axis_mm", rounded(lesion.viable->long_axis_mm)},
                          {"volume_ml", rounded(lesion.viable->volume_ml)}};
    return json;
}

}  // namespace

void write_truth(const TruthDocument& document, const std::filesystem::path& file)
{
    Json json{{"schema", "downstage.phantom-truth/1"},
              {"scene", document.scene},
              {"base", nullptr},
              {"tilt_deg", document.truth.tilt_deg},
              {"liver_volume_ml", rounded(document.truth.liver_volume_ml)},
              {"liver_source", document.liver_source},
              {"lesions", Json::array()},
              {"known", Json::array()}};
    if (!document.base.empty()) json["base"] = document.base;
    for (const phantom::LesionTruth& lesion : document.truth.lesions)
        json["lesions"].push_back(json_of(lesion));
    for (const phantom::Ball& ball : document.known)
        json["known"].push_back(
            Json{{"centre_mm", json_of(ball.centre)}, {"radius_mm", rounded(ball.radius_mm)}});
    std::ofstream out{file, std::ios::binary};
    out << json.dump(2) << '\n';
    out.close();
    if (!out) throw Error{Errc::output, "cannot write " + file.string()};
}

}  // namespace downstage::phantom_app
