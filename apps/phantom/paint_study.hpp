#pragma once

#include "base_study.hpp"
#include "painted_suite.hpp"
#include "shape_folder.hpp"
#include "truth_file.hpp"

#include <cstdint>

namespace downstage::phantom_app {

/// A real study with tumours in its liver, and where they are.
struct PaintedStudy {
    Volume image;
    LabelMap labels;  ///< 1 liver, 2.. the lesions in the order of the truth
    phantom::Truth truth;
};

struct PaintOptions {
    const ShapeFolder* shapes{};  ///< lobed bodies where there are none
    std::vector<phantom::Ball> known;
    std::uint64_t seed{};
};

/// Paints the largest first. One that finds no room is made smaller by a fifth, up to eight times, and then
/// left out; `truth` tells what came of it.
[[nodiscard]] PaintedStudy
paint_study(const BaseStudy& base, std::vector<PaintedLesion> lesions, const PaintOptions& options);

}  // namespace downstage::phantom_app
