#pragma once

#include "downstage/evaluation/agreement.hpp"
#include "downstage/evaluation/calibration.hpp"
#include "downstage/evaluation/detection.hpp"

#include "suite.hpp"
#include "surface.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace downstage::evaluate_app {

/// One true lesion beside the finding that shares most with it.
struct PairedLesion {
    TrueLesion truth;
    std::uint16_t label{};  ///< in truth.nii.gz
    bool found{};           ///< counted findings cover enough of it
    bool possible{};        ///< else: a possible finding lies in it
    std::optional<FoundLesion> measured;
    std::optional<double> dice;
};

/// What one case shows.
struct CaseFigures {
    Case source;
    std::optional<double> liver_dice;
    std::optional<SurfaceDistance> liver_surface;
    std::vector<PairedLesion> lesions;        ///< true tumours
    std::vector<FoundLesion> false_findings;  ///< counted, and no tumour is there
    std::vector<evaluation::Judged> judged;   ///< counted and possible findings
};

/// Compares a result with its truth. A case that was not measured has every lesion missed.
[[nodiscard]] CaseFigures compare(const Case& one, unsigned workers = 0);

}  // namespace downstage::evaluate_app
