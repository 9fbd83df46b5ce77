#pragma once

#include <cstddef>
#include <functional>

namespace downstage {

/// The number of workers to use when `wanted` are asked for: 0 means one a processor.
[[nodiscard]] unsigned workers_for(unsigned wanted);

/// Calls `body(n)` once for every n in [0, count), from up to `workers` threads (0: one a processor).
/// Which thread runs which n is not defined, so write each result to its own place and add up in order of n:
/// then the bytes are the same for any number of workers. The failure of the lowest n is rethrown, after all
/// threads have ended. Do not nest.
void for_each_index(std::size_t count, unsigned workers, const std::function<void(std::size_t)>& body);

}  // namespace downstage
