#pragma once

#include "downstage/core/series.hpp"

#include <string_view>

namespace downstage::segmentation {

/// The contrast phase that free text from the tags names: by a word ("arterial", "portal", "venous", "nativ",
/// "plain", "w/o", "delayed", "late", in any case) or by a delay ("70s", "70 sec"). The delay does not count
/// where a word does; "late arterial" is arterial. `unknown` when it names none, or several.
[[nodiscard]] Phase hinted_phase(std::string_view text);

}  // namespace downstage::segmentation
