#pragma once

#include "downstage/core/notice.hpp"
#include "downstage/inference/network.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace downstage::pipeline {

/// Which learned networks a run uses (docs/networks.md).
struct ModelChoice {
    enum class Use {
        shipped,  ///< those in the first folder of `shipped_in` that is there
        given,    ///< those in `folder`
        none,     ///< the weight-free methods alone
    };
    Use use{Use::shipped};
    std::filesystem::path folder;
    std::vector<std::filesystem::path> shipped_in;
};

/// The networks of a run; where one is missing, the weight-free method works alone.
struct Networks {
    std::optional<inference::Network> liver, lesion;
    std::vector<Notice> notices;  ///< which network was expected and is missing
};

/// Loads and checks them. A folder is one package (it holds `manifest.json`) or a folder of packages. Throws
/// `Error{usage}` with one sentence that names the file when a package is not what it says, a given folder
/// holds none, or two packages have one task.
[[nodiscard]] Networks load_networks(const ModelChoice& choice);

/// "liver 1.0 (3765505bb34d)": name, version and the beginning of the model's SHA-256, for results.
[[nodiscard]] std::string network_text(const NetworkManifest& manifest);

}  // namespace downstage::pipeline
