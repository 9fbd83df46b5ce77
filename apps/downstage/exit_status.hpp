#pragma once

#include "downstage/core/error.hpp"

namespace downstage::app {

// The exit statuses of the contract.
constexpr int exit_done = 0;
constexpr int exit_own_error = 1;
constexpr int exit_usage = 2;
constexpr int exit_input = 3;
constexpr int exit_in_part = 4;

/// A result that cannot be written is status 1: neither the command line nor the input can mend a full disk.
[[nodiscard]] constexpr int exit_status(Errc code)
{
    switch (code) {
    case Errc::usage: return exit_usage;
    case Errc::input: return exit_input;
    case Errc::output:
    case Errc::internal: break;
    }
    return exit_own_error;
}

}  // namespace downstage::app
