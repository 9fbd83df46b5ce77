#pragma once

#include "run_measure.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace downstage::app {

/// `downstage assess`: the rules alone, on measurements that somebody already has.
struct AssessCommand {
    std::filesystem::path file;  ///< CASE.json or CASE.csv
    std::filesystem::path out;   ///< the folder for assessment.json; made if it is not there
    std::optional<std::filesystem::path> protocol;
    unsigned workers{};  ///< 0: one a processor
    bool explain{};      ///< print the path of every answer to standard output
    bool json{};         ///< print the document to standard output
    bool quiet{};        ///< no summary
    std::string software;
};

/// Runs it and returns the exit status. Nothing is written where the case file is refused. Throws `Error`.
int run_assess(const AssessCommand& command, const Streams& streams);

}  // namespace downstage::app
