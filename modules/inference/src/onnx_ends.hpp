#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace downstage::inference {

/// One input or output of a graph: its name, and its sizes where they are fixed.
struct GraphEnd {
    std::string name;
    std::vector<std::optional<std::int64_t>> shape;
};

struct GraphEnds {
    std::vector<GraphEnd> inputs, outputs;
};

/// What an ONNX file says of the inputs and outputs of its graph (onnx.proto: ModelProto.graph 7,
/// GraphProto.input 11 and output 12), which OpenCV does not tell: it takes two channels for one where the
/// numbers divide. Nothing where the bytes are not ONNX, as far as they were looked at.
[[nodiscard]] std::optional<GraphEnds> ends_of_onnx(std::string_view bytes);

}  // namespace downstage::inference
