#include "truth_file.hpp"

#include "downstage/core/error.hpp"
#include "downstage/phantom/truth.hpp"

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

Json json_of(const phantom::LesionTruth& lesion)
{
    const auto& [x_mm, y_mm, z_mm] = lesion.centre;
    return {{"name", lesion.name},
            {"centre_mm", {rounded(x_mm), rounded(y_mm), rounded(z_mm)}},
            {"long_axis_mm", rounded(lesion.size.long_axis_mm)},
            {"short_axis_mm", rounded(lesion.size.short_axis_mm)},
            {"max_3d_mm", rounded(lesion.size.max_3d_mm)},
            {"volume_ml", rounded(lesion.size.volume_ml)}};
}

}  // namespace

void write_truth(const phantom::Scene& scene, const std::filesystem::path& file)
{
    const phantom::Truth truth = phantom::truth_of(scene);
    Json document{{"schema", "downstage.phantom-truth/1"},
                  {"scene", scene.name},
                  {"tilt_deg", truth.tilt_deg},
                  {"liver_volume_ml", rounded(truth.liver_volume_ml)},
                  {"lesions", Json::array()}};
    for (const phantom::LesionTruth& lesion : truth.lesions)
        document["lesions"].push_back(json_of(lesion));
    std::ofstream out{file, std::ios::binary};
    out << document.dump(2) << '\n';
    out.close();
    if (!out) throw Error{Errc::output, "cannot write " + file.string()};
}

}  // namespace downstage::phantom_app
