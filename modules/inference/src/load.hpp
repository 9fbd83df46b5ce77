#pragma once

#include "downstage/core/network.hpp"

#include "runtime.hpp"

namespace downstage::inference {

/// The graph the manifest names, checked against it: the bytes by their SHA-256, the names, channels, sizes
/// and range by showing it a slice of zeros. Throws `Error{usage}` naming the file and what does not fit.
[[nodiscard]] Runtime load(const NetworkManifest& manifest);

/// What the network's answer means, in 0..1: with the sigmoid where the graph ends in logits.
void to_probability(Plane& answer, const NetworkOutput& output);

}  // namespace downstage::inference
