#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// What a package of a learned network says of itself: `manifest.json` beside `model.onnx`
/// (docs/schema/network.schema.json). Nothing here runs anything.
namespace downstage {

enum class NetworkTask {
    liver,   ///< finds the liver in a slice
    lesion,  ///< finds lesions in a slice of a liver
};

/// One plane of what a network looks at.
struct NetworkChannel {
    enum class Content { density, liver_mask } content{Content::density};
    std::array<double, 2> clip_hu{0.0, 255.0};  ///< before resampling, so that padding does not bleed in
    bool subtract_liver_level{};                ///< else zero
    double divide_by{1.0};
    std::optional<double> limit;  ///< the value is clipped to +-limit last
};

/// The slices a network was trained on. Rows run to the back, columns to the patient's left.
struct NetworkInput {
    std::string name;
    double pixel_mm{};
    std::int32_t size_multiple{1};
    std::array<std::int32_t, 2> least_size{1, 1};           ///< columns, rows; padded with zeros around
    std::optional<std::array<std::int32_t, 2>> fixed_size;  ///< a window centred on the box of the liver mask
    std::vector<NetworkChannel> channels;
};

struct NetworkOutput {
    std::string name;
    bool needs_sigmoid{};  ///< the graph ends in logits
    double threshold{0.5};
};

struct NetworkManifest {
    std::string name, version;
    NetworkTask task{NetworkTask::liver};
    std::filesystem::path model;  ///< the ONNX file itself
    std::string sha256;           ///< of that file, in hex
    NetworkInput input;
    NetworkOutput output;
    std::string licence, attribution, training_data, intended_use, limits;
};

}  // namespace downstage
