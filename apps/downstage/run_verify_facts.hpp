#pragma once

#include "downstage/documents/vectors.hpp"

namespace downstage::app {

/// Our answer to an example, every value by the path under which an example expects it. Throws `Error{input}`
/// when the rules refuse the input.
[[nodiscard]] documents::Facts facts_of(const documents::WorkedExample& example);

}  // namespace downstage::app
