#pragma once

#include "downstage/core/image.hpp"
#include "downstage/core/series.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace downstage::pipeline {

/// What a look at the pixels of one stack says.
struct Look {
    bool liver_in_view{};
    double liver_extent_mm{};
    PhaseEstimate phase;
    Mask about_liver;  ///< coarse; see `segmentation::Survey`
};

/// Looks at the pixels of a stack; throws `Error` when they cannot be read.
using LookAt = std::function<Look(const Stack&)>;

struct Choice {
    std::size_t stack{};  ///< into the study's stacks
    Look look;
    std::string because;
    struct Other {
        std::size_t stack{};
        std::string because;
    };
    std::vector<Other> others;  ///< every other stack, and the first rule it failed or lost by
    struct Seen {
        std::size_t stack{};
        Look look;
    };
    std::vector<Seen> seen;  ///< what the looks at the other stacks showed
};

struct ChooseOptions {
    std::optional<SeriesUid> wanted;  ///< narrows the choice to one series
    bool must_show_liver =
        true;  ///< false where a mask or a click says what to measure: a short stack will do
};

/// Chooses the stack to measure: first the gates that headers answer (usable, CT, axial, thin and long
/// enough), then a look at the pixels of the best eight, then the rules in choose.cpp from top to bottom.
/// Throws `Error{input}` when nothing can be measured, naming the reason of each series; `Error{usage}` when
/// the wanted series is not in the study.
[[nodiscard]] Choice choose_stack(const Study& study, const ChooseOptions& options, const LookAt& look_at);

}  // namespace downstage::pipeline
