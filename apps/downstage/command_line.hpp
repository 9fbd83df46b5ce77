#pragma once

#include "run_assess.hpp"
#include "run_measure.hpp"
#include "run_verify.hpp"

#include <optional>
#include <string>

namespace downstage::app {

/// What the command line asks for: one command, or a text to print (help, version) and the status to leave
/// with.
struct CommandLine {
    std::optional<MeasureCommand> measure;
    std::optional<AssessCommand> assess;
    std::optional<VerifyCommand> verify;
    std::string text;  ///< help or version for standard output, or what is wrong for standard error
    int status{};
};

/// Reads the command line. Nothing is done yet.
[[nodiscard]] CommandLine read_command_line(int count, const char* const* words);

}  // namespace downstage::app
