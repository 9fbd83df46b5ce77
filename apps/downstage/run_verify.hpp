#pragma once

#include "downstage/documents/vectors.hpp"

#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

namespace downstage::app {

/// `downstage verify DIR`.
struct VerifyCommand {
    std::filesystem::path folder;
};

/// One value that is not as expected.
struct Mismatch {
    std::string fact;  ///< its path in the example
    std::string expected, got;
};

/// Where our answer to an example differs from what it expects; empty when it holds. Numbers agree within
/// 0.00005, half of the last digit that the examples print.
[[nodiscard]] std::vector<Mismatch> mismatches(const documents::WorkedExample& example);

/// Runs every example of every .json file: a line a failure, a closing count. Returns 0 when all hold, 1 when
/// any does not, 2 when a file cannot be read (which `messages` says). Throws `Error{usage}` when there is no
/// such folder.
int run_verify(const VerifyCommand& command, std::ostream& results, std::ostream& messages);

}  // namespace downstage::app
