#pragma once

#include "downstage/pipeline/study.hpp"

#include <ostream>

namespace downstage::app {

/// `downstage measure`.
struct MeasureCommand {
    pipeline::MeasureOptions options;
    bool json{};   ///< print the main document to standard output
    bool quiet{};  ///< no progress, no summary
    bool stamp{};  ///< write when and how long into the provenance
};

/// The streams of a program, so that a test can read them.
struct Streams {
    std::ostream& results;        ///< standard output
    std::ostream& messages;       ///< standard error
    bool messages_are_watched{};  ///< standard error is a terminal
};

/// Runs it and returns the exit status. Throws `Error`.
int run_measure(const MeasureCommand& command, const Streams& streams);

}  // namespace downstage::app
